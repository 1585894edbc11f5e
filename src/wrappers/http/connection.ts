/**
 * Why a connection failed: one table, by the system's code.
 *
 * @module
 */

/** What is known about a failed connection. */
export interface ConnectionFailure {
  /** The system's code, `"proxy_authentication"`, `"ERR_PROXY_TUNNEL"`, or `"connection_failed"` without one. */
  readonly code: string;
  /** Completes the sentence "Authorize got no response: …". */
  readonly what: string;
  /** What to check, as sentences. */
  readonly advice: string;
  /** True only if certainly no byte of the request was sent. */
  readonly wasNeverSent: boolean;
}

/** As a `ReferenceError` says it. */
const undefinedName = /^(\w{1,50}) is not defined$/m;

interface Row {
  readonly codes?: RegExp;
  /** For errors without a code, such as Deno's: their words, and the code that they get. */
  readonly text?: readonly [words: RegExp, code: string];
  readonly what: string;
  readonly advice: string;
  readonly wasNeverSent?: true;
}

/**
 * Certificates are verified before the request is written. A server's own verdict on the client's certificate can come
 * after that (RFC 8446, 4.4.2.4), and then the request may have been sent.
 */
const rows: readonly Row[] = [
  {
    codes: /^(?:ENOTFOUND|EAI_\w+)$/,
    text: [/dns error|invalid dns name/, "ENOTFOUND"],
    what: "the host's name was not found",
    advice: "Check instance or baseUrl, and this machine's DNS.",
    wasNeverSent: true,
  },
  {
    codes: /^ECONNREFUSED$/,
    text: [/Connection refused/, "ECONNREFUSED"],
    what: "the server refused the connection",
    advice: "Check baseUrl and its port, the proxy and the firewall.",
    wasNeverSent: true,
  },
  {
    codes: /^(?:EHOSTUNREACH|ENETUNREACH)$/,
    text: [/No route to host|Network is unreachable/, "EHOSTUNREACH"],
    what: "there is no route to the server",
    advice: "Check this machine's network and firewall.",
  },
  {
    codes: /^UND_ERR_CONNECT_TIMEOUT$/,
    what: "connecting took too long",
    advice: "Check the network, the proxy and the firewall.",
    wasNeverSent: true,
  },
  {
    codes: /^ETIMEDOUT$/,
    text: [/Connection timed out/, "ETIMEDOUT"],
    what: "the server did not answer in time",
    advice: "Check the network, the proxy and the firewall.",
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    text: [/Connection reset|connection closed|handshake eof/, "ECONNRESET"],
    what: "the connection was closed before the response was complete",
    advice: "A server or proxy that wants a client certificate may also close it.",
  },
  {
    codes: /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    text: [/certificate expired|certificate not valid yet/, "CERT_HAS_EXPIRED"],
    what: "the server's certificate has expired, or is not valid yet",
    advice: "Check this machine's clock.",
    wasNeverSent: true,
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    text: [/certificate not valid for name/, "ERR_TLS_CERT_ALTNAME_INVALID"],
    what: "the server's certificate is for another host",
    advice: "Check instance or baseUrl; a proxy may have answered.",
    wasNeverSent: true,
  },
  {
    codes: /^(?:UNABLE_TO_\w+|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED)$/,
    text: [/invalid peer certificate/, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    what: "the server's certificate is not from a CA that this program trusts",
    advice: "If your network has a CA of its own, add it (on Node: NODE_EXTRA_CA_CERTS).",
    wasNeverSent: true,
  },
  {
    codes: /_ALERT_(?:HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED|\w*CERTIFICATE)/,
    text: [/alert: (?:HandshakeFailure|CertificateRequired)/, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"],
    what: "the server refused the TLS handshake",
    advice: "It may want a client certificate, or another one.",
  },
  {
    codes: /^ERR_SSL_(?:\w+_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)$/,
    text: [/alert: ProtocolVersion/, "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"],
    what: "the server and this program have no TLS version in common",
    advice: "Check what stands between them; the API itself speaks current versions.",
    wasNeverSent: true,
  },
  {
    codes: /^(?:ERR_SSL_.*|EPROTO)$/,
    text: [/corrupt message/, "ERR_SSL_WRONG_VERSION_NUMBER"],
    what: "TLS failed",
    advice: "Check that baseUrl's port speaks TLS, and whether the server wants a client certificate.",
  },
  {
    codes: /^(?:HPE_\w+|UND_ERR_HEADERS_OVERFLOW|Malformed_HTTP_Response|ERR_HTTP2_\w+)$/,
    text: [/HTTP\/1\.1 protocol|invalid HTTP/, "HPE_INVALID_CONSTANT"],
    what: "the response is not valid HTTP",
    advice: "Check baseUrl and its port; a proxy may have answered.",
  },
  {
    codes: /^(?:Z_\w+|ERR_+(?:BROTLI_\w+|ERROR_FORMAT\w*))$/,
    what: "the response could not be unpacked",
    advice: "Its content-encoding is wrong, or a proxy has changed it.",
  },
  {
    codes: /^proxy_authentication$/,
    text: [/proxy authentication required/, "proxy_authentication"],
    what: "the proxy wants authentication",
    advice: "Check the user and password in the proxy's URL.",
  },
  {
    codes: /^(?:ERR_PROXY_TUNNEL|UND_ERR_PRX_\w+)$/,
    text: [/unsuccessful tunnel/, "ERR_PROXY_TUNNEL"],
    what: "the proxy did not open a tunnel",
    advice: "Check the proxy's URL, and whether it allows the API's host.",
    wasNeverSent: true,
  },
  {
    text: [undefinedName, "connection_failed"],
    what: "fetch uses something that is not defined",
    advice: "Some test environments lack globals of Node and browsers.",
  },
];

/** The status with which a proxy refused a CONNECT, as undici and Bun tell it. */
const tunnelStatus = /^Proxy re(?:sponse \(|fused to open a tunnel: )(\d{3})\b/m;

/** @param cause a safe copy of what the `fetch` rejected with */
export function connectionFailureOf(cause: Error | undefined): ConnectionFailure {
  const errors = chainOf(cause);
  const text = errors.map(({ message }) => message).join("\n");
  const tunnel = tunnelStatus.exec(text)?.[1];
  const given = errors.map(({ code }) => code).find((code): code is string => typeof code === "string" && code !== "");
  // undici's code for a refused tunnel, UND_ERR_ABORTED, says less than its words.
  const refused = tunnel === "407" ? "proxy_authentication" : "ERR_PROXY_TUNNEL";
  const code = tunnel ? refused : given;
  const row = rows.find((row) => (code === undefined ? row.text?.[0].test(text) : row.codes?.test(code)));
  const {
    what = "the connection failed",
    advice = "Check the network, and what stands between this program and the API.",
  } = row ?? {};
  const detail = tunnel ? `HTTP ${tunnel}` : undefinedName.exec(text)?.[1];
  // Deno's words, and the system call that Node names.
  const isConnecting = /: client error \(Connect\): /.test(text) || errors.some(({ syscall }) => syscall === "connect");
  return {
    code: code ?? row?.text?.[1] ?? "connection_failed",
    what: detail ? `${what} (${detail})` : what,
    advice,
    wasNeverSent: Boolean(row?.wasNeverSent || isConnecting || tunnel),
  };
}

function chainOf(error: unknown): { message: string; code?: unknown; syscall?: unknown }[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : [];
}

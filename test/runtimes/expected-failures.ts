/** What the client says about each failing server (failing-servers.ts), by runtime. */

/** The code, whether the request may have been sent, and the words of the message. */
export type ExpectedFailure = readonly [code: RegExp, mayHaveBeenSent: boolean, words: string];
export type ExpectedFailures = Readonly<Record<string, ExpectedFailure>>;

const name: ExpectedFailure = [/^ENOTFOUND$|^EAI_AGAIN$/, false, ": the host's name was not found ("];
const refused: ExpectedFailure = [/^ECONNREFUSED$/, false, ": the server refused the connection ("];
const closed = ": the connection was closed before the response was complete (";
const untrusted = ": the server's certificate is not from a CA that this program trusts (";
const handshake = ": the server refused the TLS handshake (";
const tls = ": TLS failed (";
const http = ": the response is not valid HTTP (";

/** On every Node, over `fetch` and over undici. */
export const onNode: ExpectedFailures = {
  "no such name": name,
  refused,
  reset: [/^ECONNRESET$/, true, closed],
  closed: [/^UND_ERR_SOCKET$/, true, closed],
  untrusted: [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, false, untrusted],
  expired: [/^CERT_HAS_EXPIRED$/, false, ": the server's certificate has expired, or is not valid yet ("],
  "another host": [/^ERR_TLS_CERT_ALTNAME_INVALID$/, false, ": the server's certificate is for another host ("],
  "client certificate": [/_ALERT_HANDSHAKE_FAILURE$/, true, handshake],
  // Node tells the server's alert, and undici replaces it by the end of the connection, which follows.
  "client certificate, TLS 1.3": [/^UND_ERR_SOCKET$|^ECONNRESET$/, true, closed],
  "old TLS": [/_ALERT_PROTOCOL_VERSION$/, false, ": the server and this program have no TLS version in common ("],
  "not TLS": [/^ERR_SSL_WRONG_VERSION_NUMBER$/, true, tls],
  "not HTTP": [/^HPE_INVALID_CONSTANT$/, true, http],
};

/** Takes as long as the transport allows for connecting. */
const slowOnNode: ExpectedFailures = {
  "does not connect": [/^UND_ERR_CONNECT_TIMEOUT$/, false, "Authorize reached a time limit of fetch itself ("],
};
/** Bun and Deno have no limit of their own for connecting, and do not tell how far a call came that is given up. */
const slowElsewhere: ExpectedFailures = {
  "does not connect": [/^timeout$/, true, "Authorize got no complete response within "],
};

/** Behind proxies. The status of a refusal is in the message. */
const proxies: ExpectedFailures = {
  "wants authentication": [/^proxy_authentication$/, false, ": the proxy wants authentication (HTTP 407) ("],
  refuses: [/^ERR_PROXY_TUNNEL$/, false, ": the proxy did not open a tunnel (HTTP 403) ("],
  "is not there": refused,
};

export interface RuntimeFailures {
  readonly direct: ExpectedFailures;
  readonly proxied: ExpectedFailures;
}

/** The `fetch` of Node 20 uses no proxy. */
export const node20: RuntimeFailures = { direct: { ...onNode, ...slowOnNode }, proxied: {} };

export const node: RuntimeFailures = { ...node20, proxied: proxies };

export const bun: RuntimeFailures = {
  direct: {
    ...onNode,
    ...slowElsewhere,
    closed: [/^ECONNRESET$/, true, closed],
    // Bun has one error for every TLS handshake that fails.
    "client certificate": [/^EPROTO$/, true, tls],
    "client certificate, TLS 1.3": [/^EPROTO$/, true, tls],
    "old TLS": [/^EPROTO$/, true, tls],
    "not TLS": [/^EPROTO$/, true, tls],
    "not HTTP": [/^Malformed_HTTP_Response$/, true, http],
  },
  proxied: proxies,
};

const required = /^ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED$/;

export const deno: RuntimeFailures = {
  direct: {
    ...onNode,
    ...slowElsewhere,
    closed: [/^ECONNRESET$/, true, closed],
    untrusted: [/^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/, false, untrusted],
    // Deno says when a handshake was not completed.
    "client certificate": [required, false, handshake],
    "client certificate, TLS 1.3": [required, true, handshake],
    "not TLS": [/^ERR_SSL_WRONG_VERSION_NUMBER$/, false, tls],
  },
  proxied: {
    ...proxies,
    // Deno does not tell the proxy's status.
    "wants authentication": [/^proxy_authentication$/, false, ": the proxy wants authentication ("],
    refuses: [/^ERR_PROXY_TUNNEL$/, false, ": the proxy did not open a tunnel ("],
  },
};

/** Every row of the table of failed connections, made for real where a server can make it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FlinksFetch } from "../../../src/index.ts";
import { createUndiciFetch } from "../../../src/wrappers/undici.ts";
import { clientOf, errorOf, loginId } from "../../helpers/client.ts";
import { startFailingServers } from "../../helpers/failing-servers.ts";
import { authorizeWith } from "../../helpers/fetch.ts";
import { ca, caFile } from "../../helpers/tls.ts";
import { fetchOf } from "../../helpers/transports.ts";
import { undicis } from "../../helpers/undici.ts";
import { onNode } from "../../runtimes/expected-failures.ts";

const authorize = (baseUrl: string, fetch: FlinksFetch, options: object = {}) =>
  errorOf(clientOf({ baseUrl }, { fetch, ...options }).authorize({ LoginId: loginId }));

let servers: Awaited<ReturnType<typeof startFailingServers>>;
beforeAll(async () => {
  servers = await startFailingServers();
});
afterAll(() => servers.close());

describe.each(undicis)("over undici %s:", (_, { Agent }) => {
  const fetch = fetchOf(new Agent({ connect: { ca } }));
  it.each(Object.entries(onNode))("%s", async (name, [code, mayHaveBeenSent, words]) => {
    const error = await authorize(`${servers.urls[name]}`, fetch);
    expect(error).toMatchObject({
      name: "FlinksConnectionError",
      code: expect.stringMatching(code),
      mayHaveBeenSent,
      message: expect.stringContaining(words),
    });
  });
});

// On other runtimes: `npm run test:runtimes`.
it("over globalThis.fetch, all of them", async () => {
  const urls = Object.keys(onNode).map((name) => [name, servers.urls[name]]);
  // Node reads NODE_EXTRA_CA_CERTS when it starts.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: caFile };
  const program = ["test/runtimes/failures.mjs", "../../src/index.ts", JSON.stringify(Object.fromEntries(urls))];
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", ...program], { env });
  const told = Object.entries(onNode).map(([name, [code, mayHaveBeenSent, words]]) => [
    name,
    { code: expect.stringMatching(code), mayHaveBeenSent, message: expect.stringContaining(words) },
  ]);
  expect(JSON.parse(stdout)).toEqual(Object.fromEntries(told));
});

describe.each(
  undicis.flatMap(([version, { ProxyAgent, fetch }]): [string, (url: string) => FlinksFetch][] => [
    [`undici ${version}`, (url) => createUndiciFetch({ dispatcher: new ProxyAgent(url) })],
    [`the fetch of undici ${version}`, (url) => (to, init) => fetch(to, { ...init, dispatcher: new ProxyAgent(url) })],
  ]),
)("a proxy that opens no tunnel, over %s:", (_, through) => {
  it.each([
    [
      "wants authentication",
      "proxy_authentication",
      "the proxy wants authentication (HTTP 407) (proxy_authentication). Check the user",
    ],
    [
      "refuses",
      "ERR_PROXY_TUNNEL",
      "the proxy did not open a tunnel (HTTP 403) (ERR_PROXY_TUNNEL). Check the proxy's URL, and whether",
    ],
  ])("%s", async (name, code, words) => {
    const error = await authorize("https://api.example", through(`${servers.proxies[name]}`));
    expect(error).toMatchObject({ code, mayHaveBeenSent: false, message: expect.stringContaining(words) });
    expect(`${(error as Error).stack}${JSON.stringify(error)}${(error as Error).cause}`).not.toContain("pr0xy");
  });
});

it.each(undicis)("connecting that takes too long is undici %s's own limit, and sent nothing", async (_, { Agent }) => {
  const fetch = createUndiciFetch({ dispatcher: new Agent({ connect: { timeout: 10 } }) });
  const error = await authorize(`${servers.urls["does not connect"]}`, fetch);
  expect(error).toMatchObject({ name: "FlinksTimeoutError", code: "UND_ERR_CONNECT_TIMEOUT", mayHaveBeenSent: false });
});

describe("errors that other runtimes and systems have:", () => {
  const deno = "error sending request for url (https://x/): client error (Connect): ";
  it.each<[string, object, string, boolean]>([
    ["connect ETIMEDOUT 192.0.2.1:443", { code: "ETIMEDOUT", syscall: "connect" }, "ETIMEDOUT", false],
    ["read ETIMEDOUT", { code: "ETIMEDOUT", syscall: "read" }, "ETIMEDOUT", true],
    ["connect EHOSTUNREACH", { code: "EHOSTUNREACH", syscall: "connect" }, "EHOSTUNREACH", false],
    ["Proxy refused to open a tunnel: 407 No", { code: "ERR_PROXY_TUNNEL" }, "proxy_authentication", false],
    ["Proxy refused to open a tunnel: 502 No", { code: "ERR_PROXY_TUNNEL" }, "ERR_PROXY_TUNNEL", false],
    ["Proxy request timed out after 300 s", {}, "connection_failed", true],
    ["Proxy returned 502 Bad Gateway", {}, "connection_failed", true],
    ["Proxy response (502) !== 200 when HTTP Tunneling", {}, "ERR_PROXY_TUNNEL", false],
    ["Secure Proxy Connection failed", { code: "UND_ERR_PRX_TLS" }, "UND_ERR_PRX_TLS", false],
    ["Proxy Connection failed", { code: "UND_ERR_PRX_CONN" }, "UND_ERR_PRX_CONN", false],
    [`${deno}dns error: failed`, {}, "ENOTFOUND", false],
    [`${deno}proxy authentication required`, {}, "proxy_authentication", false],
    // Node's fetch, of a response with that status.
    ["proxy authentication required", {}, "proxy_authentication", true],
    [`${deno}invalid peer certificate: UnknownIssuer`, {}, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", false],
    [`${deno}invalid peer certificate: certificate expired: x`, {}, "CERT_HAS_EXPIRED", false],
    [`${deno}invalid peer certificate: certificate not valid for name "x"`, {}, "ERR_TLS_CERT_ALTNAME_INVALID", false],
    ["received fatal alert: CertificateRequired", {}, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", true],
    [`${deno}invalid dns name`, {}, "ENOTFOUND", false],
    [`${deno}Connection refused (os error 111)`, {}, "ECONNREFUSED", false],
    [`${deno}No route to host`, {}, "EHOSTUNREACH", false],
    ["Network is unreachable", {}, "EHOSTUNREACH", true],
    ["Connection timed out", {}, "ETIMEDOUT", true],
    ["Connection reset by peer", {}, "ECONNRESET", true],
    ["connection closed before message completed", {}, "ECONNRESET", true],
    ["tls handshake eof", {}, "ECONNRESET", true],
    [`${deno}invalid peer certificate: certificate not valid yet`, {}, "CERT_HAS_EXPIRED", false],
    ["received fatal alert: HandshakeFailure", {}, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", true],
    ["received fatal alert: ProtocolVersion", {}, "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", false],
    ["received corrupt message", {}, "ERR_SSL_WRONG_VERSION_NUMBER", true],
    ["invalid HTTP version parsed", {}, "HPE_INVALID_CONSTANT", true],
    ["not an HTTP/1.1 protocol", {}, "HPE_INVALID_CONSTANT", true],
    [`${deno}unsuccessful tunnel`, {}, "ERR_PROXY_TUNNEL", false],
    ["anything", {}, "connection_failed", true],
  ])("%s %j", async (message, fields, code, mayHaveBeenSent) => {
    const cause = Object.assign(new Error(message), fields);
    const error = await errorOf(authorizeWith(() => Promise.reject(new TypeError("fetch failed", { cause }))));
    expect(error).toMatchObject({ code, mayHaveBeenSent });
  });
});

describe("every code", () => {
  const fixed = [
    "ENOTFOUND ECONNREFUSED EHOSTUNREACH ENETUNREACH ETIMEDOUT ECONNRESET EPIPE UND_ERR_SOCKET CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID ERR_TLS_CERT_ALTNAME_INVALID SELF_SIGNED_CERT_IN_CHAIN DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_UNTRUSTED EPROTO UND_ERR_HEADERS_OVERFLOW Malformed_HTTP_Response proxy_authentication ERR_PROXY_TUNNEL",
    "ERR_SSL_UNSUPPORTED_PROTOCOL ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE ERR_SSL_TLSV1_ALERT_ACCESS_DENIED",
  ].flatMap((line) => line.split(" "));
  const families = ["EAI_AGAIN", "UNABLE_TO_GET_ISSUER_CERT", "HPE_INVALID_VERSION", "ERR_HTTP2_STREAM_ERROR"];
  const packed = ["Z_DATA_ERROR", "ERR_BROTLI_DECODER", "ERR__ERROR_FORMAT_HUFFMAN", "ERR_SSL_ANYTHING"];
  const errorAfter = (code: string) =>
    errorOf(authorizeWith(() => Promise.reject(Object.assign(new Error("m"), { code })))) as Promise<Error>;
  const unknown = "Authorize got no response: the connection failed (";

  it("connection_failed, as another client's error has it, says no more", async () => {
    const { message } = await errorAfter("connection_failed");
    expect(message).toContain("Authorize got no response: the connection failed. Check the network");
  });

  it.each([...fixed, ...families, ...packed])("%s says what failed, the code, and what to check", async (code) => {
    const { message } = await errorAfter(code);
    expect(message).toMatch(
      /^Authorize got no response: [^.]{10,} \(\w+\)\. [A-Z][^"]{20,}\. (?:Nothing was sent|The server may have received the request)\.$/,
    );
    expect(message).toContain(` (${code}). `);
    expect(message).not.toContain(unknown);
  });

  it.each([...fixed, ...families, ...packed].filter((code) => !code.includes("_ALERT_")))(
    "that only ends like %s is unknown",
    async (code) => {
      expect((await errorAfter(`X${code}`)).message).toContain(unknown);
    },
  );

  it.each(fixed.filter((code) => !code.startsWith("ERR_SSL_")))("that only begins like %s is unknown", async (code) => {
    expect((await errorAfter(`${code}X`)).message).toContain(unknown);
  });

  it("that is unknown says what to check, and may have been sent", async () => {
    for (const code of ["NEW", "UND_ERR_CONNECT_TIMEOUTX", "XUND_ERR_CONNECT_TIMEOUT"]) {
      expect(await errorAfter(code)).toMatchObject({
        mayHaveBeenSent: true,
        message: `Authorize got no response: the connection failed (${code}). Check the network, and what stands between this program and the API. The server may have received the request.`,
      });
    }
  });
});

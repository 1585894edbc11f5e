/** The examples of docs/networks.md, run as they are printed against real proxies and TLS servers. */

import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, request as forward, type IncomingHttpHeaders } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createFlinksClient } from "../src/index.ts";
import { createUndiciFetch, type UndiciDispatcher } from "../src/wrappers/undici.ts";
import { clientOf, errorOf, loginId } from "./helpers/client.ts";
import { sessionText } from "./helpers/fetch.ts";
import { ca, caFile, identity } from "./helpers/tls.ts";
import { type Undici, undicis } from "./helpers/undici.ts";

const page = await readFile("docs/networks.md", "utf8");

afterEach(() => vi.unstubAllEnvs());

/**
 * Runs the first example after a heading, or the one at `at`, with real addresses and files in place of those printed. What
 * replaces them can use `testCA`.
 */
async function dispatcherFrom(undici: Undici, heading: string, at = 0, real: Readonly<Record<string, string>> = {}) {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const examples = [...(section.split("\n## ")[0]?.matchAll(/```js\n([\s\S]*?)```/g) ?? [])].map(
    ([, code = ""]) => code,
  );
  let code = examples[at] ?? "";
  expect(code).toContain("const dispatcher =");
  for (const [printed, value] of Object.entries({ ...files, ...real })) code = code.replaceAll(printed, value);
  const imports = [...code.matchAll(/^import \{ (.*) \} from .*$/gm)].flatMap(([, list = ""]) => list.split(", "));
  const modules: Record<string, unknown> = { ...undici, readFileSync, rootCertificates };
  const body = `${code.replace(/^import .*$/gm, "")}\nreturn dispatcher;`;
  const run = new Function(...imports, "testCA", body) as (
    ...values: unknown[]
  ) => UndiciDispatcher & { close(): Promise<void> };
  const dispatcher = run(...imports.map((name) => modules[name]), ca);
  onTestFinished(() => dispatcher.close());
  return dispatcher;
}

const fixture = (name: string) => join(import.meta.dirname, "fixtures/tls", name);
const files = {
  "/etc/ssl/internal-ca.pem": caFile,
  "/etc/ssl/client.pem": fixture("client.pem"),
  "/etc/ssl/client.key": fixture("client.key"),
};

async function listen(server: Server, at: string | number = 0): Promise<number> {
  await new Promise<void>((resolve) =>
    server.listen(...([at, ...(at === 0 ? ["127.0.0.1"] : [])] as [number]), resolve),
  );
  onTestFinished(() => void server.close());
  return at === 0 ? (server.address() as AddressInfo).port : 0;
}

/** The API over TLS, with the headers that it was sent. */
async function startApi(options: ServerOptions = {}) {
  const seen: IncomingHttpHeaders[] = [];
  const server = createHttpsServer({ ...identity("localhost"), ...options }, ({ headers }, response) => {
    seen.push(headers);
    response.end(sessionText);
  });
  return { baseUrl: `https://localhost:${await listen(server)}`, seen };
}

/** A proxy that opens tunnels and forwards requests, and lists what it was asked. */
async function startProxy(authorization?: string) {
  const asked: [method: string | undefined, host: string | undefined][] = [];
  const server = createServer((request, response) => {
    const { method, url = "", headers } = request;
    asked.push([method, new URL(url).hostname]);
    request.pipe(forward(url, { method, headers }, (answer) => answer.pipe(response)));
  });
  server.on("connect", ({ method, url = "", headers }, socket) => {
    asked.push([method, url.split(":")[0]]);
    if (headers["proxy-authorization"] !== authorization) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(Number(url.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [upstream, socket]) one.on("error", () => {});
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

const authorize = (baseUrl: string, dispatcher: UndiciDispatcher) =>
  clientOf({ baseUrl }, { fetch: createUndiciFetch({ dispatcher }) }).authorize({ LoginId: loginId });
const authorized = { status: "authorized" };

/** The API without TLS, with its connections. */
async function startPlainApi() {
  const sockets = new Set<object>();
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    response.end(sessionText);
  });
  return { baseUrl: `http://127.0.0.1:${await listen(server)}`, sockets };
}

const printedProxy = "http://proxy.internal:3128";

describe.each(undicis)("with undici %s:", (version, undici) => {
  const dispatcherOf = dispatcherFrom.bind(undefined, undici);

  it("the first example makes a client", () => {
    const [, code = ""] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const run = new Function(
      "createFlinksClient",
      "createUndiciFetch",
      "Agent",
      "options",
      code.replace(/^import .*$/gm, ""),
    );
    const create = vi.fn(createFlinksClient);
    run(create, createUndiciFetch, undici.Agent, { instance: "toolbox", customerId: "c", secretKey: "k" });
    expect(create).toHaveReturned();
  });

  it("a proxy, which opens a tunnel to the API", async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    const dispatcher = await dispatcherOf("A proxy", 0, {
      [`"${printedProxy}"`]: `{ uri: "${proxy.url}", requestTls: { ca: testCA } }`,
    });
    expect(await authorize(api.baseUrl, dispatcher)).toMatchObject(authorized);
    expect(proxy.asked).toEqual([["CONNECT", "localhost"]]);
  });

  it("a proxy, which is sent a request to an http: address as it is from undici 8 on", async () => {
    const [api, proxy] = [await startPlainApi(), await startProxy()];
    const dispatcher = await dispatcherOf("A proxy", 0, { [printedProxy]: proxy.url });
    expect(await authorize(api.baseUrl, dispatcher)).toMatchObject(authorized);
    const tunnelling = await dispatcherOf("A proxy", 0, {
      [`"${printedProxy}"`]: `{ uri: "${proxy.url}", proxyTunnel: true }`,
    });
    expect(await authorize(api.baseUrl, tunnelling)).toMatchObject(authorized);
    expect(proxy.asked.map(([method]) => method)).toEqual([version === "8" ? "POST" : "CONNECT", "CONNECT"]);
  });

  it("a proxy with a user and a password, which go to it alone", async () => {
    vi.stubEnv("PROXY_USER", "someone");
    vi.stubEnv("PROXY_PASSWORD", "pr0xy-passw0rd");
    const credentials = `Basic ${Buffer.from("someone:pr0xy-passw0rd").toString("base64")}`;
    const [api, proxy] = [await startApi(), await startProxy(credentials)];
    const real = { [printedProxy]: proxy.url, "token:": "requestTls: { ca: testCA }, token:" };
    expect(await authorize(api.baseUrl, await dispatcherOf("A proxy", 1, real))).toMatchObject(authorized);
    expect(api.seen).toHaveLength(1);
    expect(api.seen[0]).not.toHaveProperty("proxy-authorization");

    vi.stubEnv("PROXY_PASSWORD", "wr0ng-passw0rd");
    const error = await errorOf(authorize(api.baseUrl, await dispatcherOf("A proxy", 1, real)));
    expect(error).toMatchObject({ code: "proxy_authentication", mayHaveBeenSent: false });
    expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toMatch(/wr0ng|Basic/);
  });

  it("a proxy by HTTPS_PROXY and NO_PROXY", async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    for (const name of ["HTTPS_PROXY", "https_proxy"]) vi.stubEnv(name, proxy.url);
    vi.stubEnv("NO_PROXY", "elsewhere.example");
    const tls = "{ ca: testCA }";
    const real = { "EnvHttpProxyAgent()": `EnvHttpProxyAgent({ requestTls: ${tls}, connect: ${tls} })` };
    expect(await authorize(api.baseUrl, await dispatcherOf("A proxy", 2, real))).toMatchObject(authorized);
    expect(proxy.asked).toHaveLength(1);
    vi.stubEnv("NO_PROXY", "localhost");
    expect(await authorize(api.baseUrl, await dispatcherOf("A proxy", 2, real))).toMatchObject(authorized);
    expect(proxy.asked).toHaveLength(1);
  });

  it("a private CA, next to the usual ones", async () => {
    const api = await startApi();
    expect(await authorize(api.baseUrl, await dispatcherOf("A private CA"))).toMatchObject(authorized);
    const error = await errorOf(authorize(api.baseUrl, new undici.Agent()));
    expect(error).toMatchObject({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", mayHaveBeenSent: false });
  });

  it("a client certificate, straight and through a proxy", async () => {
    const [api, proxy] = [await startApi({ ca, requestCert: true }), await startProxy()];
    const straight = await dispatcherOf("A client certificate", 0, {
      "connect: {": "connect: { ca: testCA,",
    });
    expect(await authorize(api.baseUrl, straight)).toMatchObject(authorized);
    const tunnelled = await dispatcherOf("A client certificate", 1, { [printedProxy]: proxy.url });
    expect(await authorize(api.baseUrl, tunnelled)).toMatchObject(authorized);
    expect(proxy.asked).toEqual([["CONNECT", "localhost"]]);
    expect(await errorOf(authorize(api.baseUrl, new undici.Agent({ connect: { ca } })))).toMatchObject({
      name: "FlinksConnectionError",
      mayHaveBeenSent: true,
    });
  });

  it("a pinned address", async () => {
    const api = await startPlainApi();
    const dispatcher = await dispatcherOf("A pinned address, or names of your own", 0, { "10.0.0.7": "127.0.0.1" });
    const baseUrl = api.baseUrl.replace("127.0.0.1", "no-such-host.invalid");
    const flinks = clientOf({ baseUrl }, { fetch: createUndiciFetch({ dispatcher }), allowInsecureHttp: true });
    expect(await flinks.authorize({ LoginId: loginId })).toMatchObject(authorized);
  });

  it("a Unix socket", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flinks-client-socket-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, "egress.sock");
    const hosts: unknown[] = [];
    await listen(
      createServer(({ headers }, response) => {
        hosts.push(headers.host);
        response.end(sessionText);
      }),
      path,
    );
    const dispatcher = await dispatcherOf("A Unix socket", 0, { "/run/egress.sock": path });
    expect(await authorize("http://localhost", dispatcher)).toMatchObject(authorized);
    expect(hosts).toEqual(["localhost"]);
  });

  it("how many connections", async () => {
    const api = await startPlainApi();
    const dispatcher = await dispatcherOf("How many connections", 0, { "connections: 50": "connections: 2" });
    await Promise.all(Array.from({ length: 10 }, () => authorize(api.baseUrl, dispatcher)));
    expect(api.sockets.size).toBe(2);
  });

  it("keep-alive that ends before the server's", async () => {
    const api = await startPlainApi();
    const dispatcher = await dispatcherOf("Keep-alive behind a load balancer", 0, { "4_000": "1" });
    await authorize(api.baseUrl, dispatcher);
    const [socket] = api.sockets as Set<{ destroyed: boolean }>;
    // The server would keep it for five seconds.
    await expect.poll(() => socket?.destroyed).toBe(true);
    await authorize(api.baseUrl, dispatcher);
    expect(api.sockets.size).toBe(2);
  });

  it("a connection for each request, for functions that freeze", async () => {
    const api = await startPlainApi();
    const dispatcher = await dispatcherOf("AWS Lambda and other functions that freeze");
    for (const size of [1, 2]) {
      await authorize(api.baseUrl, dispatcher);
      expect(api.sockets.size).toBe(size);
    }
  });
});

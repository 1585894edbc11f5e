import { execFile } from "node:child_process";
import { request } from "node:http";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { createSandboxServer, type SandboxServerOptions } from "../../src/sandbox/server/index.ts";
import { errorOf, errorOfClass } from "../helpers/client.ts";
import { call, live, startSandbox } from "../helpers/raw-sandbox.ts";

async function serve(options: SandboxOptions = {}, more: SandboxServerOptions = {}) {
  const started = startSandbox(options);
  const server = await createSandboxServer({ sandbox: started.sandbox, ...more });
  onTestFinished(() => server.close());
  return { ...started, server, over: { fetch: globalThis.fetch, options: { ...server.options, fetch } } };
}

describe("createSandboxServer", () => {
  it("gives its address and the keys, without a fetch", async () => {
    const { server, sandbox } = await serve();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.options).toEqual({
      baseUrl: server.url,
      connectUrl: `${server.url}/v2/`,
      customerId: sandbox.options.customerId,
      secretKey: sandbox.options.secretKey,
      apiKey: sandbox.options.apiKey,
    });
  });

  it("serves a client in the same way as the sandbox", async () => {
    const { server, sandbox } = await serve();
    const flinks = createFlinksClient({ ...server.options });
    const outcome = await flinks.authorizeWithMfa({ ...live, Username: "Greatday" }, () => ({
      "What city were you born in?": "Montreal",
    }));
    expect(outcome.status).toBe("authorized");
    expect(sandbox.requests.map(({ method, url }) => `${method} ${url.slice(url.lastIndexOf("/") + 1)}`)).toEqual([
      "POST GenerateAuthorizeToken",
      "POST Authorize",
      "POST Authorize",
    ]);
    expect(sandbox.requests[1]).toMatchObject({
      url: `${server.url}/v3/${sandbox.options.customerId}/BankingServices/Authorize`,
      body: { Username: "Greatday" },
    });
  });

  it("serves data calls, which finish when the sandbox's clock moves", async () => {
    const { over, open, pass } = await serve();
    const RequestId = await open("test_pending");
    expect(await call(over, "getAccountsDetail", { RequestId })).toMatchObject({ status: 202 });
    expect(await call(over, "getAccountsDetailAsync", RequestId)).toMatchObject({ status: 202 });
    pass(5_000);
    const { status, body } = await call(over, "getAccountsDetailAsync", RequestId);
    expect([status, body.Accounts[0].Holder.Name]).toEqual([200, "Amrit Singh"]);
    expect(await call(over, "getAccountsDetailAsync", "unknown")).toMatchObject({
      status: 400,
      body: { FlinksCode: "SESSION_NONEXISTENT" },
    });
  });

  it("has a sandbox of its own if it is given none", async () => {
    const server = await createSandboxServer();
    onTestFinished(() => server.close());
    const flinks = createFlinksClient({ ...server.options });
    const LoginId = createSandbox().loginIds.greatday_nomfa;
    expect(await flinks.authorize({ LoginId })).toMatchObject({ status: "authorized" });
  });

  it.each([
    ["0.0.0.0", "http://127.0.0.1:"],
    ["::", "http://[::1]:"],
    ["::1", "http://[::1]:"],
    ["localhost", "http://localhost:"],
  ])("listens on %s, and says %s", async (host, start) => {
    const { server, over, mint } = await serve({}, { host });
    expect(server.url.startsWith(start)).toBe(true);
    await mint();
    expect(await call(over, "generateAuthorizeToken")).toMatchObject({ status: 401 });
  });

  it("listens on the port that it is given, and says if it is taken", async () => {
    const { server } = await serve();
    const port = Number(new URL(server.url).port);
    expect(await errorOf(createSandboxServer({ port }))).toMatchObject({ code: "EADDRINUSE" });
    await server.close();
    const next = await createSandboxServer({ port });
    onTestFinished(() => next.close());
    expect(next.url).toBe(server.url);
  });

  it.each<[unknown, string]>([
    [{ prot: 1 }, 'createSandboxServer: "prot" is unknown. Did you mean "port"? Known: sandbox, port, host.'],
    [{ port: 65_536 }, "port must be a whole number from 0 to 65535."],
    [{ host: "" }, "host must be a non-empty string."],
    [{ sandbox: {} }, "sandbox must come from createSandbox()."],
    [{ sandbox: null }, "sandbox must come from createSandbox()."],
    [null, "createSandboxServer must be an object."],
  ])("refuses %j", async (options, message) => {
    const error = await errorOfClass(FlinksUsageError, createSandboxServer(options as SandboxServerOptions));
    expect(error.message).toBe(message);
  });

  it("takes a sandbox that a test has wrapped", async () => {
    const { sandbox } = startSandbox();
    let count = 0;
    const fetch: typeof sandbox.fetch = (input, init) => {
      count += 1;
      return sandbox.fetch(input, init);
    };
    const server = await createSandboxServer({ sandbox: { ...sandbox, fetch } });
    onTestFinished(() => server.close());
    await call({ fetch: globalThis.fetch, options: { ...server.options, fetch } }, "generateAuthorizeToken");
    expect(count).toBe(1);
  });

  it("answers 500 if the sandbox throws", async () => {
    const { server, sandbox } = await serve({
      now: () => {
        throw new Error("no clock");
      },
    });
    const url = `${server.url}/v3/${sandbox.options.customerId}/BankingServices/GenerateAuthorizeToken`;
    const headers = { "flinks-auth-key": sandbox.options.secretKey };
    expect((await fetch(url, { method: "POST", headers })).status).toBe(500);
  });

  it("answers a request line that is no path", async () => {
    const { server } = await serve();
    const status = await new Promise((resolve) => {
      request(server.url, { method: "OPTIONS", path: "*" }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(404);
  });
});

describe("close", () => {
  it("ends a connection that still waits, and may be called twice", async () => {
    const { server, over, sandbox } = await serve({ faults: [{ fault: "silence" }] });
    const waiting = errorOf(call(over, "generateAuthorizeToken"));
    await vi.waitUntil(() => sandbox.requests.length === 1);
    await Promise.all([server.close(), server.close()]);
    expect(await waiting).toMatchObject({ message: "fetch failed" });
    expect(await errorOf(fetch(server.url))).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("leaves nothing that keeps a process alive", async () => {
    const program = `
      import { createSandboxServer } from "./src/sandbox/server/index.ts";
      const server = await createSandboxServer();
      await (await fetch(server.url)).text();
      await server.close();
      console.log("closed");`;
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
      timeout: 30_000,
    });
    expect((await run).stdout).toBe("closed\n");
  });
});

describe("faults of real connections", () => {
  const fault = (name: "silence" | "reset" | "cut" | "html", times = 1) =>
    serve({ faults: [{ operation: "generateAuthorizeToken", fault: name, times }] });

  it("are silent until the client gives up", async () => {
    const { server, sandbox } = await fault("silence");
    const flinks = createFlinksClient({ ...server.options, retry: false });
    const controller = new AbortController();
    const call = errorOf(flinks.generateAuthorizeToken({ signal: controller.signal }));
    await vi.waitUntil(() => sandbox.requests.length === 1);
    controller.abort("enough");
    expect(await call).toBe("enough");
    expect(await flinks.generateAuthorizeToken()).toMatch(/^[\da-f-]{36}$/);
  });

  it("reset the connection", async () => {
    const { over } = await fault("reset");
    expect(await errorOf(call(over, "generateAuthorizeToken"))).toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(await call(over, "generateAuthorizeToken")).toMatchObject({ status: 401 });
  });

  it("cut the response after its half", async () => {
    const { server, sandbox } = await fault("cut");
    const received = await new Promise<{ status: number | undefined; text: string; error: unknown }>((resolve) => {
      const path = `/v3/${sandbox.options.customerId}/BankingServices/GenerateAuthorizeToken`;
      request(server.url + path, { method: "POST" }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("error", (error) => resolve({ status: response.statusCode, text, error }));
      }).end();
    });
    expect(received).toMatchObject({ status: 401, error: { code: "ECONNRESET" } });
    expect(received.text).toMatch(/^\{"HttpStatusCode":401,"Mess/);
    expect(received.text).not.toContain("}");
  });

  it("answer without content", async () => {
    const { server, sandbox } = await serve({ faults: [{ fault: { status: 204, headers: { "X-Note": "a" } } }] });
    const url = `${server.url}/v3/${sandbox.options.customerId}/BankingServices/GenerateAuthorizeToken`;
    const response = await fetch(url, { method: "POST" });
    expect([response.status, response.headers.get("x-note"), await response.text()]).toEqual([204, "a", ""]);
  });

  it("answer with a page", async () => {
    const { server, sandbox } = await fault("html");
    const url = `${server.url}/v3/${sandbox.options.customerId}/BankingServices/GenerateAuthorizeToken`;
    const response = await fetch(url, { method: "POST" });
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html"]);
  });
});

import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { FlinksConnectionError, FlinksResponseError, FlinksTimeoutError } from "../../src/index.ts";
import {
  clientOf,
  customerId,
  errorOf,
  errorOfClass,
  loginId,
  requestId,
  secrets,
} from "../helpers/client.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";

const authorize = (server: { baseUrl: string }, options: object = {}, call: object = {}) =>
  clientOf(server, options).authorize({ LoginId: loginId }, call);

describe("what is no JSON is a FlinksResponseError with the status", () => {
  it.each<[number, string, string]>([
    [502, "<html><h1>Bad Gateway</h1></html>", "text/html"],
    [200, "<html><h1>Sign in</h1></html>", "text/html"],
    [500, "", "application/json"],
    [200, "", "application/json"],
    [429, "slow down", "text/plain"],
    [200, '{"RequestId":"fd4e', "application/json"],
    [503, '{"Message":', "application/json"],
    [204, "", "application/json"],
    [205, "", "application/json"],
  ])("%i %j", async (status, body, type) => {
    const server = await startServerWith({ status, body, headers: { "content-type": type } });
    const error = await errorOfClass(FlinksResponseError, authorize(server));
    expect(error).toMatchObject({ status, bodyExcerpt: body, headers: { "content-type": type } });
    expect(error).not.toHaveProperty("cause");
    expect(error.message).toBe(
      `The answer to Authorize is no JSON (HTTP ${status}). Is the address the API's, or did a proxy answer?`,
    );
  });

  // With JSON, which under these only a `fetch` of somebody's own can give.
  it.each([0, 199, 204, 205, 600, 799])("also under a %i", async (status) => {
    const fetch = async () => Object.defineProperty(Response.json({}), "status", { value: status });
    const error = await errorOfClass(
      FlinksResponseError,
      authorize({ baseUrl: "http://localhost" }, { fetch }),
    );
    expect(error.status).toBe(status);
  });

  it("but a 599 is an answer like any other", async () => {
    const server = await startServerWith({ status: 599, body: { FlinksCode: "UNKNOWN_ERROR" } });
    expect(await errorOf(authorize(server))).toMatchObject({ name: "FlinksApiError", status: 599 });
  });

  it("the excerpt has at most 512 characters, secrets masked before it is cut", async () => {
    const padding = "x".repeat(505);
    const server = await startServerWith({ status: 500, body: `${padding}${secrets.token}${padding}` });
    const { bodyExcerpt } = await errorOfClass(FlinksResponseError, authorize(server));
    expect(bodyExcerpt).toBe(`${padding}[redact`);
  });
});

describe("JSON is read", () => {
  const body = JSON.stringify({ RequestId: requestId });

  it.each([
    ["under another content type", { body, headers: { "content-type": "text/plain" } }],
    ["after a byte order mark", { body: `\ufeff${body}` }],
    ["with blanks around it", { body: ` \r\n${body}\n` }],
  ])("%s", async (_, reply) => {
    expect(await authorize(await startServerWith(reply))).toMatchObject({ status: "authorized", requestId });
  });

  it("in pieces of one byte, characters cut in two", async () => {
    const bytes = Buffer.from(JSON.stringify({ RequestId: "é-\ud83d\ude00" }));
    const server = await startServer(async (_, response) => {
      for (const byte of bytes) {
        response.write(new Uint8Array([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
      return undefined;
    });
    expect(await authorize(server)).toMatchObject({ requestId: "é-\ud83d\ude00" });
  });

  it("to the last byte that maxResponseBytes allows", async () => {
    const server = await startServerWith({ body });
    expect(await authorize(server, { maxResponseBytes: body.length })).toMatchObject({ requestId });
    const error = await errorOf(authorize(server, { maxResponseBytes: body.length - 1 }));
    expect(error).toMatchObject({ name: "FlinksResponseError", bodyExcerpt: "" });
  });

  it("up to ten mebibytes, and not beyond", async () => {
    const filled = (bytes: number) =>
      JSON.stringify({ RequestId: requestId, Filler: "" }).replace('""', `"${"x".repeat(bytes)}"`);
    const big = filled(10 * 1024 * 1024 - 100);
    expect(await authorize(await startServerWith({ body: big }))).toMatchObject({ requestId });
    const error = await errorOfClass(
      FlinksResponseError,
      authorize(await startServerWith({ body: `${big}${" ".repeat(200)}` })),
    );
    expect(error.message).toBe(
      "The answer to Authorize has more than 10485760 bytes (HTTP 200). Is the address the API's, or did a proxy answer?",
    );
    // Nothing of the text: it may have been cut inside a secret.
    expect(error.bodyExcerpt).toBe("");
  });
});

describe("redirects", () => {
  it.each([300, 301, 302, 303, 304, 307, 308])("%i is refused, and nobody is visited", async (status) => {
    const other = await startServerWith({ body: { RequestId: requestId } });
    const server = await startServerWith({ status, headers: { location: `${other.baseUrl}/elsewhere` } });
    // Node's own refuses it by itself, and any other has it refused here.
    for (const options of [{}, { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }]) {
      const error = await errorOfClass(FlinksConnectionError, authorize(server, options));
      expect(error.message).toBe(
        "Authorize was answered with a redirect, which is never followed. Check instance or baseUrl.",
      );
      expect(error.redirected).toBe(true);
      expect(error).not.toHaveProperty("cause");
    }
    expect(other.received).toEqual([]);
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ["Node", new Error("unexpected redirect")],
    ["MSW", "unexpected redirect"],
  ])("one that %s refuses by itself is told as such", async (_, cause) => {
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const error = await errorOfClass(
      FlinksConnectionError,
      authorize({ baseUrl: "http://localhost" }, { fetch }),
    );
    expect(error.redirected).toBe(true);
    expect(error.message).toMatch(/^Authorize was answered with a redirect/);
  });

  it("an opaque one is refused too, as browsers have it", async () => {
    const fetch = async () => Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
    const error = await errorOfClass(
      FlinksConnectionError,
      authorize({ baseUrl: "http://localhost" }, { fetch }),
    );
    expect(error.message).toContain("redirect");
  });
});

describe("no answer", () => {
  it("is a FlinksConnectionError with the cause", async () => {
    const server = await startServer((_, response) => {
      response.destroy();
      return undefined;
    });
    const error = await errorOfClass(FlinksConnectionError, authorize(server));
    expect(error.message).toBe(
      "No answer to Authorize: the connection failed. The request may have arrived all the same.",
    );
    expect(error).not.toBeInstanceOf(FlinksTimeoutError);
    expect(error).not.toHaveProperty("redirected");
    expect(error.cause).toMatchObject({ name: "TypeError", cause: { code: "UND_ERR_SOCKET" } });
  });

  it("nor is a body that breaks off", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"RequestId":');
      setImmediate(() => response.destroy());
      return undefined;
    });
    await errorOfClass(FlinksConnectionError, authorize(server));
  });
});

describe("time", () => {
  const silent = () => startServer(() => new Promise<undefined>(() => {}));
  const stalling = () =>
    startServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"RequestId":');
      return undefined;
    });

  it.each([
    ["silence", silent],
    ["a body that stalls", stalling],
  ])("ends %s, by the client's limit or the call's", async (_, start) => {
    const server = await start();
    for (const [options, call] of [
      [{ timeoutMs: 30 }, {}],
      [{}, { timeoutMs: 30 }],
    ]) {
      const error = await errorOfClass(FlinksTimeoutError, authorize(server, options, call));
      expect(error).toBeInstanceOf(FlinksConnectionError);
      expect(error.timeoutMs).toBe(30);
      expect(error.message).toBe(
        "No whole answer to Authorize within 30 ms (a live call may take 210 s). The request may have arrived all " +
          "the same.",
      );
      // The way back to the caller, and not to a timer.
      expect(error.stack).toMatch(/at .*[\\/]test[\\/]/);
    }
  });

  it("a signal ends a call with its own reason, and the server notices", async () => {
    const reason = { any: "value" };
    const controller = new AbortController();
    let closed: () => void;
    const noticed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await startServer((_, response) => {
      response.on("close", () => closed());
      setImmediate(() => controller.abort(reason));
      return undefined;
    });
    expect(await errorOf(authorize(server, {}, { signal: controller.signal }))).toBe(reason);
    await noticed;
  });

  it("a signal that is aborted already sends nothing", async () => {
    const server = await startServerWith({ body: { RequestId: requestId } });
    const signal = AbortSignal.abort();
    const flinks = clientOf(server, { secretKey: "key" });
    expect(await errorOf(flinks.authorize({ LoginId: loginId }, { signal }))).toBe(signal.reason);
    expect(await errorOf(flinks.generateAuthorizeToken({ signal }))).toBe(signal.reason);
    expect(server.received).toEqual([]);
  });

  it("ends a fetch that heeds no signal", async () => {
    const fetch = () => new Promise<Response>(() => {});
    const server = { baseUrl: "http://localhost" };
    await errorOfClass(FlinksTimeoutError, authorize(server, { fetch, timeoutMs: 10 }));
    const signal = AbortSignal.timeout(10);
    expect(await errorOf(authorize(server, { fetch }, { signal }))).toBe(signal.reason);
  });

  it("leaves no listener on a signal that lives on, and never has more than one", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const server = await startServer(async () => {
      await asked;
      return { body: { RequestId: requestId } };
    });
    const { signal } = new AbortController();
    const flinks = clientOf(server, {
      authorizeToken: () => asked.then(() => secrets.token),
    });
    const calls = Array.from({ length: 20 }, () => flinks.authorize({ LoginId: loginId }, { signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    answer();
    await expect.poll(() => server.received.length).toBeGreaterThan(10);
    expect(getEventListeners(signal, "abort").length).toBeLessThanOrEqual(1);
    await Promise.all(calls);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends a call although another that shares its signal has ended", async () => {
    const server = await startServer(({ json }) =>
      json.Tag === "ends" ? { body: { RequestId: requestId } } : new Promise<undefined>(() => {}),
    );
    const controller = new AbortController();
    const { signal } = controller;
    const flinks = clientOf(server);
    const ended = errorOf(flinks.authorize({ LoginId: loginId }, { signal }));
    await flinks.authorize({ LoginId: loginId, Tag: "ends" }, { signal });
    controller.abort(new Error("given up"));
    expect(await ended).toBe(signal.reason);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends all calls that share a signal, and those alone", async () => {
    const server = await startServer(() => new Promise<undefined>(() => {}));
    const controller = new AbortController();
    const { signal } = controller;
    const flinks = clientOf(server);
    const ended = [1, 2, 3].map(() => errorOf(flinks.authorize({ LoginId: loginId }, { signal })));
    const other = errorOf(flinks.authorize({ LoginId: loginId }, { timeoutMs: 300 }));
    await expect.poll(() => server.received.length).toBe(4);
    controller.abort(new Error("given up"));
    expect(await Promise.all(ended)).toEqual([signal.reason, signal.reason, signal.reason]);
    expect(await other).toBeInstanceOf(FlinksTimeoutError);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("Node's own fetch", () => {
  it("sends nothing anew after a 421, and everything with its length", async () => {
    const server = await startServer(({ json }) =>
      json.Tag === "asks"
        ? { status: 203, body: { RequestId: requestId, SecurityChallenges: [{ Type: "", Prompt: "?" }] } }
        : { status: 421, body: { FlinksCode: "UNKNOWN_ERROR" } },
    );
    const flinks = clientOf(server, { retry: undefined });
    const credentials = { Institution: "FlinksCapital", Username: "é", Password: "p" };
    const misdirected = { name: "FlinksApiError", status: 421 };
    expect(await errorOf(flinks.authorize({ LoginId: loginId }))).toMatchObject(misdirected);
    expect(await errorOf(flinks.authorize(credentials))).toMatchObject(misdirected);
    const refresh = flinks.authorize({ LoginId: loginId, MostRecentCached: false });
    expect(await errorOf(refresh)).toMatchObject(misdirected);
    const outcome = await flinks.authorize({ ...credentials, Tag: "asks" });
    if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
    outcome.continuation = outcome.continuation.replace(/(?<=\.).*/, (sealed) =>
      btoa(atob(sealed).replace("asks", "gone")),
    );
    expect(await errorOf(flinks.answerChallenge(outcome, { "?": "é" }))).toMatchObject(misdirected);

    expect(server.received).toHaveLength(5);
    for (const { text, headers } of server.received) {
      expect(headers["content-length"]).toBe(`${Buffer.byteLength(text)}`);
      expect(headers).not.toHaveProperty("transfer-encoding");
    }
  });

  // Each of them something that a bundler or a runtime has for `process`.
  it.each([undefined, {}, { versions: {} }])("is not looked for where process is %j", async (standIn) => {
    const { process } = globalThis;
    vi.resetModules();
    try {
      Object.assign(globalThis, { process: standIn });
      expect(await import("../../src/wrappers/exchange.ts")).toHaveProperty("exchange");
    } finally {
      Object.assign(globalThis, { process });
    }
  });

  it.each([
    ["Node", { undici: "7.0.0" }, "error"],
    ["Deno", { deno: "2.0.0" }, "manual"],
  ])(
    "is asked as %s has it: a body that can be sent once, and no redirect followed",
    async (_, versions, redirect) => {
      const { process, fetch } = globalThis;
      const asked: (RequestInit | undefined)[] = [];
      vi.resetModules();
      try {
        globalThis.fetch = async (_url, init) => {
          asked.push(init);
          return Response.json({ RequestId: requestId });
        };
        Object.assign(globalThis, { process: { versions } });
        const { createFlinksClient } = await import("../../src/index.ts");
        const flinks = createFlinksClient({ instance: "toolbox", customerId, authorizeToken: "t" });
        await flinks.authorize({ LoginId: loginId });
      } finally {
        Object.assign(globalThis, { process, fetch });
      }
      expect(asked).toMatchObject([{ redirect, body: expect.any(ReadableStream) }]);
    },
  );
});

describe("a fetch that is supplied", () => {
  it("gets what fetch takes: a URL and an init, of which a Request can be made", async () => {
    const requests: Request[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      // A stream, as Node's own gets it, is not for everybody to take.
      expect(init.body).toBeTypeOf("string");
      requests.push(new Request(url, init));
      return Response.json({ RequestId: requestId });
    };
    await authorize({ baseUrl: "https://example.com" }, { fetch });
    const [request] = requests;
    expect(request).toMatchObject({
      method: "POST",
      url: `https://example.com/v3/${customerId}/BankingServices/Authorize`,
      redirect: "manual",
    });
    expect(await request?.json()).toEqual({ LoginId: loginId, MostRecentCached: true });
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "flinks-auth-key": secrets.token,
    });
  });

  it("may answer with what is no Response, but has what is read of one", async () => {
    const text = JSON.stringify({ RequestId: requestId });
    const likeNodeFetch = {
      status: 200,
      headers: { get: () => null },
      body: { pipe() {} },
      text: async () => text,
    };
    for (const answer of [likeNodeFetch, { status: 200, text: async () => text }]) {
      const outcome = await authorize({ baseUrl: "http://localhost" }, { fetch: async () => answer });
      expect(outcome).toMatchObject({ status: "authorized" });
      const options = { fetch: async () => answer, maxResponseBytes: 5 };
      await errorOfClass(FlinksResponseError, authorize({ baseUrl: "http://localhost" }, options));
    }
  });

  it.each([Number.NaN, undefined, "200"])("is not believed the status %j", async (status) => {
    const fetch = async () => ({ status, headers: new Headers(), text: async () => "7" });
    const error = await errorOf(authorize({ baseUrl: "http://localhost" }, { fetch }));
    expect(error).toMatchObject({ name: "FlinksResponseError" });
  });

  it("may not have followed a redirect", async () => {
    const fetch = async () => ({
      status: 200,
      redirected: true,
      headers: new Headers(),
      text: async () => "{}",
    });
    const error = await errorOf(authorize({ baseUrl: "http://localhost" }, { fetch, retry: { retries: 1 } }));
    expect(error).toMatchObject({
      name: "FlinksConnectionError",
      message: expect.stringMatching(/^Authorize was answered with a redirect/),
    });
  });

  it("has its answer cancelled when time is up, although it heeds no signal", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const error = await errorOf(
      authorize({ baseUrl: "http://localhost" }, { fetch: async () => new Response(body), timeoutMs: 20 }),
    );
    expect(error).toMatchObject({ name: "FlinksTimeoutError" });
    expect(cancelled).toBe(true);
  });

  it.each([null, 0, ""])("is ended by a signal whose reason is %j", async (reason) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 10);
    const fetch = () => new Promise(() => {});
    const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, secretKey: "secret-key" });
    const { signal } = controller;
    expect(await errorOf(flinks.generateAuthorizeToken({ signal }))).toBe(reason);
    expect(await errorOf(flinks.authorize({ LoginId: loginId }, { signal }))).toBe(reason);
  });

  it("may answer without a body", async () => {
    const fetch = async () => new Response(null, { status: 500 });
    const error = await errorOfClass(
      FlinksResponseError,
      authorize({ baseUrl: "http://localhost" }, { fetch }),
    );
    expect(error).toMatchObject({ status: 500, bodyExcerpt: "" });
  });
});

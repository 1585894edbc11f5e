/** What `createUndiciFetch` does beyond what is tested over every transport. */
import type { ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { setImmediate as turn } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FlinksUsageError } from "../../src/index.ts";
import { createUndiciFetch, type UndiciDispatcher } from "../../src/wrappers/undici.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId } from "../helpers/client.ts";
import { init, sessionText } from "../helpers/fetch.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";
import { http2Transports } from "../helpers/transports.ts";
import { undicis } from "../helpers/undici.ts";
import { session } from "../helpers/wire.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("options", () => {
  it.each([
    [{ agent: {} }, 'Unknown field "agent" in the options. Expected: dispatcher.'],
    [{ dispatcher: null }, "dispatcher must be a dispatcher of undici, such as an Agent."],
    [{ dispatcher: {} }, "dispatcher must be a dispatcher of undici, such as an Agent."],
    // Nothing in this project is installed by that name.
    [{}, "createUndiciFetch needs undici 6, 7 or 8. Run npm install undici, or pass a dispatcher."],
    [undefined, "createUndiciFetch needs undici 6, 7 or 8. Run npm install undici, or pass a dispatcher."],
  ])("%j is refused at once", async (options, message) => {
    const error = await errorOfClass(FlinksUsageError, () => createUndiciFetch(options as object));
    expect(error).toMatchObject({ code: "invalid_options", message });
  });
});

describe.each(undicis)("undici %s", (version, module) => {
  const { Agent, MockAgent, interceptors, setGlobalDispatcher } = module;
  const authorize = (server: { baseUrl: string }, dispatcher: UndiciDispatcher = new Agent()) =>
    clientOf(server, { fetch: createUndiciFetch({ dispatcher: dispatcher }) }).authorize({ LoginId: loginId });

  it("its global dispatcher is used, looked up at every call", async () => {
    const require = createRequire(import.meta.url);
    const installed = { createRequire: () => () => require(`undici${version}`) };
    const { getBuiltinModule } = process;
    vi.spyOn(process, "getBuiltinModule").mockImplementation((name: string) =>
      name === "node:module" ? installed : getBuiltinModule(name),
    );
    const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch: createUndiciFetch() });
    for (const id of ["first", "second"]) {
      const mock = new MockAgent();
      const reply = mock.get("http://localhost").intercept({ path: /Authorize$/, method: "POST" });
      reply.reply(200, { RequestId: id }, { headers: { "X-A": "b" } });
      setGlobalDispatcher(mock);
      expect(await flinks.authorize({ LoginId: loginId })).toMatchObject({ requestId: id });
    }
    setGlobalDispatcher(new Agent());
  });

  it.each([
    ["redirects with an interceptor", () => new Agent().compose(interceptors.redirect({ maxRedirections: 5 }))],
    ["redirects by its option, which is of undici 6", () => new Agent({ maxRedirections: 5 } as object)],
  ])("a dispatcher that follows %s does not", async (_, dispatcher) => {
    const other = await startServerWith(session());
    const server = await startServerWith({ status: 307, headers: { location: other.baseUrl } });
    expect(await errorOf(authorize(server, dispatcher()))).toMatchObject({ code: "redirected" });
    expect(other.received).toEqual([]);
  });

  it("a dispatcher that repeats requests does not", async () => {
    const server = await startServer((_, response) => void response.destroy());
    const retry = interceptors.retry({ methods: ["POST"], minTimeout: 0 });
    expect(await errorOf(authorize(server, new Agent().compose(retry)))).toMatchObject({ code: "UND_ERR_SOCKET" });
    expect(server.received).toHaveLength(1);
  });

  const encodings: [string, Buffer][] = [
    ["gzip", gzipSync(sessionText)],
    ["X-GZIP", gzipSync(sessionText)],
    ["deflate", deflateSync(sessionText)],
    // As some servers send it.
    ["deflate", deflateRawSync(sessionText)],
    ["br", brotliCompressSync(sessionText)],
    ["identity", Buffer.from(sessionText)],
  ];

  it.each(encodings)("reads %s, in pieces of any length", async (encoding, bytes) => {
    for (const length of [1, bytes.length]) {
      const server = await startServer(async (_, response) => {
        response.writeHead(200, { "content-encoding": encoding });
        for (let at = 0; at < bytes.length; at += length) {
          response.write(bytes.subarray(at, at + length));
          await turn();
        }
        return void response.end();
      });
      expect(await authorize(server)).toMatchObject({ requestId });
      expect(server.received).toMatchObject([{ headers: { "accept-encoding": "gzip, deflate, br" } }]);
    }
  });

  it("leaves a caller's accept-encoding alone", async () => {
    const server = await startServerWith(session());
    await createUndiciFetch({ dispatcher: new Agent() })(
      server.baseUrl,
      init({ headers: { "accept-encoding": "identity" } }),
    );
    expect(server.received).toMatchObject([{ headers: { "accept-encoding": "identity" } }]);
  });

  it.each([
    ["gzip", "Z_DATA_ERROR"],
    ["deflate", "Z_DATA_ERROR"],
    ["br", expect.stringMatching(/^ERR_|^Z_/)],
  ])("what is not %s is told by zlib's code, and its connection is freed", async (encoding, code) => {
    let isClosed = false;
    const server = await startServer((_, response) => {
      response.on("close", () => {
        isClosed = true;
      });
      response.writeHead(200, { "content-encoding": encoding });
      return void response.write(sessionText);
    });
    expect(await errorOf(authorize(server))).toMatchObject({ name: "FlinksConnectionError", code });
    await expect.poll(() => isClosed).toBe(true);
  });

  it("packed data that is cut is told by zlib's code", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      return void response.end(gzipSync(sessionText).subarray(0, -9));
    });
    expect(await errorOf(authorize(server))).toMatchObject({ name: "FlinksConnectionError", code: "Z_BUF_ERROR" });
  });

  it("an encoding without content is no content", async () => {
    const server = await startServerWith({ status: 503, headers: { "content-encoding": "gzip" } });
    expect(await errorOf(authorize(server))).toMatchObject({ name: "FlinksResponseError", status: 503 });
  });

  it("joins a header's values, whatever the case of its name", async () => {
    const server = await startServer((_, response) => {
      response.setHeader("X-Several", ["a", "b"]);
      return { status: 200 };
    });
    const { headers } = await createUndiciFetch({ dispatcher: new Agent() })(server.baseUrl, init());
    expect([headers.get("x-several"), headers.get("X-SEVERAL"), headers.get("x-none")]).toEqual(["a, b", "a, b", null]);
  });

  it("does not take a 103 for the response", async () => {
    const server = await startServer((_, response) => {
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      return session();
    });
    expect(await authorize(server)).toMatchObject({ requestId });
  });

  it("says why it left a response", async () => {
    const server = await startServerWith({ status: 407, body: "{}" });
    const fetch = createUndiciFetch({ dispatcher: new Agent() });
    expect(await errorOf(fetch(server.baseUrl, init()))).toMatchObject({
      message: "the proxy wants authentication",
      code: "proxy_authentication",
    });
    const open = await startServer((_, response) => void response.write("a"));
    const { body } = await fetch(open.baseUrl, init());
    const chunks = body as AsyncIterableIterator<Uint8Array>;
    expect(await chunks.return?.()).toEqual({ value: undefined, done: true });
    await chunks.next();
    expect(await errorOf(chunks.next())).toMatchObject({
      message: "the response was abandoned",
      code: "UND_ERR_ABORTED",
    });
  });

  it("has a text, too", async () => {
    const server = await startServerWith({ body: "é" });
    const response = await createUndiciFetch({ dispatcher: new Agent() })(`${server.baseUrl}/a?b=c`, init());
    expect(await response.text()).toBe("é");
    expect(server.received).toMatchObject([{ method: "GET", url: "/a?b=c", text: "" }]);
  });

  it("does not take more than is read", async () => {
    const size = 50_000_000;
    let written = 0;
    const server = await startServer((_, response) => {
      const piece = Buffer.alloc(100_000);
      const write = () => {
        while (written < size) {
          written += piece.length;
          if (!response.write(piece)) return;
        }
        response.end();
      };
      response.on("drain", write);
      write();
      return undefined;
    });
    const { body } = await createUndiciFetch({ dispatcher: new Agent() })(server.baseUrl, init());
    let before = -1;
    // Until the server, whose socket and the system's buffers are full, has stopped.
    await expect
      .poll(() => {
        const isStill = written === before;
        before = written;
        return isStill;
      })
      .toBe(true);
    expect(written).toBeLessThan(size);
    let read = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) read += chunk.byteLength;
    expect(read).toBe(size);
  });

  it.each([
    ["ended", (response: ServerResponse) => response.end("a"), false],
    ["not ended", (response: ServerResponse) => response.write("a"), true],
  ])("a body that is left when it has %s keeps its connection, or frees it", async (_, reply, isFreed) => {
    let isClosed = false;
    const server = await startServer((_, response) => {
      response.socket?.on("close", () => {
        isClosed = true;
      });
      return void reply(response);
    });
    const fetch = createUndiciFetch({ dispatcher: new Agent() });
    const { body } = await fetch(server.baseUrl, init());
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      expect(chunk).toHaveLength(1);
      await turn();
      break;
    }
    if (isFreed) await expect.poll(() => isClosed).toBe(true);
    else expect(isClosed).toBe(false);
  });

  it("a body that is cut before it is read has what arrived, and then the error", async () => {
    const server = await startServer((_, response) => {
      response.write("a");
      setImmediate(() => response.destroy());
      return undefined;
    });
    const agent = new Agent();
    const disconnected = new Promise((resolve) => agent.on("disconnect", resolve));
    const { body } = await createUndiciFetch({ dispatcher: agent })(server.baseUrl, init());
    await disconnected;
    const chunks = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    expect(await chunks.next()).toMatchObject({ done: false });
    expect(await errorOf(chunks.next())).toMatchObject({ code: "UND_ERR_SOCKET" });
  });

  it("a 407 is told as a proxy that wants authentication", async () => {
    const server = await startServerWith({ status: 407, body: "<html>" });
    const error = await errorOf(authorize(server));
    expect(error).toMatchObject({ name: "FlinksConnectionError", code: "proxy_authentication", mayHaveBeenSent: true });
  });

  it("what it cannot send is told as undici tells it", async () => {
    const fetch = createUndiciFetch({ dispatcher: new Agent() });
    const error = await errorOf(fetch("http://localhost", init({ method: "GET POST" })));
    expect(error).toMatchObject({ code: "UND_ERR_INVALID_ARG" });
  });
});

it("a request that the dispatcher writes again is ended, as undici 6 does with HTTP/2", async () => {
  const aborted: unknown[] = [];
  const dispatch = (_: object, handler: { onConnect(abort: (reason: unknown) => void): void }) => {
    for (const attempt of [1, 2]) handler.onConnect((reason) => aborted.push([attempt, reason]));
    return true;
  };
  const fetch = createUndiciFetch({ dispatcher: { dispatch } as UndiciDispatcher });
  const error = await errorOf(fetch("http://localhost", init()));
  expect(error).toMatchObject({ code: "UND_ERR_SOCKET" });
  expect(aborted).toEqual([[2, error]]);
});

describe.each(http2Transports)("$name", ({ fetch, startServer }) => {
  it("a request whose connection is lost is not sent again", async () => {
    const server = await startServer((_, response) => {
      (response as unknown as { stream: { session: { destroy(): void } } }).stream.session.destroy();
      return undefined;
    });
    const error = await errorOf(clientOf(server, { fetch }).authorize({ LoginId: loginId }));
    expect(error).toMatchObject({ name: "FlinksConnectionError", mayHaveBeenSent: true });
    expect(server.received).toHaveLength(1);
  });
});

/** One HTTP exchange with a real server: limits of time and size, signals, redirects. */
import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import {
  type CallOptions,
  FlinksConnectionError,
  FlinksResponseError,
  FlinksTimeoutError,
} from "../../../src/index.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { authorizeWith, responseLike, sessionText } from "../../helpers/fetch.ts";
import type { Reply } from "../../helpers/http-server.ts";
import { http2Transports, transports } from "../../helpers/transports.ts";
import { session } from "../../helpers/wire.ts";

describe.each([...transports, ...http2Transports])("over $name,", ({ fetch: transport, startServer }) => {
  const authorize = (server: { baseUrl: string }, options: object = {}, call: CallOptions = {}) =>
    clientOf(server, { fetch: transport, ...options }).authorize({ LoginId: loginId }, call);
  const startServerWith = (reply: Reply) => startServer(() => reply);
  const silent = () => startServer(() => new Promise(() => {}));
  const stalling = () =>
    startServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"RequestId":');
      return undefined;
    });

  describe("maxResponseBytes", () => {
    it("is the longest body that is read, of the client or of the call", async () => {
      const server = await startServerWith({ body: sessionText });
      const { length } = sessionText;
      expect(await authorize(server, { maxResponseBytes: length })).toMatchObject({ requestId });
      expect(await authorize(server, { maxResponseBytes: 1 }, { maxResponseBytes: length })).toMatchObject({
        requestId,
      });
      for (const call of [
        () => authorize(server, { maxResponseBytes: length - 1 }),
        () => authorize(server, {}, { maxResponseBytes: length - 1 }),
        // Of a body that has only text, too.
        () => authorizeWith(async () => responseLike(), { maxResponseBytes: length - 1 }),
      ]) {
        const error = await errorOfClass(FlinksResponseError, call);
        expect(error.message).toContain(` with a body of more than ${length - 1} bytes (maxResponseBytes)`);
      }
      expect(await authorizeWith(async () => responseLike(), { maxResponseBytes: length })).toMatchObject({
        requestId,
      });
    });

    it("is ten mebibytes by default", async () => {
      const padded = (length: number) => new Response(sessionText.padEnd(length));
      expect(await authorizeWith(async () => padded(10_485_760))).toMatchObject({ requestId });
      const error = await errorOf(authorizeWith(async () => padded(10_485_761)));
      expect(error).toMatchObject({ message: expect.stringContaining("more than 10485760 bytes (maxResponseBytes)") });
    });

    it("shows nothing of a body that is cut there, as it may be cut inside a secret", async () => {
      const body = `<html>${"x".repeat(90)}${secrets.token}`;
      const error = await errorOf(authorize(await startServerWith({ status: 502, body }), { maxResponseBytes: 100 }));
      expect(error).toMatchObject({ status: 502, bodyExcerpt: "" });
    });
  });

  describe("timeoutMs", () => {
    it.each([
      ["a server that is silent", silent],
      ["a body that stalls", stalling],
    ])("ends %s, whether it is the client's or the call's", async (_, start) => {
      const server = await start();
      for (const call of [() => authorize(server, { timeoutMs: 30 }), () => authorize(server, {}, { timeoutMs: 30 })]) {
        const error = await errorOfClass(FlinksTimeoutError, call);
        expect(error).toBeInstanceOf(FlinksConnectionError);
        expect(error).toMatchObject({
          code: "timeout",
          timeoutMs: 30,
          mayHaveBeenSent: true,
          retryable: true,
          attempts: 1,
        });
        expect(error.message).toBe(
          "Authorize got no complete response within 30 ms (timeoutMs). The server may have received the request. A live call can take 210 s.",
        );
      }
    });
  });

  describe("a signal", () => {
    it.each([{ any: "reason" }, null, 0, "", false])("ends a call with its reason: %j", async (reason) => {
      const server = await silent();
      const flinks = clientOf(server, { fetch: transport, secretKey: "k" });
      const calls = [
        (signal: AbortSignal) => flinks.authorize({ LoginId: loginId }, { signal }),
        (signal: AbortSignal) => flinks.generateAuthorizeToken({ signal }),
        (signal: AbortSignal) => authorize(server, { onExchange: () => {} }, { signal }),
      ];
      for (const [at, call] of calls.entries()) {
        const controller = new AbortController();
        const ended = errorOf(call(controller.signal));
        await expect.poll(() => server.received.length).toBe(at + 1);
        controller.abort(reason);
        expect(await ended).toBe(reason);
      }
    });

    it("that is aborted already sends nothing", async () => {
      const server = await startServerWith(session());
      const signal = AbortSignal.abort();
      const flinks = clientOf(server, { fetch: transport, secretKey: "k" });
      expect(await errorOf(flinks.authorize({ LoginId: loginId }, { signal }))).toBe(signal.reason);
      expect(await errorOf(flinks.generateAuthorizeToken({ signal }))).toBe(signal.reason);
      expect(server.received).toEqual([]);
    });

    it("of many calls has one listener, and none when they have ended", async () => {
      let answer = () => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const server = await startServer(async () => {
        await asked;
        return session();
      });
      const { signal } = new AbortController();
      const flinks = clientOf(server, { fetch: transport });
      const calls = Array.from({ length: 20 }, () => flinks.authorize({ LoginId: loginId }, { signal }));
      await expect.poll(() => server.received.length).toBe(20);
      expect(getEventListeners(signal, "abort")).toHaveLength(1);
      answer();
      await Promise.all(calls);
      expect(getEventListeners(signal, "abort")).toEqual([]);
    });

    it("ends all calls that share it, and those alone, also after another one has ended", async () => {
      const server = await startServer(({ json }) => (json.Tag === "ends" ? session() : new Promise(() => {})));
      const controller = new AbortController();
      const { signal } = controller;
      const flinks = clientOf(server, { fetch: transport });
      const ended = [1, 2, 3].map(() => errorOf(flinks.authorize({ LoginId: loginId }, { signal })));
      const another = new AbortController();
      const other = errorOf(flinks.authorize({ LoginId: loginId }, { signal: another.signal }));
      await flinks.authorize({ LoginId: loginId, Tag: "ends" }, { signal });
      await expect.poll(() => server.received.length).toBe(5);
      controller.abort(new Error("given up"));
      expect(await Promise.all(ended)).toEqual(Array(3).fill(signal.reason));
      another.abort("another reason");
      expect(await other).toBe("another reason");
      expect(getEventListeners(signal, "abort")).toEqual([]);
    });

    it("of another make works", async () => {
      const polyfilled = { aborted: false, addEventListener() {}, removeEventListener() {} } as unknown as AbortSignal;
      const outcome = await authorize(await startServerWith(session()), {}, { signal: polyfilled });
      expect(outcome).toMatchObject({ requestId });
    });
  });

  describe("a redirect is refused, and never followed", () => {
    const message = "Authorize was redirected, and this client never follows a redirect. Check instance or baseUrl.";
    const refused = {
      name: "FlinksConnectionError",
      code: "redirected",
      message,
      mayHaveBeenSent: true,
      retryable: false,
    };

    it.each([300, 301, 302, 303, 304, 307, 308])("%i", async (status) => {
      const other = await startServerWith(session());
      const server = await startServerWith({ status, headers: { location: `${other.baseUrl}/elsewhere` } });
      // Node's own fetch refuses it, and any other has it refused by the exchange.
      const wrapped = transport ?? ((url: string, init: RequestInit) => fetch(url, init));
      for (const options of [{}, { fetch: wrapped }]) {
        const error = await errorOf(authorize(server, { ...options, retry: { retries: 2, minDelayMs: 0 } }));
        expect(error).toMatchObject({ ...refused, attempts: 1 });
        expect(error).not.toHaveProperty("cause");
      }
      expect(other.received).toEqual([]);
      expect(server.received).toHaveLength(2);
    });

    it.each([
      ["an opaque one, as browsers have it", { status: 0, type: "opaqueredirect" }],
      ["one that a fetch followed against its orders", { redirected: true }],
      ["one that is only known by its status", { status: "302" }],
    ])("%s", async (_, fields) => {
      let isAborted = () => false;
      const fetch = async (_url: string, { signal }: RequestInit) => {
        isAborted = () => signal?.aborted === true;
        return responseLike(fields);
      };
      expect(await errorOf(authorizeWith(fetch))).toMatchObject(refused);
      // Frees the connection.
      expect(isAborted()).toBe(true);
    });
  });
});

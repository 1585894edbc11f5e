/** Servers that misbehave, on bare sockets: each is read, or is one of our errors in time. */
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { clientOf, errorOf, loginId } from "../../helpers/client.ts";
import { sessionText as session } from "../../helpers/fetch.ts";
import type { Reply } from "../../helpers/http-server.ts";
import { startRawServer } from "../../helpers/raw-server.ts";
import { transports } from "../../helpers/transports.ts";

const response = (status: string, ...headers: string[]) =>
  `${[`HTTP/1.1 ${status}`, "content-type: application/json", ...headers].join("\r\n")}\r\n\r\n`;
const ok = (...headers: string[]) => response("200 OK", ...headers);
const lengthOf = (body: string | Buffer) => `content-length: ${body.length}`;
const whole = ok(lengthOf(session)) + session;
const chunked = ok("transfer-encoding: chunked");
const zipped = (text: string) => {
  const bytes = gzipSync(text);
  return Buffer.concat([Buffer.from(ok("content-encoding: gzip", lengthOf(bytes))), bytes]);
};

/** What is written before the connection ends, or what the server does. */
type Served = string | Buffer | ((socket: Socket) => unknown);

describe.each(transports)("over $name", ({ fetch, startServer }) => {
  const startServerWith = (reply: Reply) => startServer(() => reply);

  async function serve(served: Served, options: object): Promise<unknown> {
    const server = await startRawServer(typeof served === "function" ? served : (socket) => socket.end(served));
    return clientOf(server, { fetch, ...options })
      .authorize({ LoginId: loginId })
      .catch((error: unknown) => error);
  }

  /** Writes `head`, and then one piece after the other. */
  async function drip(socket: Socket, head: string, pieces: Iterable<string>, ms: number): Promise<void> {
    socket.write(head);
    for (const piece of pieces) {
      if (socket.destroyed) return;
      socket.write(piece);
      await pause(ms);
    }
  }
  const inChunks = (text: string) => [...Array.from(text, (byte) => `1\r\n${byte}\r\n`), "0\r\n\r\n"];

  describe("is a session:", () => {
    it.each<[string, Served]>([
      ["a response as it should be", (socket) => socket.write(whole)],
      ["no length, and an end", ok("connection: close") + session],
      ["headers that take their time", (socket) => drip(socket, "", whole, 0)],
      ["chunks of one byte", (socket) => drip(socket, chunked, inChunks(session), 0)],
      ["103 Early Hints first", `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${whole}`],
      ["gzip", zipped(session)],
    ])("%s", async (_, served) => {
      expect(await serve(served, {})).toMatchObject({ status: "authorized" });
    });
  });

  describe("is a FlinksConnectionError:", () => {
    it.each<[string, Served]>([
      ["a reset before the response", (socket) => socket.resetAndDestroy()],
      ["an end before the response", ""],
      ["a reset inside the headers", (socket) => socket.write(whole.slice(0, 20), () => socket.resetAndDestroy())],
      ["a reset inside the body", (socket) => socket.write(whole.slice(0, -5), () => socket.resetAndDestroy())],
      ["an end inside the body", whole.slice(0, -5)],
      ["a length that is too long", ok(`content-length: ${session.length + 5}`) + session],
      ["two lengths that differ", ok("content-length: 5", "content-length: 6") + session],
      ["an invalid length", ok("content-length: many") + session],
      ["chunks with a wrong size", `${chunked}zz\r\n${session}\r\n0\r\n\r\n`],
      ["chunks without their end", `${chunked}5\r\n{"Req\r\n`],
      ["100 Continue that nobody asked for, which undici refuses", `HTTP/1.1 100 Continue\r\n\r\n${whole}`],
      ["101, and nothing more", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
      ["invalid gzip", ok("content-encoding: gzip", lengthOf(session)) + session],
      ["no HTTP at all", "SSH-2.0-OpenSSH_9.2\r\n"],
      ["HTTP/0.9", session],
      ["headers of a megabyte", ok(`x: ${"y".repeat(1024 * 1024)}`) + session],
      ["304 with a body", response("304 Not Modified") + session],
      ["status 99", response("99 What") + session],
      // https://fetch.spec.whatwg.org/#http-network-or-cache-fetch makes it a network error.
      ["407", response("407 Proxy Authentication Required", lengthOf(session)) + session],
    ])("%s", async (_, served) => {
      expect(await serve(served, {})).toMatchObject({ name: "FlinksConnectionError" });
    });
  });

  describe("is a FlinksTimeoutError:", () => {
    it.each<[string, Served]>([
      ["silence", () => {}],
      ["headers that never end", (socket) => socket.write("HTTP/1.1 200 OK\r\nx: y\r\n")],
      ["a body that never ends", (socket) => socket.write(whole.slice(0, -5))],
      ["a body that drips", (socket) => drip(socket, ok("content-length: 1000"), " ".repeat(1_000), 10)],
      ["a body that drips in chunks", (socket) => drip(socket, chunked, inChunks(" ".repeat(1_000)), 10)],
    ])("%s", async (_, served) => {
      expect(await serve(served, { timeoutMs: 100 })).toMatchObject({ name: "FlinksTimeoutError", timeoutMs: 100 });
    });
  });

  describe("is a FlinksResponseError:", () => {
    it.each<[string, Served]>([
      ["a length that is too short", ok(`content-length: ${session.length - 5}`) + session],
      ["204 with a body", response("204 No Content") + session],
      ["205 with a body", response("205 Reset Content", lengthOf(session)) + session],
      ["status 600", response("600 What", lengthOf(session)) + session],
      // A session, if it were read to its end.
      ["gzip of fifty megabytes in fifty kilobytes", zipped(session.padEnd(50 * 1024 * 1024))],
    ])("%s", async (_, served) => {
      expect(await serve(served, {})).toMatchObject({ name: "FlinksResponseError" });
    });
  });

  describe("every status from 400 to 599 is an error with that status:", () => {
    const refusal = JSON.stringify({ HttpStatusCode: 0, Message: "m", FlinksCode: "INVALID_LOGIN" });
    it.each<[string, string, string]>([
      ["a refusal", refusal, "FlinksApiError"],
      ["a session", session, "FlinksApiError"],
      ["a name of Object's members", '{"__proto__":{"polluted":true},"Message":"m"}', "FlinksApiError"],
      ["HTML", "<!doctype html><title>Error</title>", "FlinksResponseError"],
      ["nothing", "", "FlinksResponseError"],
      ["cut JSON", refusal.slice(0, -3), "FlinksResponseError"],
      ["null", "null", "FlinksResponseError"],
      ["a list", "[]", "FlinksResponseError"],
      ["a string", '"text"', "FlinksResponseError"],
      ["an empty object", "{}", "FlinksResponseError"],
      ["lists ten thousand deep", "[".repeat(10_000) + "]".repeat(10_000), "FlinksResponseError"],
    ])("%s", async (_, body, name) => {
      let status = 0;
      const flinks = clientOf(await startServer(() => ({ status, body })), { fetch });
      for (status = 400; status < 600; status++) {
        // 407 never arrives, see above. After a 421 Node's fetch sends the request again, and fails at its length.
        if (status === 407 || status === 421) continue;
        expect(await errorOf(flinks.authorize({ LoginId: loginId }))).toMatchObject({ name, status });
      }
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    });
  });

  describe("shapes of a 200", () => {
    it.each([
      ["a key named __proto__", `{"RequestId":"r","__proto__":{"RequestId":7}}`, { status: "authorized" }],
      ["a RequestId by __proto__ only", `{"__proto__":{"RequestId":"r"}}`, { name: "FlinksResponseError" }],
      ["the same key twice", `{"RequestId":7,"RequestId":"r"}`, { requestId: "r" }],
      [
        "lists a hundred thousand deep",
        `{"RequestId":"r","x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`,
        { requestId: "r" },
      ],
      ["a number too large", `{"RequestId":"r","x":1e999}`, { status: "authorized" }],
      ["NaN", `{"RequestId":"r","x":NaN}`, { name: "FlinksResponseError" }],
      ["half a character", `{"RequestId":"\\ud800"}`, { requestId: "\ud800" }],
    ])("%s", async (_, body, expected) => {
      const server = await startServerWith({ body });
      const result = await clientOf(server, { fetch })
        .authorize({ LoginId: loginId })
        .catch((error: unknown) => error);
      expect(result).toMatchObject(expected);
      expect(Reflect.get({}, "RequestId")).toBeUndefined();
    });
  });
});

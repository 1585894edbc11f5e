/** Servers that misbehave on purpose, on raw sockets: each is read, or is one of our errors. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { FlinksClient } from "../../src/index.ts";
import { clientOf, errorOf, loginId, requestId } from "../helpers/client.ts";
import { startServer } from "../helpers/http-server.ts";

const session = JSON.stringify({ HttpStatusCode: 200, RequestId: requestId });

/** Serves raw bytes once the whole request is there. */
async function startRaw(serve: (socket: Socket) => void | Promise<void>): Promise<{ baseUrl: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let request = "";
    socket.on("data", (chunk) => {
      request += chunk.toString("latin1");
      const [head = "", body] = request.split("\r\n\r\n", 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      request = "";
      void serve(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const head = (...lines: string[]) =>
  `${["HTTP/1.1 200 OK", "content-type: application/json", ...lines].join("\r\n")}\r\n\r\n`;
const whole = head(`content-length: ${session.length}`) + session;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Expected =
  | "authorized"
  | "FlinksConnectionError"
  | "FlinksTimeoutError"
  | "FlinksResponseError"
  | "FlinksApiError";

const servers: [string, Expected, (socket: Socket) => void | Promise<void>][] = [
  ["an answer as it should be", "authorized", (socket) => void socket.write(whole)],
  ["a reset before the answer", "FlinksConnectionError", (socket) => void socket.resetAndDestroy()],
  ["an end before the answer", "FlinksConnectionError", (socket) => void socket.end()],
  [
    "a reset inside the headers",
    "FlinksConnectionError",
    (socket) => void socket.write(whole.slice(0, 20), () => socket.resetAndDestroy()),
  ],
  [
    "a reset inside the body",
    "FlinksConnectionError",
    (socket) => void socket.write(whole.slice(0, -5), () => socket.resetAndDestroy()),
  ],
  ["an end inside the body", "FlinksConnectionError", (socket) => void socket.end(whole.slice(0, -5))],
  [
    "a length that is too long",
    "FlinksConnectionError",
    (socket) => void socket.end(head(`content-length: ${session.length + 5}`) + session),
  ],
  [
    "a length that is too short",
    "FlinksResponseError",
    (socket) => void socket.end(head(`content-length: ${session.length - 5}`) + session),
  ],
  [
    "two lengths that differ",
    "FlinksConnectionError",
    (socket) => void socket.end(head("content-length: 5", "content-length: 6") + session),
  ],
  ["no length, and an end", "authorized", (socket) => void socket.end(head("connection: close") + session)],
  [
    "a length that is none",
    "FlinksConnectionError",
    (socket) => void socket.end(head("content-length: many") + session),
  ],
  [
    "headers that take their time",
    "authorized",
    async (socket) => {
      for (const line of whole.split(/(?<=\r\n)/)) {
        socket.write(line);
        await pause(5);
      }
    },
  ],
  [
    "headers that never end",
    "FlinksTimeoutError",
    (socket) => void socket.write("HTTP/1.1 200 OK\r\nx: y\r\n"),
  ],
  ["silence", "FlinksTimeoutError", () => {}],
  ["a body that never ends", "FlinksTimeoutError", (socket) => void socket.write(whole.slice(0, -5))],
  [
    "a body that drips for longer than the limit",
    "FlinksTimeoutError",
    async (socket) => {
      socket.write(head("transfer-encoding: chunked"));
      while (!socket.destroyed) {
        socket.write("1\r\n \r\n");
        await pause(20);
      }
    },
  ],
  [
    "chunks of one byte",
    "authorized",
    async (socket) => {
      socket.write(head("transfer-encoding: chunked"));
      for (const byte of session) {
        socket.write(`1\r\n${byte}\r\n`);
        await pause(0);
      }
      socket.write("0\r\n\r\n");
    },
  ],
  [
    "chunks with a wrong size",
    "FlinksConnectionError",
    (socket) => void socket.end(`${head("transfer-encoding: chunked")}zz\r\n${session}\r\n0\r\n\r\n`),
  ],
  [
    "chunks without their end",
    "FlinksConnectionError",
    (socket) => void socket.end(`${head("transfer-encoding: chunked")}5\r\n{"Req\r\n`),
  ],
  [
    "100 Continue that nobody asked for, which undici refuses",
    "FlinksConnectionError",
    (socket) => void socket.write(`HTTP/1.1 100 Continue\r\n\r\n${whole}`),
  ],
  [
    "103 Early Hints first",
    "authorized",
    (socket) => void socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${whole}`),
  ],
  [
    "101, and nothing more",
    "FlinksConnectionError",
    (socket) =>
      void socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
  ],
  [
    "gzip that is none",
    "FlinksConnectionError",
    (socket) =>
      void socket.end(head("content-encoding: gzip", `content-length: ${session.length}`) + session),
  ],
  [
    "gzip that is one",
    "authorized",
    (socket) => {
      const zipped = gzipSync(session);
      socket.write(head("content-encoding: gzip", `content-length: ${zipped.length}`));
      socket.write(zipped);
    },
  ],
  [
    "gzip of fifty megabytes in fifty kilobytes",
    "FlinksResponseError",
    (socket) => {
      // A session, if it were read to its end.
      const zipped = gzipSync(Buffer.concat([Buffer.from(session), Buffer.alloc(50 * 1024 * 1024, " ")]));
      socket.write(head("content-encoding: gzip", `content-length: ${zipped.length}`));
      socket.write(zipped);
    },
  ],
  ["no HTTP at all", "FlinksConnectionError", (socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n")],
  ["HTTP/0.9", "FlinksConnectionError", (socket) => void socket.end(session)],
  [
    "headers of a megabyte",
    "FlinksConnectionError",
    (socket) => void socket.end(head(`x: ${"y".repeat(1024 * 1024)}`) + session),
  ],
  [
    "204 with a body",
    "FlinksResponseError",
    (socket) => void socket.end(`HTTP/1.1 204 No Content\r\n\r\n${session}`),
  ],
  [
    "205 with a body",
    "FlinksResponseError",
    (socket) =>
      void socket.end(`HTTP/1.1 205 Reset Content\r\ncontent-length: ${session.length}\r\n\r\n${session}`),
  ],
  [
    "304 with a body",
    "FlinksConnectionError",
    (socket) => void socket.end(`HTTP/1.1 304 Not Modified\r\n\r\n${session}`),
  ],
  [
    "status 600",
    "FlinksResponseError",
    (socket) => void socket.end(`HTTP/1.1 600 What\r\ncontent-length: ${session.length}\r\n\r\n${session}`),
  ],
  ["status 99", "FlinksConnectionError", (socket) => void socket.end(`HTTP/1.1 99 What\r\n\r\n${session}`)],
  [
    "bytes that are no UTF-8",
    "authorized",
    (socket) =>
      void socket.end(
        Buffer.concat([
          Buffer.from(`${head("connection: close")}{"RequestId":"`),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('"}'),
        ]),
      ),
  ],
];

describe.each(servers)("%s", (_, expected, serve) => {
  it(`is ${expected}`, async () => {
    const server = await startRaw(serve);
    const limit = expected === "FlinksTimeoutError" ? 150 : 10_000;
    const result = await clientOf(server, { timeoutMs: limit })
      .authorize({ LoginId: loginId })
      .catch((error: unknown) => error);
    expect(result).toMatchObject(expected === "authorized" ? { status: expected } : { name: expected });
  });
});

describe("every status from 400 to 599, with every kind of body", () => {
  const api = { HttpStatusCode: 0, Message: "m", FlinksCode: "INVALID_LOGIN" };
  const bodies: Record<string, [text: string, name: string]> = {
    api: [JSON.stringify(api), "FlinksApiError"],
    html: ["<!doctype html><title>Error</title>", "FlinksResponseError"],
    text: ["upstream connect error", "FlinksResponseError"],
    empty: ["", "FlinksResponseError"],
    cut: [JSON.stringify(api).slice(0, -3), "FlinksResponseError"],
    null: ["null", "FlinksResponseError"],
    array: ["[]", "FlinksResponseError"],
    number: ["7", "FlinksResponseError"],
    string: ['"text"', "FlinksResponseError"],
    object: ["{}", "FlinksResponseError"],
    session: [session, "FlinksApiError"],
    polluting: ['{"__proto__":{"polluted":true},"Message":"m"}', "FlinksApiError"],
    deep: [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "FlinksResponseError"],
  };
  let flinks: FlinksClient;
  let status = 0;
  let kind = "";
  let received = 0;
  let close: () => void;

  beforeAll(async () => {
    const http = await import("node:http");
    const server = http.createServer((request, response) => {
      received += 1;
      request.resume().on("end", () => {
        response.writeHead(status);
        response.end(bodies[kind]?.[0]);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    close = () => server.close();
    flinks = clientOf({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  afterAll(() => close());

  it.each(Object.entries(bodies))("%s", async (name, [, expected]) => {
    kind = name;
    received = 0;
    for (status = 400; status < 600; status++) {
      const error = await errorOf(flinks.authorize({ LoginId: loginId }));
      // A 407 never arrives: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch makes it a network error.
      expect(error).toMatchObject(
        status === 407 ? { name: "FlinksConnectionError" } : { name: expected, status },
      );
    }
    // Each of them once: Fetch would send a text anew after a 421.
    expect(received).toBe(200);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("shapes of a 200", () => {
  it.each([
    ["a key named __proto__", `{"RequestId":"r","__proto__":{"RequestId":7}}`, "authorized"],
    ["a RequestId by __proto__ only", `{"__proto__":{"RequestId":"r"}}`, "FlinksResponseError"],
    ["the same key twice", `{"RequestId":7,"RequestId":"r"}`, "authorized"],
    [
      "nesting of 100 000",
      `{"RequestId":"r","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      "authorized",
    ],
    ["a number too large", `{"RequestId":"r","x":1e999}`, "authorized"],
    ["NaN", `{"RequestId":"r","x":NaN}`, "FlinksResponseError"],
    ["a lone surrogate", `{"RequestId":"\\ud800"}`, "authorized"],
  ])("%s", async (_, body, expected) => {
    const server = await startServer(() => ({ body }));
    const result = await clientOf(server)
      .authorize({ LoginId: loginId })
      .catch((error: unknown) => error);
    expect(result).toMatchObject(expected === "authorized" ? { status: expected } : { name: expected });
    expect(Reflect.get({}, "RequestId")).toBeUndefined();
  });
});

/** The `fetch` of undici and of node-fetch 3, whose bodies are streams of Node's, with real servers. */
import type { ServerResponse } from "node:http";
import nodeFetch from "node-fetch";
import { describe, expect, it } from "vitest";
import type { FlinksFetch } from "../../../src/index.ts";
import { createUndiciFetch } from "../../../src/wrappers/undici.ts";
import { clientOf, errorOf, loginId, requestId, secrets } from "../../helpers/client.ts";
import { startServer, startServerWith, type TestServer } from "../../helpers/http-server.ts";
import { listen } from "../../helpers/listen.ts";
import { undicis } from "../../helpers/undici.ts";
import { refusal, session } from "../../helpers/wire.ts";

const fetches: [string, FlinksFetch][] = [
  ["Node's own", (url, init) => fetch(url, init)],
  ["node-fetch 3's", nodeFetch],
  ...undicis.flatMap(([version, { Agent, fetch }]): [string, FlinksFetch][] => [
    [`undici ${version}'s`, fetch],
    [`our undici ${version}`, createUndiciFetch({ dispatcher: new Agent() })],
  ]),
];

/** A server that never ends its responses. `open` counts those whose client has not gone. */
async function endless(start: (response: ServerResponse) => void): Promise<TestServer & { open: () => number }> {
  let open = 0;
  const server = await startServer((_, response) => {
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    start(response);
    return undefined;
  });
  return { ...server, open: () => open };
}

describe.each(fetches)("%s fetch", (_, fetch) => {
  const authorize = (server: TestServer, options: object = {}, call: object = {}) =>
    clientOf(server, { fetch, ...options }).authorize({ LoginId: loginId }, call);

  it("opens a session, and sends what is to be sent", async () => {
    const server = await startServerWith(session());
    expect(await authorize(server)).toMatchObject({ status: "authorized", requestId });
    expect(server.received).toMatchObject([
      { method: "POST", json: { LoginId: loginId }, headers: { "flinks-auth-key": secrets.token } },
    ]);
  });

  it("has its refusals read, with their headers", async () => {
    const server = await startServerWith(
      refusal("TOO_MANY_REQUESTS", { status: 429, headers: { "retry-after": "7" } }),
    );
    const headers = { "retry-after": "7", "content-type": "application/json" };
    expect(await errorOf(authorize(server))).toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs: 7_000, headers });
  });

  it("is never followed through a redirect", async () => {
    const other = await startServerWith(session());
    const server = await startServerWith({ status: 307, headers: { location: other.baseUrl }, body: "elsewhere" });
    expect(await errorOf(authorize(server))).toMatchObject({ code: "redirected" });
    expect(other.received).toEqual([]);
  });

  it("is ended by timeoutMs, silent or stalled", async () => {
    for (const text of ["", '{"RequestId":']) {
      const server = await endless((response) => void (text && response.write(text)));
      expect(await errorOf(authorize(server, { timeoutMs: 50 }))).toMatchObject({ name: "FlinksTimeoutError" });
      await expect.poll(server.open).toBe(0);
    }
  });

  it("is ended by a signal", async () => {
    const server = await endless((response) => response.write("{"));
    const controller = new AbortController();
    const ended = errorOf(authorize(server, {}, { signal: controller.signal }));
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort("enough");
    expect(await ended).toBe("enough");
    await expect.poll(server.open).toBe(0);
  });

  it("reads no more than maxResponseBytes, and frees the connection", async () => {
    const server = await endless((response) => {
      const writing = setInterval(() => response.write("x".repeat(10_000)), 1);
      response.on("close", () => clearInterval(writing));
    });
    const error = await errorOf(authorize(server, { maxResponseBytes: 50_000 }));
    expect(error).toMatchObject({ name: "FlinksResponseError", bodyExcerpt: "" });
    await expect.poll(server.open).toBe(0);
  });

  it("that cannot connect is told by the system's code", async () => {
    const { baseUrl, close } = await listen(() => {});
    await close();
    const error = await errorOf(authorize({ baseUrl, received: [] }));
    expect(error).toMatchObject({ name: "FlinksConnectionError", code: "ECONNREFUSED", mayHaveBeenSent: false });
  });
});

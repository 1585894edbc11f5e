/** How a request on undici is ended: by a signal, and by a `fetch` that is wrapped around it. */
import { getEventListeners, once } from "node:events";
import type { ServerResponse } from "node:http";
import { describe, expect, it, vi } from "vitest";
import type { FlinksFetch } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/wrappers/undici.ts";
import { clientOf, errorOf, loginId } from "../helpers/client.ts";
import { init } from "../helpers/fetch.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";
import { undicis } from "../helpers/undici.ts";
import { session } from "../helpers/wire.ts";

describe.each(undicis)("undici %s", (_version, { Agent, Pool }) => {
  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    const server = await startServerWith(session());
    const sent = createUndiciFetch({ dispatcher: new Agent() })(server.baseUrl, init({ signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await (await sent).text();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  describe("a signal", () => {
    const blocked = () => {
      const answers: ServerResponse[] = [];
      return { answers, start: () => startServer((_, response) => void answers.push(response)) };
    };

    it("that is aborted already sends nothing", async () => {
      const server = await startServerWith(session());
      const fetch = createUndiciFetch({ dispatcher: new Agent() });
      expect(await errorOf(fetch(server.baseUrl, init({ signal: AbortSignal.abort("early") })))).toBe("early");
      expect(server.received).toEqual([]);
    });

    it("ends a request that waits for a connection, which is never sent", async () => {
      const { answers, start } = blocked();
      const server = await start();
      const fetch = createUndiciFetch({ dispatcher: new Pool(server.baseUrl, { connections: 1 }) });
      const first = fetch(server.baseUrl, init());
      await expect.poll(() => answers.length).toBe(1);
      const controller = new AbortController();
      const ended = errorOf(fetch(`${server.baseUrl}/second`, init({ signal: controller.signal })));
      controller.abort("enough");
      expect(await ended).toBe("enough");
      const third = fetch(`${server.baseUrl}/third`, init());
      answers[0]?.end();
      await first;
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.end();
      await third;
      expect(server.received.map(({ url }) => url)).toEqual(["/", "/third"]);
    });
  });

  describe("a fetch around it", () => {
    const send = createUndiciFetch({ dispatcher: new Agent() });
    const authorizeThrough = (server: { baseUrl: string }, fetch: FlinksFetch, options: object = {}) =>
      clientOf(server, { fetch, ...options }).authorize({ LoginId: loginId });
    const silent = async () => {
      const ended = vi.fn<() => void>();
      const server = await startServer((_, response) => void response.on("close", ended));
      return { ended, server };
    };

    it.each<[string, FlinksFetch]>([
      ["the init on", (url, init) => send(url, init)],
      ["a copy on", (url, init) => send(url, { ...init })],
      ["a copy with its onAbort on", (url, init) => send(url, { ...init, onAbort: init.onAbort as () => void })],
      ["a proxy of the init on", (url, init) => send(url, new Proxy(init, {}))],
      [
        "the init on after a listener that throws",
        (url, init) => {
          init.onAbort?.(() => {
            throw new Error("of the listener");
          });
          return send(url, init);
        },
      ],
      [
        "the init on after a look at its signal",
        (url, init) => {
          init.signal.throwIfAborted();
          return send(url, init);
        },
      ],
    ])("passes %s: the time limit ends the request", async (_, fetch) => {
      const { ended, server } = await silent();
      const error = await errorOf(authorizeThrough(server, fetch, { timeoutMs: 100 }));
      expect(error).toMatchObject({ name: "FlinksTimeoutError" });
      await expect.poll(() => ended.mock.calls.length).toBe(1);
    });

    it("passes a signal of its own on: that signal ends the request", async () => {
      const { server } = await silent();
      const copying: FlinksFetch = (url, init) => send(url, { ...init, signal: AbortSignal.timeout(100) });
      const changing: FlinksFetch = (url, init) => {
        init.signal = AbortSignal.any([init.signal]);
        init.signal = AbortSignal.timeout(100);
        return send(url, init);
      };
      for (const fetch of [copying, changing]) {
        const error = await errorOf(authorizeThrough(server, fetch));
        expect(error).toMatchObject({ name: "FlinksConnectionError", cause: { name: "TimeoutError" } });
      }
    });

    it("passes the init on after the time is up: nothing is sent", async () => {
      const server = await startServerWith(session());
      let late: unknown;
      const fetch: FlinksFetch = async (url, init) => {
        await once(init.signal, "abort");
        late = await errorOf(send(url, init));
        throw late;
      };
      await errorOf(authorizeThrough(server, fetch, { timeoutMs: 50 }));
      await expect.poll(() => late).toMatchObject({ code: "UND_ERR_ABORTED" });
      expect(server.received).toEqual([]);
    });
  });
});

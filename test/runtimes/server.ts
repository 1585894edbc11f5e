/** The server that the suite talks to over HTTP: the sandbox on a socket, and troubles, each under a path. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { createSandbox } from "../../src/sandbox/index.ts";
import { listen } from "../helpers/listen.ts";
import type { ServerState, Trouble } from "./worlds.ts";

/** Starts it on a free port of 127.0.0.1, with another server that redirects lead to. */
export async function startServer(): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const sandbox = createSandbox({ random: () => 0, pendingMs: 50 });
  let state: ServerState = {
    elsewhere: 0,
    waiting: 0,
    cut: 0,
    length: null,
    chunked: false,
    bytes: 0,
  };
  let isBusy = false;
  const count = (name: "elsewhere" | "waiting" | "cut", by = 1) => {
    state = { ...state, [name]: state[name] + by };
  };
  const wait = (response: ServerResponse) => {
    count("waiting");
    response.on("close", () => count("waiting", -1));
  };

  const other = await listen((_, response) => {
    count("elsewhere");
    response.end("{}");
  });

  const troubles: Record<Trouble, (response: ServerResponse) => void> = {
    silent: wait,
    stalled: (response) => {
      wait(response);
      response.writeHead(200, { "content-type": "application/json" }).write('{"Http');
    },
    redirecting: (response) => response.writeHead(307, { location: `${other.baseUrl}/v3` }).end(),
    cutting: (response) => {
      count("cut");
      response.destroy();
    },
    html: (response) => response.writeHead(502).end("<h1>Bad Gateway</h1>"),
    "busy-once": (response) => {
      isBusy = !isBusy;
      if (isBusy) response.writeHead(503, { "retry-after": "0" }).end("{}");
      else response.end(JSON.stringify({ HttpStatusCode: 200, RequestId: randomUUID() }));
    },
  };

  const server = await listen(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await buffer(request);
    const [, segment = ""] = url.split("/");
    if (segment === "state") {
      response.end(JSON.stringify(state));
      return;
    }
    if (segment in troubles) {
      troubles[segment as Trouble](response);
      return;
    }
    state = {
      ...state,
      length: headers["content-length"] ?? null,
      chunked: headers["transfer-encoding"] !== undefined,
      bytes: body.length,
    };
    const answer = await sandbox.fetch(`http://127.0.0.1${url}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body.length === 0 ? {} : { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });

  return {
    baseUrl: server.baseUrl,
    close: async () => {
      await Promise.all([server.close(), other.close()]);
    },
  };
}

/** The two worlds that the suite runs in: the sandbox in process, and a real server (server.ts) over HTTP. */
import type { FlinksClientOptions } from "../../src/index.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";

/** What a server tells about what reached it. */
export interface ServerState {
  /** Requests that reached the place where the redirect leads. */
  readonly elsewhere: number;
  /** Requests that wait for an answer that never comes. */
  readonly waiting: number;
  /** Requests for a session at the address that cuts connections. */
  readonly cut: number;
  /** How the last request for a session was framed. */
  readonly length: string | null;
  readonly chunked: boolean;
  readonly bytes: number;
}

/** What can be wrong with a server, as the first segment of its path. */
export type Trouble = "silent" | "stalled" | "redirecting" | "cutting" | "html" | "busy-once";

export interface World {
  readonly name: string;
  readonly options: FlinksClientOptions;
  /** The same, of a server in trouble. Nothing is repeated unless the case says so. */
  in(trouble: Trouble): FlinksClientOptions;
  state(): Promise<Pick<ServerState, "elsewhere" | "waiting">>;
}

export function sandboxWorld(sandbox: Sandbox): World {
  const state = { elsewhere: 0, waiting: 0 };
  const troubled: Partial<Record<Trouble, () => Response | Promise<Response>>> = {
    stalled: () => {
      const cancel = () => void state.waiting--;
      const start = (controller: ReadableStreamDefaultController) =>
        controller.enqueue(new TextEncoder().encode('{"Http'));
      return new Response(new ReadableStream({ start, cancel }));
    },
    redirecting: () => new Response(null, { status: 307, headers: { location: "https://other.invalid/" } }),
  };
  const fetchIn =
    (trouble: Trouble): typeof fetch =>
    async (input, init) => {
      const { host } = new URL(input instanceof Request ? input.url : input);
      if (host === "other.invalid") state.elsewhere++;
      const answer = troubled[trouble];
      if (trouble !== "redirecting") state.waiting++;
      if (answer !== undefined) return answer();
      return new Promise((_, reject) => {
        init?.signal?.addEventListener("abort", () => {
          state.waiting--;
          reject(init.signal?.reason);
        });
      });
    };
  return {
    name: "in the sandbox",
    options: sandbox.options,
    in: (trouble) => ({ ...sandbox.options, retry: false, fetch: fetchIn(trouble) }),
    state: async () => state,
  };
}

/** `fetch` is the runtime's own here. */
export function httpWorld(server: string, { options: { customerId, secretKey } }: Sandbox): World {
  return {
    name: "over HTTP",
    options: { baseUrl: server, customerId, secretKey },
    in: (trouble) => ({
      baseUrl: `${server}/${trouble}`,
      customerId,
      authorizeToken: () => "token",
      retry: false,
    }),
    state: () => readState(server),
  };
}

export async function readState(server: string): Promise<ServerState> {
  const response = await fetch(`${server}/state`);
  return (await response.json()) as ServerState;
}

/**
 * The sandbox over HTTP, for other processes and languages, with a stand-in of the Connect page at `/v2/`. Needs Node.
 *
 * @module flinks-client/sandbox/server
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { assertInteger, assertString } from "../../wrappers/errors/assert.ts";
import { attachedState } from "../attached.ts";
import { createSandbox } from "../index.ts";
import { assertKnownFields } from "../options.ts";
import type { Sandbox } from "../types.ts";
import { createConnectRoutes } from "./connect/routes.ts";
import { handle } from "./http.ts";

/**
 * What `createSandboxServer` takes.
 *
 * @example
 * const options: SandboxServerOptions = { sandbox: createSandbox({ random: () => 0 }), port: 0 };
 * const server = await createSandboxServer(options);
 * await server.close();
 */
export interface SandboxServerOptions {
  /** What is served. Default: a sandbox of its own. With another one its clock, requests and faults are at hand. */
  readonly sandbox?: Sandbox | undefined;
  /** Default: 0, a free port. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`. With `0.0.0.0` other machines reach it, too. */
  readonly host?: string | undefined;
}

/**
 * A sandbox that listens. Created by {@link createSandboxServer}.
 *
 * @example
 * const server: SandboxServer = await createSandboxServer();
 * const flinks = createFlinksClient({ ...server.options });
 * const outcome = await flinks.authorize({ LoginId: loginId });
 * await server.close();
 */
export interface SandboxServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** What a client in any process needs: `createFlinksClient({ ...server.options })`. */
  readonly options: Omit<Sandbox["options"], "fetch">;
  /** Ends all connections, then the server. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox over HTTP. The faults `"silence"`, `"reset"` and `"cut"` happen to real connections.
 *
 * @example
 * const server = await createSandboxServer();
 * const flinks = createFlinksClient({ ...server.options });
 * // …
 * await server.close();
 *
 * @throws {@link FlinksUsageError} an option is unknown or wrong; the message names it
 * @throws Node's error if it cannot listen, such as `EADDRINUSE`
 */
export async function createSandboxServer(options: SandboxServerOptions = {}): Promise<SandboxServer> {
  assertKnownFields(options, ["sandbox", "port", "host"], "createSandboxServer");
  const { sandbox = createSandbox(), port = 0, host = "127.0.0.1" }: SandboxServerOptions = options;
  assertInteger(port, "port", 0, 65_535);
  assertString(host, "host");
  const connect = createConnectRoutes(attachedState(sandbox));

  const server = createServer((request, response) => {
    handle(request, response, sandbox, connect, url).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const url = `http://${nameOf(host)}:${(server.address() as AddressInfo).port}`;

  const { fetch: _, ...keys } = sandbox.options;
  return {
    url,
    options: { ...keys, baseUrl: url, connectUrl: `${url}/v2/` },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a client on this machine calls the host. */
function nameOf(host: string): string {
  const name = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  return name.includes(":") ? `[${name}]` : name;
}

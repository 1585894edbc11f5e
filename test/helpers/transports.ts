/** What the guards are tested over: each transport, with servers that speak its protocol. */
import type { FlinksFetch } from "../../src/index.ts";
import { createUndiciFetch, type UndiciDispatcher } from "../../src/wrappers/undici.ts";
import { startServer } from "./http-server.ts";
import { listenForHttp2 } from "./listen.ts";
import { ca, identity } from "./tls.ts";
import { undicis } from "./undici.ts";

/** Made at each call, and not when a file's tests are collected: a mutant that throws there would take the tests with it. */
export function fetchOf(dispatcher: UndiciDispatcher): FlinksFetch {
  return (url, init) => createUndiciFetch({ dispatcher })(url, init);
}

export interface Transport {
  readonly name: string;
  /** `undefined` for `globalThis.fetch`, the default. */
  readonly fetch: FlinksFetch | undefined;
  readonly startServer: typeof startServer;
}

const overHttp2 = { allowH2: true, connect: { ca } };
const startHttp2Server: typeof startServer = (reply) =>
  startServer(reply, (listener) => listenForHttp2(listener, identity("localhost")));

/** Those that speak HTTP/1.1. */
export const transports: readonly Transport[] = [
  { name: "globalThis.fetch", fetch: undefined, startServer },
  ...undicis.map(([version, { Agent }]) => ({ name: `undici ${version}`, fetch: fetchOf(new Agent()), startServer })),
];

export const http2Transports: readonly Transport[] = undicis.map(([version, { Agent }]) => ({
  name: `undici ${version} over HTTP/2`,
  fetch: fetchOf(new Agent(overHttp2)),
  startServer: startHttp2Server,
}));

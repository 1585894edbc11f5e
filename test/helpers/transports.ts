/** What the guards are tested over: each transport, with servers that speak its protocol. */
import { Agent as Agent6 } from "undici6";
import { Agent as Agent7 } from "undici7";
import type { FlinksFetch } from "../../src/index.ts";
import { createUndiciFetch, type UndiciDispatcher } from "../../src/wrappers/undici.ts";
import { startServer } from "./http-server.ts";
import { listenForHttp2 } from "./listen.ts";
import { ca, identity } from "./tls.ts";

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
  { name: "undici 6", fetch: fetchOf(new Agent6()), startServer },
  { name: "undici 7", fetch: fetchOf(new Agent7()), startServer },
];

export const http2Transports: readonly Transport[] = [
  { name: "undici 6", dispatcher: new Agent6(overHttp2) },
  { name: "undici 7", dispatcher: new Agent7(overHttp2) },
].map(({ name, dispatcher }) => ({
  name: `${name} over HTTP/2`,
  fetch: fetchOf(dispatcher),
  startServer: startHttp2Server,
}));

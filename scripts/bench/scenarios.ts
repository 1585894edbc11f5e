/** What is measured, and of whom. */
import type { Jobs } from "./adapters.ts";
import { keys } from "./wire.ts";

/** The clients, in the order of the tables. The first is what the others are compared with. */
export const clients = {
  handWritten: { title: "hand-written `fetch`", package: undefined },
  flinksClient: { title: "**flinks-client**", package: "flinks-client" },
  openapiFetch: { title: "openapi-fetch", package: "openapi-fetch" },
  axios: { title: "axios", package: "axios" },
  ky: { title: "ky", package: "ky" },
  flinksApi: { title: "flinks-api", package: "flinks-api" },
  nodeFlinks: { title: "node-flinks", package: "node-flinks" },
  stubAlone: { title: "*the stub alone*", package: undefined },
} as const;

export type ClientName = keyof typeof clients;

export interface Scenario {
  readonly title: string;
  readonly job: keyof Jobs;
  readonly token: string;
  readonly inFlight: number;
  /** In one round. */
  readonly calls: number;
  readonly isStubbed: boolean;
  /** The job rejects, as the answer is an error. */
  readonly fails: boolean;
}

const usual = {
  job: "authorize",
  token: keys.opens,
  inFlight: 64,
  isStubbed: false,
  fails: false,
} as const;

export const scenarios = {
  one: { ...usual, title: "`authorize`, cached, 1 in flight", inFlight: 1, calls: 600 },
  many: { ...usual, title: "`authorize`, cached, 64 in flight", calls: 1200 },
  mfa: {
    ...usual,
    title: "A session with MFA (two requests), 64 in flight",
    job: "mfa",
    token: keys.asks,
    calls: 500,
  },
  error: {
    ...usual,
    title: "An error (401), 64 in flight",
    token: keys.refused,
    calls: 1200,
    fails: true,
  },
  mint: {
    ...usual,
    title: "A token minted, then `authorize` (two requests), 64 in flight",
    job: "mint",
    calls: 500,
  },
  stub: {
    ...usual,
    title: "`authorize`, cached, 1 in flight, the network a stub",
    inFlight: 1,
    calls: 6000,
    isStubbed: true,
  },
} as const satisfies Record<string, Scenario>;

/** Against a server that answers after `delayMs`. */
export const delayMs = 50;
export const delayed = {
  given: {
    ...usual,
    title: "a token at hand: one round trip",
    inFlight: 1,
    calls: 10,
  },
  minting: {
    ...usual,
    title: "`secretKey`: a token minted for each session",
    job: "mint",
    inFlight: 1,
    calls: 10,
  },
  prefetching: {
    ...usual,
    title: "`secretKey` and `prefetch: 8`: tokens minted ahead",
    job: "prefetch",
    inFlight: 1,
    calls: 10,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export type DelayedName = keyof typeof delayed;

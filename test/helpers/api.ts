/** The API in memory, for tests that turn the clock, and what tests of sessions read from it. */
import { vi } from "vitest";
import type { AuthorizeOutcome, FlinksFetch, MfaRequiredOutcome } from "../../src/index.ts";
import type { Received, Reply } from "./http-server.ts";
import { token } from "./wire.ts";

type Request = Pick<Received, "url" | "headers" | "json">;

/** A request, and when it was sent. */
export interface Sent extends Request {
  readonly at: number;
}

/** A reply, an error of the connection, or nothing at all. */
export type Stubbed = Reply | Error | "silence";

/** A `fetch` without sockets, so that fake timers are all there is to wait for. */
export function stubFetch(reply: (request: Request) => Stubbed | Promise<Stubbed>): {
  fetch: FlinksFetch;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const fetch: FlinksFetch = async (url, { headers, body }) => {
    const request = { url, headers, json: body === undefined ? undefined : JSON.parse(body) };
    sent.push({ ...request, at: Date.now() });
    const stubbed = await reply(request);
    if (stubbed === "silence") return new Promise(() => {});
    if (stubbed instanceof Error) throw stubbed;
    const { status = 200, headers: replied = {}, body: content = "" } = stubbed;
    const text = typeof content === "string" ? content : JSON.stringify(content);
    return { status, headers: new Headers(replied), text: async () => text };
  };
  return { fetch, sent };
}

/** Gives these replies, one after the other, the last one for ever. */
export function oneByOne<T>(...replies: readonly T[]): () => T {
  let next = 0;
  return () => replies[Math.min(next++, replies.length - 1)] as T;
}

/** The result of a call or its error. Needs fake timers, and runs them all. */
export async function endOf(call: Promise<unknown>): Promise<unknown> {
  const end = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return end;
}

/** A connection that failed, as Node's `fetch` tells it. */
export function connectionError(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

export function isMint({ url }: Pick<Request, "url">): boolean {
  return url.endsWith("/GenerateAuthorizeToken");
}

/** Mints numbered tokens, and leaves every other request to `reply`. */
export function minting<T>(reply: (request: Request) => T): (request: Request) => T | Reply {
  let minted = 0;
  return (request) => (isMint(request) ? token(`token-${++minted}`) : reply(request));
}

/** The authorize tokens that arrived, oldest first. */
export function tokensIn(requests: readonly Request[]): unknown[] {
  return requests.filter((request) => !isMint(request)).map(({ headers }) => headers["flinks-auth-key"]);
}

/** The outcome of a call that asks something. Fails the test if it does not. */
export async function askedBy(call: Promise<AuthorizeOutcome>): Promise<MfaRequiredOutcome> {
  const outcome = await call;
  if (outcome.status === "mfa_required") return outcome;
  throw new Error(`A challenge was expected, not ${outcome.status}.`);
}

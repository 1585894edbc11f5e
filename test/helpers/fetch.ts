/** Clients whose network is a function: for what no server can do. */
import type { CallOptions, FlinksClient, FlinksFetchInit } from "../../src/index.ts";
import { clientOf, loginId } from "./client.ts";
import { session } from "./wire.ts";

/** A client with this `fetch`, whatever its type. */
export function clientWith(fetch: unknown, options: object = {}): FlinksClient {
  return clientOf({ baseUrl: "http://localhost" }, { fetch, ...options });
}

/** Opens a cached session through this `fetch`. */
export function authorizeWith(fetch: unknown, options: object = {}, call: CallOptions = {}) {
  return clientWith(fetch, options).authorize({ LoginId: loginId }, call);
}

/** What a program passes that calls a `fetch` itself. */
export const init = (fields: object = {}): FlinksFetchInit => ({
  method: "GET",
  headers: {},
  signal: new AbortController().signal,
  redirect: "manual",
  ...fields,
});

export const sessionText = JSON.stringify(session().body);

/** A session, as the least that a `fetch` can return. */
export function responseLike(fields: object = {}): object {
  return { status: 200, headers: { get: () => null }, text: async () => sessionText, ...fields };
}

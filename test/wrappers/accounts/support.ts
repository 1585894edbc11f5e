/** The data calls by name, what the API sends to them, and a `fetch` in memory for tests that turn the clock. */
import { readFileSync } from "node:fs";
import { vi } from "vitest";
import type { CallOptions, DataOutcome, FlinksClient, FlinksExchangeEvent } from "../../../src/index.ts";
import { clientOf, customerId, requestId } from "../../helpers/client.ts";
import type { Reply } from "../../helpers/http-server.ts";

export { customerId, requestId };
export const apiKey = "k3y-of-the-data-calls";

/** The body of a response that the vendor published. */
export function captured(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`test/fixtures/wire/${name}.json`, "utf8"));
}

export const summary: Reply = { body: captured("accounts-summary-200") };
export const detail: Reply = { body: captured("accounts-detail-200") };
export const statements: Reply = { body: captured("statements-200") };

export interface DataCall {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The field that holds the data. */
  readonly list: "Accounts" | "StatementsByAccount";
  readonly ready: Reply;
  call(flinks: FlinksClient, options?: CallOptions): Promise<DataOutcome<object>>;
}

const root = `/v3/${customerId}/BankingServices/`;

export const dataCalls: readonly DataCall[] = [
  {
    name: "getAccountsSummary",
    method: "POST",
    path: `${root}GetAccountsSummary`,
    list: "Accounts",
    ready: summary,
    call: (flinks, options) => flinks.getAccountsSummary({ RequestId: requestId }, options),
  },
  {
    name: "getAccountsDetail",
    method: "POST",
    path: `${root}GetAccountsDetail`,
    list: "Accounts",
    ready: detail,
    call: (flinks, options) => flinks.getAccountsDetail({ RequestId: requestId }, options),
  },
  {
    name: "getStatements",
    method: "POST",
    path: `${root}GetStatements`,
    list: "StatementsByAccount",
    ready: statements,
    call: (flinks, options) => flinks.getStatements({ RequestId: requestId }, options),
  },
  {
    name: "getAccountsSummaryAsync",
    method: "GET",
    path: `${root}GetAccountsSummaryAsync/${requestId}`,
    list: "Accounts",
    ready: summary,
    call: (flinks, options) => flinks.getAccountsSummaryAsync(requestId, options),
  },
  {
    name: "getAccountsDetailAsync",
    method: "GET",
    path: `${root}GetAccountsDetailAsync/${requestId}`,
    list: "Accounts",
    ready: detail,
    call: (flinks, options) => flinks.getAccountsDetailAsync(requestId, options),
  },
];

export interface Sent {
  readonly method: string;
  /** The last parts of the path: `GetAccountsDetailAsync/…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  /** Milliseconds since the script began. */
  readonly at: number;
}

/** A reply, one that takes time, an error of the connection, or nothing at all. */
export type Scripted = Reply | { readonly afterMs: number; readonly reply: Reply } | Error | "silence";

/** A connection that failed, as Node's `fetch` tells it. */
export function reset(): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}

/** A client whose `fetch` gives these replies, one after the other, the last one for ever. */
export function scripted(replies: readonly Scripted[], options: object = {}) {
  const sent: Sent[] = [];
  const events: FlinksExchangeEvent[] = [];
  const start = Date.now();
  const fetch = async (url: string, { method, headers, body }: RequestInit) => {
    const path = url.slice(url.indexOf("/BankingServices/") + "/BankingServices/".length);
    const json = body === undefined ? undefined : JSON.parse(String(body));
    sent.push({ method: `${method}`, path, headers: headers as Record<string, string>, json, at: Date.now() - start });
    const next = replies[Math.min(sent.length, replies.length) - 1];
    if (next === "silence" || next === undefined) return new Promise<never>(() => {});
    if (next instanceof Error) throw next;
    if ("reply" in next) await new Promise((resolve) => setTimeout(resolve, next.afterMs));
    const { status = 200, headers: replied = {}, body: content = "" } = "reply" in next ? next.reply : next;
    const text = typeof content === "string" ? content : JSON.stringify(content);
    return { status, headers: new Headers({ "content-type": "application/json", ...replied }), text: async () => text };
  };
  const onExchange = (event: FlinksExchangeEvent) => events.push(event);
  const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, apiKey, onExchange, ...options });
  return {
    flinks,
    sent,
    events,
    /** "POST GetAccountsDetail at 0", and so on. */
    log: () => sent.map(({ method, path, at }) => `${method} ${path.split("/")[0]} at ${at}`),
  };
}

// The real one: fake timers replace the global.
const { setImmediate } = globalThis;
/** Lets go on whatever waits for a promise and not for a timer. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Turns the clock until a call has ended. Fails the test if it leaves a timer behind. */
export async function finish<T>(call: Promise<T>): Promise<T> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  call.then(end, end);
  await settle();
  while (!hasEnded && vi.getTimerCount() > 0) {
    await vi.advanceTimersToNextTimerAsync();
    await settle();
  }
  if (!hasEnded) throw new Error("The call waits, but not for a timer.");
  if (vi.getTimerCount() > 0) throw new Error("The call left a timer behind.");
  return call;
}

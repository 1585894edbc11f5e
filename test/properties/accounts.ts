/** What holds for data calls and waits, whatever the API sends. The clock is turned: nothing here waits. */
import { deepStrictEqual, ok } from "node:assert";
import fc from "fast-check";
import type { CallOptions, DataOutcome, FlinksClient, WaitOptions } from "../../src/index.ts";
import { finish, reset, type Scripted, scripted } from "../wrappers/accounts/support.ts";
import { payloadOf } from "./payloads.ts";
import type { Property } from "./property.ts";

const request = { RequestId: "asked" };

type Call = (flinks: FlinksClient, options?: CallOptions) => Promise<DataOutcome<object>>;

/** The data calls, with the schema of what they return. */
const dataCalls: readonly (readonly [schema: string, call: Call])[] = [
  ["AccountsSummary", (flinks, options) => flinks.getAccountsSummary(request, options)],
  ["AccountsSummary", (flinks, options) => flinks.getAccountsSummaryAsync("asked", options)],
  ["AccountsDetail", (flinks, options) => flinks.getAccountsDetail(request, options)],
  ["AccountsDetail", (flinks, options) => flinks.getAccountsDetailAsync("asked", options)],
  ["Statements", (flinks, options) => flinks.getStatements(request, options)],
];

const untouched: Property = {
  name: "any payload of the schema, with any nulls and unknown fields, goes through untouched",
  property: fc.asyncProperty(
    fc.constantFrom(...dataCalls).chain(([schema, call]) => fc.tuple(fc.constant(call), payloadOf(schema))),
    async ([call, text]) => {
      const outcome = await finish(call(scripted([{ body: text }]).flinks));
      ok(outcome.status === "ready");
      // As text, because that also compares the order of fields and tells -0 from 0 as JSON does.
      deepStrictEqual(JSON.stringify(outcome.data), JSON.stringify(JSON.parse(text)));
      const { RequestId } = JSON.parse(text);
      deepStrictEqual(outcome.requestId, typeof RequestId === "string" && RequestId !== "" ? RequestId : "asked");
    },
  ),
};

/** What one response means for a wait, by the contract. */
type Meaning = "ready" | "pending" | "again" | "refused";

const lists = { Accounts: [], StatementsByAccount: [] };
const coded = (FlinksCode: string, status: number, fields: object = {}): Scripted => ({
  status,
  body: { FlinksCode, HttpStatusCode: status, ...fields },
});

const responses: readonly (readonly [Meaning, Scripted])[] = [
  ["ready", { body: lists }],
  ["ready", { body: { ...lists, HttpStatusCode: 200, FlinksCode: "SOME_NEW_CODE" } }],
  ["pending", coded("OPERATION_PENDING", 202)],
  ["pending", coded("OPERATION_DISPATCHED", 202, lists)],
  ["pending", coded("AGGREGATION_ERROR", 202)],
  ["pending", { status: 202, body: {} }],
  ["again", reset()],
  ["again", "silence"],
  ["again", { status: 429, body: "" }],
  ["again", { status: 500, body: "<html>" }],
  ["again", coded("SOME_NEW_CODE", 503)],
  ["again", coded("RETRY_LATER", 401)],
  ["refused", coded("NO_TRANSACTION", 400)],
  ["refused", coded("SESSION_EXPIRED", 401)],
  ["refused", { body: {} }],
  ["refused", { status: 202, body: "<html>" }],
  ["refused", { status: 302, body: "" }],
];
const anyResponses = fc.array(fc.constantFrom(...responses), { minLength: 1, maxLength: 12 });
const retries = fc.integer({ min: 0, max: 3 });

/** The requests that the policy allows for these responses, and how the last one ends the call. */
function expected(meanings: readonly Meaning[], retries: number, isWait: boolean) {
  const methods: string[] = [];
  let failures = 0;
  let method = "POST";
  for (;;) {
    const meaning = meanings[Math.min(methods.length, meanings.length - 1)] as Meaning;
    methods.push(method);
    if (meaning === "again" && failures++ < retries) continue;
    if (meaning !== "pending" || !isWait) return { methods, end: meaning, attempts: failures };
    method = "GET";
    failures = 0;
    // The last response is repeated for ever.
    if (methods.length >= meanings.length) return { methods, end: "pending" as const, attempts: failures };
  }
}

const policy: Property = {
  name: "any order of responses ends a data call as the retry policy says",
  property: fc.asyncProperty(
    fc.constantFrom(...dataCalls),
    anyResponses,
    retries,
    async ([, call], script, retries) => {
      const { flinks, sent } = scripted(script.map(([, response]) => response));
      const retry = { retries, minDelayMs: 10 };
      const result = await finish(call(flinks, { retry }).catch((error: unknown) => error as { attempts: number }));
      const { methods, end, attempts } = expected(
        script.map(([meaning]) => meaning),
        retries,
        false,
      );
      deepStrictEqual(sent.length, methods.length);
      ok(sent.length <= retries + 1);
      if ("status" in result && (end === "ready" || end === "pending")) deepStrictEqual(result.status, end);
      else deepStrictEqual((result as { attempts: number }).attempts, end === "again" ? attempts : attempts + 1);
    },
  ),
};

const waits: Property = {
  name: "any order of responses ends a wait as the policy says, without a second POST after a 202",
  property: fc.asyncProperty(fc.boolean(), anyResponses, retries, async (isDetail, given, retries) => {
    // A wait that never ends would take many polls to give up.
    const script = [...given, responses[0] as (typeof responses)[number]];
    const meanings = script.map(([meaning]) => meaning);
    const { flinks, sent, events } = scripted(script.map(([, response]) => response));
    const wait = isDetail ? flinks.waitForAccountsDetail : flinks.waitForAccountsSummary;
    const onPending: string[] = [];
    const options: WaitOptions = {
      retry: { retries, minDelayMs: 10 },
      onPending: ({ operation }) => onPending.push(operation),
    };
    const result = await finish(wait(request, options).catch((error: unknown) => error as { attempts: number }));
    const { methods, end, attempts } = expected(meanings, retries, true);
    deepStrictEqual(
      sent.map(({ method }) => method),
      methods,
    );
    const name = isDetail ? "Detail" : "Summary";
    for (const { method, path } of sent) {
      deepStrictEqual(path, method === "POST" ? `GetAccounts${name}` : `GetAccounts${name}Async/asked`);
    }
    if (end === "ready") ok("Accounts" in result);
    else deepStrictEqual((result as { attempts: number }).attempts, end === "again" ? attempts : attempts + 1);
    deepStrictEqual(onPending.length, meanings.slice(0, methods.length).filter((one) => one === "pending").length);
    deepStrictEqual(events.length, sent.length);
    if (meanings[0] === "pending") deepStrictEqual(methods.filter((method) => method === "POST").length, 1);
  }),
};

const times: Property = {
  name: "any pause, Retry-After and duration: no GET is early, and none begins after maxWaitMs",
  property: fc.asyncProperty(
    fc.array(fc.record({ afterMs: fc.nat({ max: 20_000 }), retryAfter: fc.option(fc.nat({ max: 60 })) }), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.integer({ min: 1, max: 20_000 }),
    fc.nat({ max: 100_000 }),
    async (polls, pollIntervalMs, maxWaitMs) => {
      const replies = polls.map(({ afterMs, retryAfter }) => {
        const headers = retryAfter === null ? {} : { "retry-after": `${retryAfter}` };
        return { afterMs, reply: { status: 202, headers, body: { FlinksCode: "OPERATION_PENDING" } } };
      });
      const { flinks, sent } = scripted([...replies, { body: { Accounts: [] } }]);
      const start = Date.now();
      const options = { pollIntervalMs, maxWaitMs };
      const result = await finish(flinks.waitForAccountsDetail(request, options).catch((error: unknown) => error));
      let answeredAt = 0;
      for (const [index, { afterMs, retryAfter }] of polls.entries()) {
        const { at } = sent[index] as { at: number };
        answeredAt = at + afterMs;
        const next = sent[index + 1]?.at;
        if (next === undefined) {
          // It gives up as soon as it is clear that the next one would be late.
          ok(answeredAt + pollIntervalMs > maxWaitMs);
          deepStrictEqual([(result as { name: string }).name, Date.now() - start], ["FlinksPendingError", answeredAt]);
          return;
        }
        const pause = Math.max(pollIntervalMs, (retryAfter ?? 0) * 1000);
        deepStrictEqual(next, Math.min(answeredAt + pause, maxWaitMs));
        ok(next >= answeredAt + pollIntervalMs);
      }
      deepStrictEqual(result, { Accounts: [] });
    },
  ),
};

export const properties: readonly Property[] = [untouched, policy, waits, times];

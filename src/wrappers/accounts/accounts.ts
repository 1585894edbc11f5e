/**
 * The data calls of a session: one request each, and one response.
 *
 * @module
 */
import { assert, assertBoolean, assertFields, assertPathSegment, type Fields, isStrings } from "../errors/assert.ts";
import type { Api } from "../http/api.ts";
import type { ApiResponse, Call } from "../http/call.ts";
import { invalidResponse } from "../http/failure.ts";
import { pendingOutcome, readResponse, requestIdOf } from "../http/response.ts";
import { isRetryable, retry } from "../http/retry.ts";
import type { DataOutcome } from "../outcomes.ts";
import type {
  AccountsDetail,
  AccountsDetailRequest,
  AccountsSummary,
  AccountsSummaryRequest,
  Statements,
  StatementsRequest,
} from "../wire.ts";

/** What a response means, with what a wait needs to go on. */
export interface DataStep<T> {
  readonly outcome: DataOutcome<T>;
  /** The id that the caller sent. Polls keep using it, even if a response names another. */
  readonly requestId: string;
  /** How long the server asks to wait before the next request. */
  readonly retryAfterMs: number | undefined;
}

export function getAccountsSummary(request: AccountsSummaryRequest, call: Call, api: Api) {
  const body = readRequest(request, summaryFields);
  return send<AccountsSummary>("Accounts", body.RequestId, call, (call) => api.getAccountsSummary(body, call));
}

export function getAccountsDetail(request: AccountsDetailRequest, call: Call, api: Api) {
  const body = readRequest(request, detailFields);
  return send<AccountsDetail>("Accounts", body.RequestId, call, (call) => api.getAccountsDetail(body, call));
}

export function getStatements(request: StatementsRequest, call: Call, api: Api) {
  const body = readRequest(request, statementsFields);
  return send<Statements>("StatementsByAccount", body.RequestId, call, (call) => api.getStatements(body, call));
}

export function getAccountsSummaryAsync(requestId: string, call: Call, api: Api) {
  assertPathSegment(requestId, "requestId", code);
  return send<AccountsSummary>("Accounts", requestId, call, (call) => api.getAccountsSummaryAsync(requestId, call));
}

export function getAccountsDetailAsync(requestId: string, call: Call, api: Api) {
  assertPathSegment(requestId, "requestId", code);
  return send<AccountsDetail>("Accounts", requestId, call, (call) => api.getAccountsDetailAsync(requestId, call));
}

/** An operation that can be pending: the POST that starts it, and the GET that asks for its result. */
export interface Pollable<Request, T> {
  readonly names: readonly [start: string, poll: string];
  start(request: Request, call: Call, api: Api): Promise<DataStep<T>>;
  poll(requestId: string, call: Call, api: Api): Promise<DataStep<T>>;
}

export const summary: Pollable<AccountsSummaryRequest, AccountsSummary> = {
  names: ["getAccountsSummary", "getAccountsSummaryAsync"],
  start: getAccountsSummary,
  poll: getAccountsSummaryAsync,
};

export const detail: Pollable<AccountsDetailRequest, AccountsDetail> = {
  names: ["getAccountsDetail", "getAccountsDetailAsync"],
  start: getAccountsDetail,
  poll: getAccountsDetailAsync,
};

/** @param list the field without which a response holds no data */
async function send<T>(
  list: keyof T & ("Accounts" | "StatementsByAccount"),
  requestId: string,
  call: Call,
  request: (call: Call) => Promise<ApiResponse>,
): Promise<DataStep<T>> {
  return retry(call, isRetryable, async (call) => {
    const response = await request(call);
    const reply = readResponse(response, ["done", "pending"]);
    const step = { requestId, retryAfterMs: response.retryAfterMs };
    if (reply.meaning === "pending") return { ...step, outcome: pendingOutcome(reply, requestId) };
    if (!Array.isArray(reply.body[list])) throw invalidResponse(response, `no ${list}`);
    return { ...step, outcome: { status: "ready", requestId: requestIdOf(reply, requestId), data: reply.body as T } };
  });
}

const code = "invalid_request";

/** A check for every field of a request. A document that adds or removes a field does not compile. */
type Checks<Request> = { readonly [Field in keyof Required<Request>]: (value: unknown, name: string) => void };

const isTrueOrFalse = (value: unknown, name: string) => assertBoolean(value, name, code);
const isId = (value: unknown, name: string) => assertPathSegment(value, `${name} (the requestId of an outcome)`, code);

function isOneOf(...values: unknown[]) {
  return (value: unknown, name: string) =>
    assert(value === undefined || values.includes(value), `${name} must be ${values.join(" or ")}.`, code);
}

function isAccountsFilter(value: unknown, name: string): void {
  assert(value === undefined || isStrings(value), `${name} must be an array of account ids.`, code);
}

const summaryFields: Checks<AccountsSummaryRequest> = {
  RequestId: isId,
  WithBalance: isTrueOrFalse,
  WithAccountIdentity: isTrueOrFalse,
};

const detailFields: Checks<AccountsDetailRequest> = {
  RequestId: isId,
  WithAccountIdentity: isTrueOrFalse,
  WithKYC: isTrueOrFalse,
  WithTransactions: isTrueOrFalse,
  WithBalance: isTrueOrFalse,
  DaysOfTransactions: isOneOf("Days90", "Days365"),
  AccountsFilter: isAccountsFilter,
  WithDetailsAndBankingStatements: isTrueOrFalse,
};

const statementsFields: Checks<StatementsRequest> = {
  RequestId: isId,
  NumberOfStatements: isOneOf("MostRecent", "Months3", "Months12"),
  AccountsFilter: isAccountsFilter,
};

/** @throws {@link FlinksUsageError} that names the field */
function readRequest<Request extends object>(request: Request, checks: Checks<Request>): Request {
  const given: unknown = request;
  const names = Object.keys(checks);
  assertFields(given, names, "the request", code);
  // A copy: the caller may change the request while it waits to be repeated.
  const copy: Fields = Object.fromEntries(names.map((name) => [name, given[name]]));
  for (const [name, check] of Object.entries<Checks<Fields>[string]>(checks)) check(copy[name], name);
  // A deep one, too. JSON leaves out what is undefined.
  return JSON.parse(JSON.stringify(copy));
}

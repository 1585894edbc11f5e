/**
 * The data calls, as the API carries them out: at once, or in the background first.
 *
 * @module
 */
import { type FieldTypes, malformedField } from "./fields.ts";
import { inBackground } from "./institution.ts";
import { accountsDetail, accountsSummary, type Reading, statements, wanted } from "./payloads.ts";
import { expiredSession, invalidRequest, noSession, pending, type Reply } from "./replies.ts";
import type { SandboxSession, SandboxState } from "./state.ts";
import type { AccountsDetailRequest, AccountsSummaryRequest, StatementsRequest } from "./wire.ts";

/** The operations that return data. Each of their names is the `operationId`. */
export const dataCalls = {
  getAccountsSummary: call<AccountsSummaryRequest>(accountsSummary, {
    RequestId: "string",
    WithBalance: "boolean",
    WithAccountIdentity: "boolean",
  }),
  getAccountsDetail: call<AccountsDetailRequest>(accountsDetail, {
    RequestId: "string",
    WithAccountIdentity: "boolean",
    WithKYC: "boolean",
    WithTransactions: "boolean",
    WithBalance: "boolean",
    DaysOfTransactions: ["Days90", "Days365"],
    AccountsFilter: "strings",
    WithDetailsAndBankingStatements: "boolean",
  }),
  getStatements: call<StatementsRequest>(statements, {
    RequestId: "string",
    NumberOfStatements: ["MostRecent", "Months3", "Months12"],
    AccountsFilter: "strings",
  }),
};

export type DataCall = keyof typeof dataCalls;

interface Call {
  readonly types: FieldTypes<object>;
  read(reading: Reading, request: object): Reply;
}

function call<Request extends object>(
  read: (reading: Reading, request: Request) => Reply,
  types: FieldTypes<Request> & Record<"RequestId", "string">,
): Call {
  return { types, read: (reading, request) => read(reading, request as Request) };
}

/** The POST. */
export function startDataCall(name: DataCall, body: unknown, state: SandboxState): Reply {
  const malformed = malformedField(body, dataCalls[name].types);
  if (malformed !== undefined) return invalidRequest(malformed);
  const request = body as { RequestId?: string; NumberOfStatements?: string; AccountsFilter?: string[] };
  if (request.RequestId === undefined) return invalidRequest("RequestId is needed");
  const found = openSession(request.RequestId, state);
  if ("status" in found) return found;
  // The vendor's C# SDK. That it is INVALID_REQUEST is our guess.
  if (request.NumberOfStatements === "Months12" && wanted(found, request.AccountsFilter).length !== 1) {
    return invalidRequest("Months12 is for exactly one account");
  }
  if (!inBackground[found.user].includes(name)) return read(name, found, request, state);
  // The first request starts the work. Each brings the options of the result.
  const readyAt = found.background.get(name)?.readyAt ?? state.settings.now() + state.settings.pendingMs;
  found.background.set(name, { request, readyAt });
  return result(name, found, state);
}

/** The GET. */
export function pollDataCall(name: DataCall, requestId: string, state: SandboxState): Reply {
  const found = openSession(requestId, state);
  if ("status" in found) return found;
  if (!found.background.has(name)) {
    const endpoint = `Get${name.slice("get".length)}`;
    return invalidRequest(`Call this endpoint only after receiving a 202 from /${endpoint}`);
  }
  return result(name, found, state);
}

function result(name: DataCall, session: SandboxSession, state: SandboxState): Reply {
  const { request, readyAt } = session.background.get(name) as NonNullable<ReturnType<typeof session.background.get>>;
  return state.settings.now() < readyAt
    ? pending(session.requestId, session.user)
    : read(name, session, request, state);
}

function read(name: DataCall, session: SandboxSession, request: object, state: SandboxState): Reply {
  return dataCalls[name].read({ ...session, now: state.settings.now() }, request);
}

/** The session, alive for longer by this call; or why there is none. One that is still asked something is not open. */
function openSession(requestId: string, state: SandboxState): SandboxSession | Reply {
  const found = state.find(requestId);
  if (found === undefined || found.state === "ended" || found.state === "asked") return noSession();
  if (state.isExpired(found)) return expiredSession();
  state.touch(found);
  return found;
}

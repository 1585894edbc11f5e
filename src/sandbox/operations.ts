/**
 * Which operation a request is for, and its reply.
 *
 * @module
 */
import { operations } from "../generated/operations.ts";
import { authorize, generateAuthorizeToken } from "./authorize.ts";
import { pollDataCall, startDataCall } from "./data-calls.ts";
import { toolbox } from "./institution.ts";
import { type Reply, refused } from "./replies.ts";
import type { SandboxState } from "./state.ts";
import type { SandboxRequest } from "./types.ts";

/** The `operationId` of an operation. */
export type OperationName = keyof typeof operations;

/** A request for an operation. */
export interface Call {
  readonly operation: OperationName;
  readonly customerId: string;
  readonly requestId: string;
}

const patterns = Object.entries(operations).map(([operation, { path }]) => {
  const pattern = path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return { operation: operation as OperationName, pattern: new RegExp(`^${pattern}$`) };
});

/** The operation that a request is addressed to, or what is refused. */
export function findCall({ method, url }: SandboxRequest): Call | Reply {
  const { pathname } = new URL(url);
  for (const { operation, pattern } of patterns) {
    const { customerId = "", requestId = "" } = pattern.exec(pathname)?.groups ?? {};
    if (customerId === "") continue;
    const expected = operations[operation].method;
    if (method !== expected) return refused(405, "METHOD_NOT_AVAILABLE", `The endpoint takes ${expected}`);
    return { operation, customerId, requestId };
  }
  return refused(404, undefined, "There is no such endpoint");
}

/** Carries the operation out. */
export function perform(call: Call, { headers, body }: SandboxRequest, state: SandboxState): Reply {
  if (call.customerId !== toolbox.customerId) {
    return refused(401, "CUSTOMER_NOT_FOUND", "The CustomerId is unknown");
  }
  const key = headers["flinks-auth-key"] ?? "";
  switch (call.operation) {
    case "generateAuthorizeToken":
      return generateAuthorizeToken(key, state);
    case "authorize":
      return authorize(key, body, state);
    case "getAccountsSummaryAsync":
      return pollDataCall("getAccountsSummary", call.requestId, state);
    case "getAccountsDetailAsync":
      return pollDataCall("getAccountsDetail", call.requestId, state);
    case "getAccountsSummary":
    case "getAccountsDetail":
    case "getStatements":
      return startDataCall(call.operation, body, state);
    /* v8 ignore next 2 -- for operations that a later document adds */
    default:
      return refused(404, undefined, "There is no such endpoint");
  }
}

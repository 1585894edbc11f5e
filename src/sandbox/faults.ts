/**
 * What goes wrong on purpose, and every reaction to a request.
 *
 * @module
 */
import { findCall, type OperationName, perform } from "./operations.ts";
import type { Reply } from "./replies.ts";
import type { SandboxState } from "./state.ts";
import type { SandboxFault, SandboxFaultResponse, SandboxRequest } from "./types.ts";

/** What happens after a request. */
export type Reaction = SandboxResponse | "silence" | "reset";

/** A response, whole or cut in the middle of its text. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly isCut?: boolean;
}

const json = { "content-type": "application/json" };

/** Hands faults out in order, each as often as it says. */
export class FaultQueue {
  readonly #left: { readonly planned: SandboxFault; times: number }[];

  constructor(faults: readonly SandboxFault[]) {
    this.#left = faults.map((planned) => ({ planned, times: planned.times ?? 1 }));
  }

  /** The next fault for a request of this operation. */
  take(operation: OperationName): SandboxFault["fault"] | undefined {
    const next = this.#left.find(({ planned, times }) => times > 0 && (planned.operation ?? operation) === operation);
    if (next !== undefined) next.times -= 1;
    return next?.planned.fault;
  }
}

/** Carries the request out, unless a fault says otherwise. */
export function react(request: SandboxRequest, state: SandboxState, faults: FaultQueue): Reaction {
  const call = findCall(request);
  if ("status" in call) return toResponse(call);
  const fault = faults.take(call.operation);
  switch (fault) {
    case undefined:
      return toResponse(perform(call, request, state));
    case "cut":
      return { ...toResponse(perform(call, request, state)), isCut: true };
    case "silence":
    case "reset":
      return fault;
    case "html":
      return { status: 502, headers: { "content-type": "text/html" }, text: "<html><h1>502 Bad Gateway</h1></html>" };
    default:
      return toFaultyResponse(fault);
  }
}

function toResponse({ status, body }: Reply): SandboxResponse {
  return { status, headers: json, text: JSON.stringify(body) };
}

function toFaultyResponse({ status, headers, body = "" }: SandboxFaultResponse): SandboxResponse {
  return typeof body === "string"
    ? { status, headers: { ...headers }, text: body }
    : { status, headers: { ...json, ...lowerCased(headers) }, text: JSON.stringify(body) };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

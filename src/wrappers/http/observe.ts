/**
 * Tells the user's `onExchange` about each exchange.
 *
 * @module
 */
import { FlinksConnectionError, FlinksResponseError, FlinksTimeoutError, FlinksUsageError } from "../errors/errors.ts";
import { cleanOrOmit } from "../errors/redact.ts";
import type { ApiResponse, Call, FlinksExchangeEvent, OutgoingRequest } from "./call.ts";
import { exchange } from "./exchange.ts";
import { identify } from "./response.ts";
import { throwIfAborted } from "./signals.ts";

type Observer = NonNullable<Call["onExchange"]>;
type Facts = Omit<FlinksExchangeEvent, "operation" | "attempt" | "durationMs">;

/** {@link exchange}, observed. */
export function observedExchange(request: OutgoingRequest): Promise<ApiResponse> {
  const { onExchange } = request.call;
  return onExchange === undefined ? exchange(request) : observed(request, onExchange);
}

async function observed(request: OutgoingRequest, onExchange: Observer): Promise<ApiResponse> {
  throwIfAborted(request.call.signal);
  const startedAt = performance.now();
  const report = (facts: Facts) => {
    const { operation, attempt } = request;
    const event = { operation, attempt, durationMs: performance.now() - startedAt, ...facts };
    // An observer must not change the call.
    new Promise((resolve) => resolve(onExchange(event))).catch(() => {});
  };
  try {
    const response = await exchange(request);
    report({ result: "answer", ...factsOf(response) });
    return response;
  } catch (error) {
    if (!(error instanceof FlinksUsageError)) report(factsOfFailure(error));
    throw error;
  }
}

function factsOf(response: ApiResponse): Omit<Facts, "result"> {
  const { status, request } = response;
  const { code, requestId } = identify(response);
  const shownId = cleanOrOmit(requestId, request.redact);
  // A session and a challenge have no code.
  const isPlain = (status === 200 || status === 203) && code === `HTTP_${status}`;
  return { status, ...(!isPlain && { code }), ...(shownId !== undefined && { requestId: shownId }) };
}

function factsOfFailure(error: unknown): Facts {
  if (error instanceof FlinksTimeoutError) return { result: "timeout" };
  if (error instanceof FlinksConnectionError) return { result: "connection" };
  // Too long to be read.
  if (error instanceof FlinksResponseError) return { result: "answer", status: error.status };
  return { result: "aborted" };
}

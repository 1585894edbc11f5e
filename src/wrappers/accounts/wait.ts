/**
 * Waiting for a pending operation: the vendor asks to poll every 10 s, for 30 minutes at most.
 *
 * @module
 */
import { assert, assertPathSegment, isObject } from "../errors/assert.ts";
import { FlinksPendingError } from "../errors/errors.ts";
import type { Api } from "../http/api.ts";
import type { Call } from "../http/call.ts";
import { abortable, sleep } from "../http/signals.ts";
import type { PendingOutcome } from "../outcomes.ts";
import type { Pollable } from "./accounts.ts";

export interface WaitLimits {
  readonly pollIntervalMs: number;
  readonly maxWaitMs: number;
  readonly onPending: ((outcome: PendingOutcome) => unknown) | undefined;
}

/**
 * One POST, then GETs until the data is there. A pending outcome goes on where it stopped: with a GET if it is of this
 * operation, with the POST if it is of `authorize`.
 *
 * @throws {@link FlinksPendingError} `maxWaitMs` ran out; the operation goes on at the vendor's
 */
export async function waitForData<Request extends { RequestId: string }, T>(
  request: Request | PendingOutcome,
  { names, start, poll }: Pollable<Request, T>,
  { pollIntervalMs, maxWaitMs, onPending }: WaitLimits,
  limits: Call,
  api: Api,
): Promise<T> {
  const deadline = Date.now() + maxWaitMs;
  const call = { ...limits, deadline };
  const resumed = readPending(request, names);
  const isPoll = resumed !== undefined && resumed.operation !== "authorize";
  // A pending session holds no options of a data call, so its id is all there is to ask with.
  const body = resumed === undefined ? request : { RequestId: resumed.requestId };
  let step = isPoll ? await poll(resumed.requestId, call, api) : await start(body as Request, call, api);
  while (step.outcome.status === "pending") {
    const { outcome, requestId, retryAfterMs = 0 } = step;
    await abortable(onPending?.(outcome), { signal: call.signal });
    const left = deadline - Date.now();
    if (pollIntervalMs > left) {
      throw new FlinksPendingError(
        `The data is still pending, and the next request would begin later than maxWaitMs (${maxWaitMs} ms) allows. The operation goes on: to wait again, pass the error's pending.`,
        { pending: withoutMessage(outcome) },
      );
    }
    await sleep(Math.min(Math.max(pollIntervalMs, retryAfterMs), left), call.signal);
    // Each poll has the whole retry budget.
    step = await poll(requestId, call, api);
  }
  return step.outcome.data;
}

function readPending(request: unknown, names: readonly string[]): PendingOutcome | undefined {
  if (!isObject(request) || request["status"] !== "pending") return undefined;
  const { requestId, operation } = request;
  const known: unknown[] = [...names, "authorize"];
  assert(
    known.includes(operation),
    `This pending outcome belongs to another operation. Expected: ${known.join(", ")}.`,
    "invalid_request",
  );
  assertPathSegment(requestId, "The pending outcome's requestId", "invalid_request");
  return request as unknown as PendingOutcome;
}

/** As in `http/failure.ts`: no error shows the API's own words about a user's data. */
function withoutMessage({ message, ...pending }: PendingOutcome): PendingOutcome {
  return pending;
}

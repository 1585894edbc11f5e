/**
 * Repeating a call that failed: how often, and how long to wait. Which calls may be repeated at all is decided where
 * they are made.
 *
 * Not p-retry: the new token for each attempt, the budget of the whole call and `Retry-After` would still be ours to
 * write, and they are nearly all of this file.
 *
 * @module
 */
import { FlinksError } from "../errors/errors.ts";
import type { Call, RetryPolicy } from "./call.ts";
import { sleep } from "./signals.ts";

/**
 * Runs `attempt` until it succeeds, fails for good, or `retries` ran out.
 *
 * @param attempt receives the call with the failures before it
 */
export async function retry<T>(
  call: Call,
  isTransient: (error: FlinksError) => boolean,
  attempt: (call: Call) => Promise<T>,
): Promise<T> {
  const { retry: policy, signal, deadline } = call;
  let current = call;
  for (;;) {
    try {
      return await attempt(current);
    } catch (error) {
      const { failures } = current;
      if (!(error instanceof FlinksError) || !isTransient(error) || failures.length >= policy.retries) throw error;
      const delay = delayAfter(error, failures.length, policy);
      if (Date.now() + delay > deadline) throw error;
      await sleep(delay, signal);
      current = { ...call, failures: [...failures, error] };
    }
  }
}

/** No response, throttled, or the server failed. For a request that the bank never sees. */
export function isTransientFailure(error: FlinksError): boolean {
  const { status } = error as { status?: number };
  return status === undefined ? error.retryable : status === 429 || status >= 500;
}

/** The same, and every code that the table calls retryable. For a cached session and data calls. */
export function isRetryable(error: FlinksError): boolean {
  return error.retryable || isTransientFailure(error);
}

/** `Retry-After` if there is one, otherwise exponential with full jitter; never more than `maxDelayMs`. */
function delayAfter(error: FlinksError, failed: number, { minDelayMs, maxDelayMs }: RetryPolicy): number {
  const { retryAfterMs } = error as { retryAfterMs?: number };
  return Math.min(maxDelayMs, retryAfterMs ?? Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** failed));
}

/**
 * The waits between tries, and how many there are. Which calls may be repeated stands where they are made:
 * `token.ts` (minting) and `authorize.ts` (cached mode); everything else goes out once.
 *
 * Written here, since what p-retry and its like would leave to do (full jitter, `Retry-After`, a fresh token
 * before each try) is all there is to it.
 *
 * @module
 */
import { abortable } from "./abortable.ts";
import { FlinksApiError, FlinksConnectionError, FlinksResponseError } from "./errors.ts";

/** How often a call is repeated, and how long the client waits before. */
export interface RetryPolicy {
  readonly retries: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

export const noRetry: RetryPolicy = { retries: 0, minDelayMs: 500, maxDelayMs: 30_000 };

/** Time and chance, for tests to hold still. */
export interface Clock {
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await abortable(
        new Promise((resolve) => {
          timer = setTimeout(resolve, ms);
        }),
        signal,
      );
    } finally {
      clearTimeout(timer);
    }
  },
};

/**
 * Waits until a call that failed may be sent again.
 *
 * @param tries how many times it has been sent again already
 * @throws the failure, if it may not; the signal's reason, if it aborts
 */
export async function waitToRetry(
  failure: unknown,
  tries: number,
  isTransient: (failure: unknown) => boolean,
  { retry, signal }: { retry: RetryPolicy; signal: AbortSignal | undefined },
  clock: Clock = realClock,
): Promise<void> {
  if (tries === retry.retries || !isTransient(failure)) throw failure;
  await clock.sleep(delayBefore(tries, failure, retry, clock), signal);
}

/** No answer, throttled, or the server failed. */
export function isTransientFailure(error: unknown): boolean {
  // Of a redirect the answer came, and the same would come again.
  if (error instanceof FlinksConnectionError) return !error.redirected;
  return isAnswer(error) && (error.status === 429 || error.status >= 500);
}

/** `Retry-After` if there is one, else exponential with full jitter; never more than `maxDelayMs`. */
function delayBefore(
  tries: number,
  failure: unknown,
  { minDelayMs, maxDelayMs }: RetryPolicy,
  clock: Clock,
): number {
  const asked = isAnswer(failure) ? retryAfterMs(failure.headers["retry-after"], clock.now()) : undefined;
  return Math.min(maxDelayMs, asked ?? clock.random() * Math.min(maxDelayMs, minDelayMs * 2 ** tries));
}

/** Seconds, or a date (RFC 9110, 10.2.3). Anything else is as if it were not there. */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // A date without its zone would be read as local time, and much that is no date as some date. C's old form
  // has none, and means GMT (RFC 9110, 5.6.7).
  const zoned = /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(value) ? `${value} GMT` : value;
  const date = zoned.endsWith(" GMT") ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isAnswer(error: unknown): error is FlinksApiError | FlinksResponseError {
  return error instanceof FlinksApiError || error instanceof FlinksResponseError;
}

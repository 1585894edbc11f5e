/**
 * The error classes. Each is built from an allow-list of facts and never holds a request, so a logger that prints
 * every property has no credentials to print. The sentences are in `http/failure.ts` and next to the input checks.
 *
 * @module
 */
import type { FlinksCode, FlinksErrorAction, FlinksErrorCategory } from "../codes.ts";
import type { MfaChallenge, PendingOutcome } from "../outcomes.ts";
import { brand, brandOf } from "./brand.ts";

/**
 * The base class of every error that this package throws.
 *
 * @example
 * if (error instanceof FlinksError) log.error(error.operation, error.code, error.attempts);
 */
export class FlinksError extends Error {
  declare readonly name: string;
  /** What went wrong, as a constant: compare with this, not with the message. */
  declare readonly code: string;
  /**
   * Whether the same call may succeed a little later although nobody changed anything. Not whether it is harmless to
   * repeat: a live session or an MFA answer that is sent twice can lock the user out of the bank.
   */
  declare readonly retryable: boolean;
  /** The method that failed, such as `authorize`. Not set if nothing was sent. */
  declare readonly operation?: string;
  /** How many requests the operation took, 1 or more. Not set if nothing was sent. */
  declare readonly attempts?: number;

  constructor(message: string, { cause, ...facts }: { code: string; cause?: unknown; [fact: string]: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    const fields = this as object as Record<string, unknown>;
    fields["retryable"] = false;
    for (const name in facts) if (facts[name] !== undefined) fields[name] = facts[name];
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class that a user derives has no brand of its own, and must not recognise its parent's errors.
    return Object.hasOwn(this.prototype, brand)
      ? `${brandOf(value)}`.startsWith(`${brandOf(this.prototype)}`)
      : super[Symbol.hasInstance](value);
  }
}

/**
 * What is wrong with what was not sent. Only `invalid_answers` is for the user to correct.
 *
 * @example
 * const userErrors: UsageErrorCode[] = ["invalid_answers"];
 * if (error instanceof FlinksUsageError && !userErrors.includes(error.code)) log.error("a bug of ours", error.message);
 */
export type UsageErrorCode =
  | "invalid_options"
  | "invalid_request"
  | "invalid_answers"
  | "invalid_continuation"
  | "token_spent";

/**
 * The options, the request or the answers are wrong, and were not sent. The message says what to change.
 *
 * @example
 * if (error instanceof FlinksUsageError && error.code === "invalid_answers") show({ missing: error.prompts });
 */
export class FlinksUsageError extends FlinksError {
  declare readonly name: "FlinksUsageError";
  declare readonly code: UsageErrorCode;
  /** For MFA answers: the prompts whose answers are missing or wrong. Never an answer. */
  declare readonly prompts?: readonly string[];
}

/**
 * The API refused the request. `code` says why, and `action` says who has to act; `docs/errors.md` lists all codes.
 *
 * @example
 * if (error instanceof FlinksApiError && error.action === "reenter_credentials") show("Please connect again.");
 */
export class FlinksApiError extends FlinksError {
  declare readonly name: "FlinksApiError";
  /** The HTTP status. It does not say what went wrong: use `code` or `category`. */
  declare readonly status: number;
  /** Why, as the API says it. `HTTP_<status>` if it does not. */
  declare readonly code: FlinksCode;
  /** Which part of the call went wrong. */
  declare readonly category: FlinksErrorCategory;
  /** Who has to act, and how. */
  declare readonly action: FlinksErrorAction;
  /** The session, if the response named one. */
  declare readonly requestId?: string;
  /** What is wrong with the request, field by field, if the API says so (`ValidationDetails`). */
  declare readonly fields?: Readonly<Record<string, string[]>>;
  /** The response headers that are useful in a log and safe there, by lower-case name. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** How long the API asks to wait (`Retry-After`), in milliseconds. */
  declare readonly retryAfterMs?: number;
}

/**
 * The response is not a valid API response: HTML, truncated JSON, no `RequestId`, the wrong shape.
 *
 * @example
 * if (error instanceof FlinksResponseError) log.warn(error.status, error.bodyExcerpt); // a gateway's error page
 */
export class FlinksResponseError extends FlinksError {
  declare readonly name: "FlinksResponseError";
  declare readonly code: "invalid_response";
  /** The HTTP status. */
  declare readonly status: number;
  /** The response headers that are useful in a log and safe there, by lower-case name. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** How long the server asks to wait (`Retry-After`), in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** At most 512 characters of the body, without secrets. Empty if the body may hold a token or personal data. */
  declare readonly bodyExcerpt: string;
}

/**
 * No usable response arrived: refused, reset, DNS, TLS, or a redirect, which is never followed.
 *
 * @example
 * const isUnsent = error instanceof FlinksConnectionError && !error.mayHaveBeenSent;
 * if (isUnsent) show("Your bank could not be reached. Please try again."); // after `authorize`, safe to repeat even if live
 */
export class FlinksConnectionError extends FlinksError {
  declare readonly name: "FlinksConnectionError" | "FlinksTimeoutError";
  /** `false` only if the last request certainly never reached the server. `authorizeWithMfa` may have sent others before. */
  declare readonly mayHaveBeenSent: boolean;
}

/**
 * `timeoutMs` ran out, or a limit of the transport did: Node's `fetch` gives up after 300 s by itself.
 *
 * @example
 * if (error instanceof FlinksTimeoutError) log.warn(error.operation, error.timeoutMs ?? error.code);
 */
export class FlinksTimeoutError extends FlinksConnectionError {
  declare readonly name: "FlinksTimeoutError";
  /** The limit that ran out, in milliseconds. Not set if it was the transport's own. */
  declare readonly timeoutMs?: number;
}

/**
 * `maxRounds` ran out, and the API is still asking. `answerChallenge` can go on from here.
 *
 * @example
 * if (error instanceof FlinksMfaError) {
 *   const { challenge, continuation } = error;
 *   await store.put(challenge.requestId, JSON.stringify({ challenge, continuation }));
 * }
 */
export class FlinksMfaError extends FlinksError {
  declare readonly name: "FlinksMfaError";
  declare readonly code: "too_many_rounds";
  /** The challenge that is still open. */
  declare readonly challenge: MfaChallenge;
  // Private, because it is a secret: no logger, spread or JSON shows it.
  readonly #continuation: string;

  constructor(message: string, { continuation, ...facts }: { challenge: MfaChallenge; continuation: string }) {
    super(message, { code: "too_many_rounds", operation: "authorize", attempts: 1, ...facts });
    this.#continuation = continuation;
  }

  /** The continuation of the open challenge. A secret. */
  get continuation(): string {
    return this.#continuation;
  }
}

/**
 * `maxWaitMs` ran out. The operation goes on at the vendor's: pass `pending` to the same method to wait again.
 *
 * @example
 * if (error instanceof FlinksPendingError) await queue.add(error.pending); // the method that waited takes it
 */
export class FlinksPendingError extends FlinksError {
  declare readonly name: "FlinksPendingError";
  /** The code of the last pending response. */
  declare readonly code: FlinksCode;
  declare readonly requestId: string;
  /** The last pending outcome. Plain JSON: it can be stored and passed on after a restart. */
  declare readonly pending: PendingOutcome;

  constructor(message: string, { pending }: { pending: PendingOutcome }) {
    const { code, requestId, operation } = pending;
    super(message, { code, requestId, operation, attempts: 1, retryable: true, pending });
  }
}

/**
 * Why a webhook was refused. With `invalid_body` the signature fits, so the vendor sent it.
 *
 * @example
 * const statusFor = (code: WebhookErrorCode) => (code === "invalid_body" ? 400 : 401);
 * if (error instanceof FlinksWebhookError) return new Response(null, { status: statusFor(error.code) });
 */
export type WebhookErrorCode = "missing_signature" | "invalid_signature" | "invalid_body";

/**
 * A webhook that cannot be trusted or read. Shows nothing of its body.
 *
 * @example
 * if (error instanceof FlinksWebhookError) log.warn("a webhook was refused", error.code);
 */
export class FlinksWebhookError extends FlinksError {
  declare readonly name: "FlinksWebhookError";
  declare readonly code: WebhookErrorCode;
}

/**
 * Every error class of this package, for exhaustive handling by `name`.
 *
 * @example
 * function statusOf(error: AnyFlinksError): number {
 *   switch (error.name) {
 *     case "FlinksApiError":
 *       return error.action === "reenter_credentials" ? 422 : 502;
 *     case "FlinksTimeoutError":
 *       return 504;
 *     default:
 *       return 500;
 *   }
 * }
 */
export type AnyFlinksError =
  | FlinksUsageError
  | FlinksApiError
  | FlinksResponseError
  // Narrowed, or a `switch` would take a timeout for either of the two.
  | (FlinksConnectionError & { readonly name: "FlinksConnectionError" })
  | FlinksTimeoutError
  | FlinksMfaError
  | FlinksPendingError
  | FlinksWebhookError;

// Parents first. A brand is the names of the class and its parents: `FlinksError/FlinksApiError/`. Minifiers rename
// classes, so the names are written out.
// biome-ignore format: a list
const classes = {
  FlinksError, FlinksUsageError, FlinksApiError, FlinksResponseError, FlinksConnectionError, FlinksTimeoutError, FlinksMfaError,
  FlinksPendingError, FlinksWebhookError,
};
for (const [name, { prototype }] of Object.entries(classes)) {
  const path = `${brandOf(Object.getPrototypeOf(prototype)) ?? ""}${name}/`;
  Object.defineProperty(prototype, "name", { value: name, writable: true });
  Object.defineProperty(prototype, brand, { value: path });
}

/**
 * The errors. They are built from an allow-list of facts and never hold a request, so that whatever prints
 * them has no credentials to print.
 *
 * @module
 */
import type { MfaChallenge } from "./challenge.ts";
import type { FlinksCode, FlinksErrorAction, FlinksErrorCategory } from "./codes.ts";

/**
 * Under this key each class's prototype holds its name. It is in the global registry, because a program can
 * load this package twice (`import` here, `require` there), and `instanceof` must hold across both copies.
 */
const brand = Symbol.for("flinks-client.error");

/** What all errors of this package extend. */
export class FlinksError extends Error {
  static {
    nameClass(this, "FlinksError");
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    // A class that a user derives has no brand of its own, and must not recognise its parent's errors.
    if (!Object.hasOwn(this.prototype, brand)) return false;
    const name = Reflect.get(this.prototype, brand);
    for (let at = value; typeof at === "object" && at !== null; at = Object.getPrototypeOf(at)) {
      if (Object.hasOwn(at, brand) && Reflect.get(at, brand) === name) return true;
    }
    return false;
  }
}

/** Options, request or answers are wrong, and nothing was sent. The message says what to change. */
export class FlinksUsageError extends FlinksError {
  static {
    nameClass(this, "FlinksUsageError");
  }

  /** For MFA answers: the prompts at fault, never an answer. */
  declare readonly prompts?: readonly string[];

  constructor(message: string, details: { prompts?: readonly string[]; cause?: unknown } = {}) {
    super(message, causeOf(details));
    if (details.prompts !== undefined) this.prompts = details.prompts;
  }
}

/** What a {@link FlinksApiError} is made of. */
export interface FlinksApiErrorDetails {
  readonly status: number;
  readonly code: FlinksCode;
  readonly category: FlinksErrorCategory;
  readonly action: FlinksErrorAction;
  readonly retryable: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId?: string | undefined;
  readonly challenge?: MfaChallenge | undefined;
}

/** The API said no. `code` says why, `action` who mends it; `docs/errors.md` lists them all. */
export class FlinksApiError extends FlinksError implements FlinksApiErrorDetails {
  static {
    nameClass(this, "FlinksApiError");
  }

  /** The HTTP status. It does not tell what went wrong: decide by `code` or `category`. */
  readonly status: number;
  readonly code: FlinksCode;
  readonly category: FlinksErrorCategory;
  readonly action: FlinksErrorAction;
  /** Whether the same call may succeed a little later although nobody changed anything. */
  readonly retryable: boolean;
  /** The answer's headers that are safe and useful in a log, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The session that the error is about, if the answer named one. */
  declare readonly requestId?: string;
  /** Set when the answer asked again: give it to `answerChallenge` with the continuation you have. */
  declare readonly challenge?: MfaChallenge;

  constructor(message: string, details: FlinksApiErrorDetails) {
    super(message);
    this.status = details.status;
    this.code = details.code;
    this.category = details.category;
    this.action = details.action;
    this.retryable = details.retryable;
    this.headers = details.headers;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.challenge !== undefined) this.challenge = details.challenge;
  }
}

/** What a {@link FlinksResponseError} is made of. */
export interface FlinksResponseErrorDetails {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyExcerpt: string;
}

/** An answer came that cannot be read as the API's: HTML, cut JSON, no `RequestId`, a wrong shape. */
export class FlinksResponseError extends FlinksError implements FlinksResponseErrorDetails {
  static {
    nameClass(this, "FlinksResponseError");
  }

  /** The HTTP status. */
  readonly status: number;
  /** The answer's headers that are safe and useful in a log, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** How the body begins: at most 512 characters, secrets masked. */
  readonly bodyExcerpt: string;

  constructor(message: string, details: FlinksResponseErrorDetails) {
    super(message);
    this.status = details.status;
    this.headers = details.headers;
    this.bodyExcerpt = details.bodyExcerpt;
  }
}

/** No answer came: refused, reset, DNS, TLS, or a redirect, which is never followed. */
export class FlinksConnectionError extends FlinksError {
  static {
    nameClass(this, "FlinksConnectionError");
  }

  constructor(message: string, details: { cause?: unknown } = {}) {
    super(message, causeOf(details));
  }
}

/** No whole answer came within `timeoutMs`. */
export class FlinksTimeoutError extends FlinksConnectionError {
  static {
    nameClass(this, "FlinksTimeoutError");
  }

  /** The limit that ran out, in milliseconds. */
  readonly timeoutMs: number;

  constructor(message: string, details: { timeoutMs: number }) {
    super(message);
    this.timeoutMs = details.timeoutMs;
  }
}

/** The challenge was answered `maxRounds` times, and the API still asks. */
export class FlinksMfaError extends FlinksError {
  static {
    nameClass(this, "FlinksMfaError");
  }

  /** The challenge that was left. */
  readonly challenge: MfaChallenge;

  constructor(message: string, details: { challenge: MfaChallenge }) {
    super(message);
    this.challenge = details.challenge;
  }
}

/** On the prototype and not enumerable, as the language's own errors have their names. */
function nameClass({ prototype }: { prototype: object }, name: string): void {
  for (const key of ["name", brand]) {
    Object.defineProperty(prototype, key, { value: name, writable: true });
  }
}

function causeOf({ cause }: { cause?: unknown }): ErrorOptions | undefined {
  return cause === undefined ? undefined : { cause };
}

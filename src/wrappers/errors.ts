/**
 * The errors. They are built from an allow-list of facts and never hold a request, so that whatever prints
 * them has no credentials to print.
 *
 * @module
 */
import type { MfaChallenge } from "./challenge.ts";
import type { FlinksCode, FlinksErrorAction, FlinksErrorCategory } from "./codes.ts";
import { defined } from "./wire.ts";

/**
 * Under this key each class's prototype holds its name, behind those of its parents. It is in the global registry,
 * because a program can load this package twice (`import` here, `require` there), and `instanceof` must hold across
 * both copies.
 */
const brand = Symbol.for("flinks-client.error");

/** What all errors of this package extend. */
export class FlinksError extends Error {
  static {
    nameClass(this, "FlinksError");
  }

  constructor(message: string, { cause, ...facts }: object & { readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, defined(facts));
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class that a user derives has no brand of its own, and must not recognise its parent's errors.
    return Object.hasOwn(this.prototype, brand)
      ? `${brandOf(value)}`.startsWith(`${brandOf(this.prototype)}`)
      : super[Symbol.hasInstance](value);
  }
}

/** Options, request or answers are wrong, and nothing was sent. The message says what to change. */
export class FlinksUsageError extends FlinksError {
  static {
    nameClass(this, "FlinksUsageError");
  }

  /** For MFA answers: the prompts at fault, never an answer. */
  declare readonly prompts?: readonly string[];

  constructor(message: string, details?: { prompts?: readonly string[]; cause?: unknown }) {
    super(message, details);
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
export class FlinksApiError extends FlinksError {
  static {
    nameClass(this, "FlinksApiError");
  }

  /** The HTTP status. It does not tell what went wrong: decide by `code` or `category`. */
  declare readonly status: number;
  declare readonly code: FlinksCode;
  declare readonly category: FlinksErrorCategory;
  declare readonly action: FlinksErrorAction;
  /** Whether the same call may succeed a little later although nobody changed anything. */
  declare readonly retryable: boolean;
  /** The answer's headers that are safe and useful in a log, by lower-case name. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** The session that the error is about, if the answer named one. */
  declare readonly requestId?: string;
  /** Set when the answer asked again: give it to `answerChallenge` with the continuation you have. */
  declare readonly challenge?: MfaChallenge;

  constructor(message: string, details: FlinksApiErrorDetails) {
    super(message, details);
  }
}

/** What a {@link FlinksResponseError} is made of. */
export interface FlinksResponseErrorDetails {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyExcerpt: string;
}

/** An answer came that cannot be read as the API's: HTML, cut JSON, no `RequestId`, a wrong shape. */
export class FlinksResponseError extends FlinksError {
  static {
    nameClass(this, "FlinksResponseError");
  }

  /** The HTTP status. */
  declare readonly status: number;
  /** The answer's headers that are safe and useful in a log, by lower-case name. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** How the body begins: at most 512 characters, secrets masked. */
  declare readonly bodyExcerpt: string;

  constructor(message: string, details: FlinksResponseErrorDetails) {
    super(message, details);
  }
}

/** No answer came: refused, reset, DNS, TLS, or a redirect, which is never followed. */
export class FlinksConnectionError extends FlinksError {
  static {
    nameClass(this, "FlinksConnectionError");
  }

  /** Set when an answer came and it was a redirect. */
  declare readonly redirected?: true;

  constructor(message: string, details?: object & { cause?: unknown; redirected?: true }) {
    super(message, details);
  }
}

/** No whole answer came within `timeoutMs`. */
export class FlinksTimeoutError extends FlinksConnectionError {
  static {
    nameClass(this, "FlinksTimeoutError");
  }

  /** The limit that ran out, in milliseconds. */
  declare readonly timeoutMs: number;

  constructor(message: string, details: { timeoutMs: number }) {
    super(message, details);
  }
}

/** The challenge was answered `maxRounds` times, and the API still asks. */
export class FlinksMfaError extends FlinksError {
  static {
    nameClass(this, "FlinksMfaError");
  }

  /** The challenge that was left. */
  declare readonly challenge: MfaChallenge;

  constructor(message: string, details: { challenge: MfaChallenge }) {
    super(message, details);
  }
}

/** On the prototype and not enumerable, as the language's own errors have their names. */
function nameClass({ prototype }: { prototype: object }, name: string): void {
  const path = `${brandOf(Object.getPrototypeOf(prototype)) ?? ""}${name}/`;
  Object.defineProperty(prototype, "name", { value: name, writable: true });
  Object.defineProperty(prototype, brand, { value: path });
}

function brandOf(value: unknown): unknown {
  return (value as { [brand]?: unknown } | null | undefined)?.[brand];
}

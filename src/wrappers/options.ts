/**
 * Options → settings: everything that a caller can set, checked before anything is sent.
 *
 * @module
 */
import { serverUrl } from "../generated/server.ts";
import { assertFields, assertInteger, type Fields, must } from "./assert.ts";
import type { OutgoingRequest } from "./exchange.ts";
import { noRetry, type RetryPolicy } from "./retry.ts";
import { defined, isText } from "./wire.ts";

/** Why a token is asked for: a session's first try, or another try at opening it. */
export interface AuthorizeTokenContext {
  readonly reason: "authorize" | "retry";
}

/** Gives a fresh authorize token. Called once for each session. */
export type AuthorizeTokenFunction = (context: AuthorizeTokenContext) => string | Promise<string>;

/** Where the API answers: exactly one of the two. */
type ServerOptions =
  | {
      /** The instance's name: `toolbox` stands for `https://toolbox-api.private.fin.ag`. One DNS label. */
      readonly instance: string;
      readonly baseUrl?: undefined;
    }
  | {
      readonly instance?: undefined;
      /** The server's URL: `https:`, or `http:` on a loopback host. */
      readonly baseUrl: string;
    };

/** What opens a session: exactly one of the two. */
type KeyOptions =
  | {
      /**
       * The secret key. The client trades it for one authorize token for each session and sends it nowhere
       * else. `undefined` is accepted by the type alone, as that is what a missing environment variable is.
       */
      readonly secretKey: string | undefined;
      /**
       * How many tokens are minted ahead, so that a session costs one round trip instead of two. They are minted
       * beside calls, and none is used that is older than 15 minutes, half the life of an unused one. Default: 0.
       */
      readonly prefetch?: number | undefined;
      readonly authorizeToken?: undefined;
    }
  | {
      readonly secretKey?: undefined;
      readonly prefetch?: undefined;
      /**
       * Authorize tokens minted elsewhere, so that this program needs no secret key: a function, called once
       * for each session, or one token, which serves one session.
       */
      readonly authorizeToken: string | AuthorizeTokenFunction;
    };

interface CommonOptions {
  /** The customer's id, a GUID that the vendor provides. */
  readonly customerId: string;
  /** What sends requests. Default: `globalThis.fetch`, looked up when the client is made. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * The limit of one HTTP exchange, from connecting to the last byte, in milliseconds. Default: 240 000, as a
   * live call may take 210 s until it is answered.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How calls that may be repeated are repeated: minting a token and cached `authorize`, never live calls nor
   * MFA answers. `false` for never. Default: 2 retries, from 500 ms up to 30 s apart.
   */
  readonly retry?: RetryOptions | false | undefined;
  /** The most bytes of one answer that are read. Default: 10 485 760, which pictures to choose from fit in. */
  readonly maxResponseBytes?: number | undefined;
}

/** Exponential backoff with full jitter. `Retry-After` is obeyed up to `maxDelayMs`. */
export interface RetryOptions {
  /** How many times a call is repeated at most; 0 for never. Default: 2. */
  readonly retries?: number | undefined;
  /** The longest wait before the first retry, in milliseconds; it doubles each time. Default: 500. */
  readonly minDelayMs?: number | undefined;
  /** The longest wait of all, in milliseconds. Default: 30 000. */
  readonly maxDelayMs?: number | undefined;
}

/** What `createFlinksClient` takes. */
export type FlinksClientOptions = CommonOptions & ServerOptions & KeyOptions;

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's own `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** The limit of one HTTP exchange in this call, in milliseconds. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** How this call is repeated, if it may be. Default: as the client. */
  readonly retry?: RetryOptions | false | undefined;
}

/** Options that have been checked. */
export interface Settings extends Omit<Call, "signal" | "sent"> {
  readonly baseUrl: string;
  readonly customerId: string;
  readonly secretKey: string | undefined;
  /** Set where `secretKey` is not. */
  readonly authorizeToken: string | AuthorizeTokenFunction | undefined;
  readonly prefetch: number;
  readonly fetch: typeof globalThis.fetch;
}

/** A call's options, checked and completed by the client's. */
export interface Call {
  /** What no error may show, beside what stands in what was sent. */
  readonly secrets: readonly string[];
  /** What this call has sent so far, all rounds of a session included. */
  readonly sent: OutgoingRequest[];
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly retry: RetryPolicy;
}

export const callOptionNames = ["signal", "timeoutMs", "retry"];

const optionNames = [
  "instance",
  "baseUrl",
  "customerId",
  "secretKey",
  "authorizeToken",
  "prefetch",
  "fetch",
  "timeoutMs",
  "retry",
  "maxResponseBytes",
];

/** @throws {FlinksUsageError} that names the option at fault. */
export function readOptions(options: FlinksClientOptions): Settings {
  assertFields(options, optionNames, "The options");
  const { instance, baseUrl, customerId, secretKey, authorizeToken, prefetch = 0, retry } = options;
  // Twenty pictures of half a megabyte.
  const { fetch = globalThis.fetch, timeoutMs = 240_000, maxResponseBytes = 10 * 1024 * 1024 } = options;
  mustBeOne({ instance, baseUrl });
  mustBeOne({ secretKey, authorizeToken });
  assertPathSegment(customerId, "customerId");
  if (typeof authorizeToken !== "function") {
    assertKey(secretKey ?? authorizeToken, secretKey === undefined ? "authorizeToken" : "secretKey");
  }
  assertInteger(prefetch, "prefetch", 0, 100);
  must(!prefetch || authorizeToken === undefined, "prefetch goes with secretKey.");
  must(typeof fetch === "function", "fetch must be a function.");
  assertInteger(timeoutMs, "timeoutMs", 1);
  assertInteger(maxResponseBytes, "maxResponseBytes", 1);
  return {
    baseUrl: baseUrl === undefined ? instanceUrl(instance) : readUrl(baseUrl),
    customerId,
    secretKey: secretKey as string | undefined,
    authorizeToken: authorizeToken as string | AuthorizeTokenFunction | undefined,
    prefetch,
    secrets: [secretKey, authorizeToken].filter(isText),
    fetch: fetch as typeof globalThis.fetch,
    timeoutMs,
    retry: readRetry(retry, { ...noRetry, retries: 2 }),
    maxResponseBytes,
  };
}

/** @throws {FlinksUsageError} that names the option at fault. */
export function readCallOptions(
  options: CallOptions | undefined,
  settings: Settings,
  known = callOptionNames,
): Call {
  const given: unknown = options ?? {};
  assertFields(given, known, "The options");
  const { signal, timeoutMs = settings.timeoutMs, retry } = given;
  must(signal === undefined || isSignal(signal), "signal must be an AbortSignal.");
  assertInteger(timeoutMs, "timeoutMs", 1);
  const { secrets, maxResponseBytes } = settings;
  return {
    secrets,
    sent: [],
    signal,
    timeoutMs,
    retry: readRetry(retry, settings.retry),
    maxResponseBytes,
  };
}

/** By its shape: test environments and polyfills have signals of another make. */
function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener } = (value ?? {}) as AbortSignal;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

function mustBeOne(options: Fields): void {
  const set = Object.values(options).filter((value) => value !== undefined).length;
  must(set === 1, `Set exactly one of ${Object.keys(options).join(" and ")}: ${set} are set.`);
}

function instanceUrl(instance: unknown): string {
  must(
    typeof instance === "string" && /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(instance),
    'instance must be a name such as "toolbox": letters, digits and inner hyphens, at most 63.',
  );
  return serverUrl.replace("{instance}", instance);
}

function readUrl(baseUrl: unknown): string {
  must(typeof baseUrl === "string" && URL.canParse(baseUrl), "baseUrl must be a whole URL.");
  const { href, origin, pathname } = new URL(baseUrl);
  must(
    // By the parsed host name, in which every spelling of an IPv4 address has become four decimal numbers.
    href === origin + pathname &&
      (/^https:/.test(href) || /^http:\/\/(?:localhost|\[::1]|127(?:\.\d+){3})[:/]/.test(href)),
    "baseUrl must be an https: URL, or http: on a loopback host, without credentials, query or fragment.",
  );
  return href.replace(/(?<!\/)\/+$/, "");
}

/** @throws {FlinksUsageError} that does not show the value. */
export function assertPathSegment(value: unknown, what: string): asserts value is string {
  must(
    typeof value === "string" && /^[\w-]+$/.test(value),
    what,
    " must be one path segment of letters, digits, hyphens and underscores.",
  );
}

/**
 * A key or token that can be a header's value as it is (RFC 9110, 5.5). `Headers` refuses others with an
 * error that quotes them, and takes blanks off their ends.
 *
 * @throws {FlinksUsageError} that does not show the value.
 */
export function assertKey(value: unknown, what: string): asserts value is string {
  must(
    typeof value === "string" && /^(?!\s)[\t -~\x80-\xff]+(?<!\s)$/.test(value),
    what,
    " must be a string that a header can hold: without line breaks, blanks at its ends, or characters beyond Latin-1.",
  );
}

function readRetry(retry: unknown, otherwise: RetryPolicy): RetryPolicy {
  if (retry === undefined) return otherwise;
  if (retry === false) return noRetry;
  assertFields(retry, Object.keys(noRetry), "retry");
  const policy = { ...otherwise, ...defined(retry) } as RetryPolicy;
  for (const [name, value] of Object.entries(policy)) assertInteger(value, `retry.${name}`);
  return policy;
}

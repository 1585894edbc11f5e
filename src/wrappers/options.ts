/**
 * Options → settings: everything that a caller can set, checked before anything is sent.
 *
 * @module
 */
import { serverUrl } from "../generated/server.ts";
import {
  assertInteger,
  assertKnownFields,
  assertObject,
  assertString,
  type Fields,
  kindOf,
} from "./assert.ts";
import { FlinksUsageError } from "./errors.ts";
import type { OutgoingRequest } from "./exchange.ts";
import { noRetry, type RetryPolicy } from "./retry.ts";

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
  readonly key:
    | { readonly secretKey: string; readonly prefetch: number }
    | { readonly authorizeToken: string | AuthorizeTokenFunction };
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

const defaultTimeoutMs = 240_000;

/** Twenty pictures of half a megabyte. */
const defaultMaxResponseBytes = 10 * 1024 * 1024;

const defaultRetry: RetryPolicy = { retries: 2, minDelayMs: 500, maxDelayMs: 30_000 };

/** `setTimeout` takes no more, and ends at once instead. */
const longestTimeoutMs = 2_147_483_647;

export const callOptionNames = ["signal", "timeoutMs", "retry"] as const;

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
  const given: unknown = options;
  assertObject(given, "The options of createFlinksClient()");
  assertKnownFields(given, optionNames, "createFlinksClient()");
  const key = readKey(given);
  return {
    baseUrl: readBaseUrl(given),
    customerId: readCustomerId(given),
    key,
    secrets: Object.values(key).filter((secret) => typeof secret === "string"),
    fetch: readFetch(given),
    timeoutMs: readTimeoutMs(given, defaultTimeoutMs),
    retry: readRetry(given, defaultRetry),
    maxResponseBytes: readMaxResponseBytes(given),
  };
}

/** @throws {FlinksUsageError} that names the option at fault. */
export function readCallOptions(
  options: CallOptions | undefined,
  settings: Settings,
  known: readonly string[] = callOptionNames,
): Call {
  const given: unknown = options ?? {};
  assertObject(given, "The options of a call");
  assertKnownFields(given, known, "This call");
  return {
    secrets: settings.secrets,
    sent: [],
    signal: readSignal(given["signal"]),
    timeoutMs: readTimeoutMs(given, settings.timeoutMs),
    retry: readRetry(given, settings.retry),
    maxResponseBytes: settings.maxResponseBytes,
  };
}

function readBaseUrl(options: Fields): string {
  const { instance, baseUrl } = options;
  if (exactlyOne({ instance, baseUrl }) === "instance") {
    assertString(instance, "instance");
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(instance)) {
      throw new FlinksUsageError(
        'instance must be the instance\'s name alone, such as "toolbox": letters, digits and inner hyphens, at ' +
          "most 63. For a whole address there is baseUrl.",
      );
    }
    return serverUrl.replace("{instance}", instance);
  }
  assertString(baseUrl, "baseUrl");
  return checkedUrl(baseUrl);
}

function checkedUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) {
    throw new FlinksUsageError('baseUrl must be a whole URL, such as "https://toolbox-api.private.fin.ag".');
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new FlinksUsageError("baseUrl must be https:, or http: on localhost, 127.0.0.0/8 or [::1].");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new FlinksUsageError("baseUrl must have no credentials, query or fragment.");
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, "");
}

/** By the parsed host name, in which every spelling of an IPv4 address has become four decimal numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function readCustomerId({ customerId }: Fields): string {
  assertPathSegment(customerId, "customerId");
  return customerId;
}

/** @throws {FlinksUsageError} that does not show the value. */
export function assertPathSegment(value: unknown, what: string): asserts value is string {
  assertString(value, what);
  if (!/^[\w-]+$/.test(value)) {
    throw new FlinksUsageError(
      `${what} must be one path segment of letters, digits, hyphens and underscores.`,
    );
  }
}

function readKey({ secretKey, authorizeToken, prefetch = 0 }: Fields): Settings["key"] {
  assertInteger(prefetch, "prefetch", { min: 0, max: 100 });
  if (exactlyOne({ secretKey, authorizeToken }) === "secretKey") {
    return { secretKey: checkedKey(secretKey, "secretKey"), prefetch };
  }
  if (prefetch > 0) {
    throw new FlinksUsageError("prefetch goes with secretKey: a function can keep tokens ahead by itself.");
  }
  if (typeof authorizeToken === "function") {
    return { authorizeToken: authorizeToken as AuthorizeTokenFunction };
  }
  if (typeof authorizeToken !== "string") {
    throw new FlinksUsageError(
      `authorizeToken must be a string or a function, not ${kindOf(authorizeToken)}.`,
    );
  }
  return { authorizeToken: checkedKey(authorizeToken, "authorizeToken") };
}

/**
 * A key or token that can be a header's value as it is (RFC 9110, 5.5). `Headers` refuses others with an
 * error that quotes them, and takes blanks off their ends.
 *
 * @throws {FlinksUsageError} that does not show the value.
 */
export function checkedKey(value: unknown, what: string): string {
  assertString(value, what);
  if (!/^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/.test(value)) {
    throw new FlinksUsageError(
      `${what} cannot be sent in a header: it has a line break, a blank at an end or a character beyond ` +
        "Latin-1. Was it copied whole and trimmed?",
    );
  }
  return value;
}

function readFetch({ fetch = globalThis.fetch }: Fields): typeof globalThis.fetch {
  if (typeof fetch !== "function") {
    throw new FlinksUsageError(`fetch must be a function, not ${kindOf(fetch)}.`);
  }
  return fetch as typeof globalThis.fetch;
}

function readTimeoutMs(options: Fields, otherwise: number): number {
  const { timeoutMs = otherwise } = options;
  assertInteger(timeoutMs, "timeoutMs", { min: 1, max: longestTimeoutMs });
  return timeoutMs;
}

function readMaxResponseBytes({ maxResponseBytes = defaultMaxResponseBytes }: Fields): number {
  assertInteger(maxResponseBytes, "maxResponseBytes", { min: 1, max: Number.MAX_SAFE_INTEGER });
  return maxResponseBytes;
}

function readRetry({ retry }: Fields, otherwise: RetryPolicy): RetryPolicy {
  if (retry === undefined) return otherwise;
  if (retry === false) return noRetry;
  assertObject(retry, "retry, unless false,");
  assertKnownFields(retry, Object.keys(defaultRetry), "retry");
  // What is left out is as the client has it; a client without retries has the usual waits all the same.
  const base = otherwise === noRetry ? { ...defaultRetry, retries: 0 } : otherwise;
  const { retries = base.retries, maxDelayMs = base.maxDelayMs } = retry;
  const { minDelayMs = Math.min(base.minDelayMs, Number(maxDelayMs)) } = retry;
  assertInteger(retries, "retry.retries", { min: 0, max: 100 });
  assertInteger(maxDelayMs, "retry.maxDelayMs", { min: 0, max: longestTimeoutMs });
  assertInteger(minDelayMs, "retry.minDelayMs, which maxDelayMs limits,", { min: 0, max: maxDelayMs });
  return { retries, minDelayMs, maxDelayMs };
}

function readSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || isAbortSignal(value)) return value;
  throw new FlinksUsageError(`signal must be an AbortSignal, not ${kindOf(value)}.`);
}

/** By its shape: test environments and polyfills have signals of another make. */
function isAbortSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === "object" &&
    value !== null &&
    "aborted" in value &&
    "addEventListener" in value &&
    typeof value.addEventListener === "function"
  );
}

/** Which of two options is set. Throws unless exactly one is. */
function exactlyOne(pair: Fields): string {
  const names = Object.keys(pair);
  const [set, ...others] = names.filter((name) => pair[name] !== undefined);
  if (set === undefined) {
    throw new FlinksUsageError(
      `${names.join(" or ")} is missing: both are undefined. Is an environment variable not set?`,
    );
  }
  if (others.length > 0) throw new FlinksUsageError(`Set either ${names.join(" or ")}, not both.`);
  return set;
}

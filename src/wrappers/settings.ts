/**
 * What a caller sets, checked, and completed with the defaults.
 *
 * @module
 */
import { instanceUrl, readBaseUrl, readConnectUrl } from "./address.ts";
import {
  assert,
  assertExactlyOne,
  assertFields,
  assertHeaderValue,
  assertInteger,
  assertPathSegment,
  isObject,
} from "./errors/assert.ts";
import { type Call, noRetry, type RetryPolicy } from "./http/call.ts";
import { platformFetch } from "./http/platform-fetch.ts";
import type { CallOptions, FlinksClientOptions, WaitOptions } from "./options.ts";
import type { AuthorizeTokenFunction } from "./session/token.ts";

/** The client's options, checked. */
export interface Settings {
  readonly baseUrl: string;
  readonly connectUrl: string | undefined;
  readonly customerId: string;
  readonly apiKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly authorizeToken: string | AuthorizeTokenFunction | undefined;
  readonly prefetch: number;
  /** A call without options of its own. */
  readonly defaults: Call;
}

// biome-ignore format: a list
const optionNames = [
  "instance", "baseUrl", "allowInsecureHttp", "connectUrl", "customerId", "apiKey", "secretKey", "authorizeToken",
  "prefetch", "fetch", "timeoutMs", "retry", "maxResponseBytes", "onExchange",
];

/** @throws {@link FlinksUsageError} that names the option */
export function readOptions(options: FlinksClientOptions): Settings {
  assertFields(options, optionNames, "the options");
  const { instance, baseUrl, connectUrl, allowInsecureHttp, customerId, secretKey, authorizeToken } = options;
  const { prefetch = 0, apiKey, fetch = platformFetch, onExchange } = options;
  const { timeoutMs = 240_000, maxResponseBytes = 10 * 1024 * 1024 } = options;
  assertExactlyOne({ instance, baseUrl }, "Is FLINKS_INSTANCE set?");
  assertExactlyOne({ secretKey, authorizeToken }, "Is FLINKS_SECRET_KEY set?");
  assert(customerId !== undefined, "Set customerId. Is FLINKS_CUSTOMER_ID set?");
  assertPathSegment(customerId, "customerId");
  if (secretKey !== undefined) assertHeaderValue(secretKey, "secretKey");
  const isToken = authorizeToken !== undefined && typeof authorizeToken !== "function";
  if (isToken) assertHeaderValue(authorizeToken, "authorizeToken");
  if (apiKey !== undefined) assertHeaderValue(apiKey, "apiKey");
  assertInteger(prefetch, "prefetch", 0, 100);
  assert(prefetch === 0 || secretKey !== undefined, "prefetch requires secretKey.");
  assert(typeof fetch === "function", "fetch must be a function.");
  assertInteger(timeoutMs, "timeoutMs", 1);
  assertInteger(maxResponseBytes, "maxResponseBytes", 1);
  assert(onExchange === undefined || typeof onExchange === "function", "onExchange must be a function.");
  assert(allowInsecureHttp === undefined || allowInsecureHttp === true, "allowInsecureHttp must be true, or left out.");
  return {
    baseUrl: baseUrl === undefined ? instanceUrl(instance) : readBaseUrl(baseUrl, allowInsecureHttp),
    connectUrl: readConnectUrl(connectUrl, instance, allowInsecureHttp),
    customerId,
    apiKey,
    secretKey,
    authorizeToken,
    prefetch,
    defaults: {
      fetch,
      signal: undefined,
      timeoutMs,
      maxResponseBytes,
      retry: readRetry(options.retry, { ...noRetry, retries: 2 }),
      onExchange,
      secrets: [secretKey, apiKey],
      failures: [],
      deadline: Number.POSITIVE_INFINITY,
    },
  };
}

const callOptionNames = ["signal", "timeoutMs", "retry", "maxResponseBytes"];

/**
 * @param more the names of options that this method takes in addition to those of every call
 * @throws {@link FlinksUsageError} that names the option
 */
export function readCallOptions(options: CallOptions = {}, defaults: Call, more: readonly string[] = []): Call {
  assertFields(options, [...callOptionNames, ...more], "the options");
  const { signal, retry, timeoutMs = defaults.timeoutMs } = options as CallOptions;
  const { maxResponseBytes = defaults.maxResponseBytes } = options as CallOptions;
  assert(signal === undefined || isSignal(signal), "signal must be an AbortSignal.");
  assertInteger(timeoutMs, "timeoutMs", 1);
  assertInteger(maxResponseBytes, "maxResponseBytes", 1);
  return { ...defaults, signal, timeoutMs, maxResponseBytes, retry: readRetry(retry, defaults.retry) };
}

/** @throws {@link FlinksUsageError} that names the option */
export function readWaitOptions(options: WaitOptions = {}, defaults: Call) {
  const call = readCallOptions(options, defaults, ["pollIntervalMs", "maxWaitMs", "onPending"]);
  const { pollIntervalMs = 10_000, maxWaitMs = 1_800_000, onPending } = options;
  assertInteger(pollIntervalMs, "pollIntervalMs", 1);
  assertInteger(maxWaitMs, "maxWaitMs");
  assert(onPending === undefined || typeof onPending === "function", "onPending must be a function.");
  return { call, limits: { pollIntervalMs, maxWaitMs, onPending } };
}

/** By its shape: test environments and polyfills have signals of their own. */
function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener } = Object(value) as Partial<AbortSignal>;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}

function readRetry(retry: unknown, defaults: RetryPolicy): RetryPolicy {
  if (retry === undefined) return defaults;
  if (retry === false) return noRetry;
  assert(isObject(retry), "retry must be false or an object.");
  assertFields(retry, Object.keys(noRetry), "retry");
  const set = Object.entries(retry).filter(([, value]) => value !== undefined);
  const policy: RetryPolicy = { ...defaults, ...Object.fromEntries(set) };
  for (const [name, value] of Object.entries(policy)) assertInteger(value, `retry.${name}`);
  return policy;
}

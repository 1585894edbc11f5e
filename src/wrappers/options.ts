/**
 * What a caller can set, for a client and for one call: types only. `settings.ts` checks them.
 *
 * @module
 */
import type { FlinksExchangeEvent, FlinksFetch } from "./http/call.ts";
import type { PendingOutcome } from "./outcomes.ts";
import type { AuthorizeTokenFunction } from "./session/token.ts";

/** Where the API is: exactly one of the two. @inline */
type ServerOptions =
  | {
      /**
       * The instance's name, in any case: `toolbox` stands for `https://toolbox-api.private.fin.ag`. The type accepts
       * `undefined`, as a missing environment variable is; the client refuses it.
       */
      readonly instance: string | undefined;
      readonly baseUrl?: undefined;
    }
  | {
      readonly instance?: undefined;
      /** The server's URL, without the API's version: `https:`, or `http:` on a loopback host. */
      readonly baseUrl: string;
    };

/** What opens a session: exactly one of the two. @inline */
type KeyOptions =
  | {
      /** The client exchanges it for one authorize token per session and sends it nowhere else. */
      readonly secretKey: string | undefined;
      /**
       * How many tokens are minted ahead, so that a cached session takes one round trip instead of two. They are minted
       * next to calls, never on a timer, and none is used that is 7 minutes old. Default: 0.
       */
      readonly prefetch?: number | undefined;
      readonly authorizeToken?: undefined;
    }
  | {
      readonly secretKey?: undefined;
      readonly prefetch?: undefined;
      /** A function that returns a token for each session, or one token, which serves one session. */
      readonly authorizeToken: string | AuthorizeTokenFunction;
    };

/** What every client has. @inline */
interface CommonOptions {
  /** The customer's id, a GUID that the vendor provides. */
  readonly customerId: string | undefined;
  /**
   * Allows a `baseUrl` and `connectUrl` with `http:` on any host, for a mock in a container network. Keys, tokens and
   * passwords then travel unencrypted: never set it for a real instance.
   */
  readonly allowInsecureHttp?: true | undefined;
  /** The `x-api-key` of the data calls. Sent with nothing else. Some instances do not use it. */
  readonly apiKey?: string | undefined;
  /**
   * Where the Flinks Connect page is served, for `createConnectUrl`: `https:`, or `http:` on a loopback host. Default with
   * `instance`: the vendor's page.
   */
  readonly connectUrl?: string | undefined;
  /** What sends requests. Default: `globalThis.fetch`, looked up at every call. */
  readonly fetch?: FlinksFetch | undefined;
  /**
   * The limit of one HTTP exchange, from connecting to the last byte, in milliseconds. Default: 240 000, because a live
   * call can take 210 s.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How calls that may be repeated are repeated: minting a token, cached sessions and data calls, never live sessions
   * or MFA answers. `false` for never. Default: 2 retries.
   */
  readonly retry?: RetryOptions | false | undefined;
  /** The longest response that is read, in bytes. Default: 10 485 760. `getStatements` has a default of its own. */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Called after every HTTP exchange, for logs, metrics and traces. The event holds no secret and no personal data. What
   * it throws is ignored.
   *
   * @example
   * const flinks = createFlinksClient({
   *   ...options,
   *   onExchange: ({ operation, status, code, durationMs }) => log.info({ operation, status, code, durationMs }),
   * });
   */
  readonly onExchange?: ((event: FlinksExchangeEvent) => unknown) | undefined;
}

/**
 * Exponential backoff with full jitter. `Retry-After` is obeyed up to `maxDelayMs`.
 *
 * @example
 * const retry: RetryOptions = { retries: 4, maxDelayMs: 10_000 };
 * const flinks = createFlinksClient({ ...options, retry });
 */
export interface RetryOptions {
  /** How many times a call is repeated at most, minting its token included. Default: 2. */
  readonly retries?: number | undefined;
  /** The upper bound of the random wait before the first retry, in milliseconds. It doubles with every retry. Default: 500. */
  readonly minDelayMs?: number | undefined;
  /** The longest wait, in milliseconds. Default: 30 000. */
  readonly maxDelayMs?: number | undefined;
}

/**
 * What `createFlinksClient` takes.
 *
 * @example
 * const options: FlinksClientOptions = {
 *   instance: "toolbox",
 *   customerId: process.env.FLINKS_CUSTOMER_ID,
 *   secretKey: process.env.FLINKS_SECRET_KEY,
 *   apiKey: process.env.FLINKS_API_KEY,
 * };
 */
export type FlinksClientOptions = CommonOptions & ServerOptions & KeyOptions;

/**
 * What every call takes.
 *
 * @example
 * const quick: CallOptions = { timeoutMs: 20_000, retry: false };
 * const outcome = await flinks.authorize({ LoginId: loginId }, quick);
 */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's `reason`. */
  readonly signal?: AbortSignal | undefined;
  /** The limit of one HTTP exchange in this call, in milliseconds. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** How this call is repeated, if it may be. Default: the client's. */
  readonly retry?: RetryOptions | false | undefined;
  /** The longest response that is read in this call, in bytes. Default: the client's, or 128 MiB for `getStatements`. */
  readonly maxResponseBytes?: number | undefined;
}

/**
 * What `authorizeWithMfa` takes.
 *
 * @example
 * const options: AuthorizeWithMfaOptions = { maxRounds: 3 };
 * const outcome = await flinks.authorizeWithMfa({ LoginId: loginId }, askUser, options);
 */
export interface AuthorizeWithMfaOptions extends CallOptions {
  /** How many times `onChallenge` is called at most. Default: 5. */
  readonly maxRounds?: number | undefined;
}

/**
 * What the methods that wait for data take.
 *
 * @example
 * const options: WaitOptions = {
 *   maxWaitMs: 5 * 60_000,
 *   onPending: (pending) => store.put(`pending/${pending.requestId}`, JSON.stringify(pending)),
 * };
 * const { Accounts } = await flinks.waitForAccountsDetail({ RequestId: requestId }, options);
 */
export interface WaitOptions extends CallOptions {
  /**
   * The pause after each pending response, in milliseconds. A `Retry-After` can lengthen it. Default: 10 000, as the
   * vendor asks.
   */
  readonly pollIntervalMs?: number | undefined;
  /**
   * How long to wait, from the start of the call, in milliseconds. Default: 1 800 000 (30 minutes), the vendor's limit.
   * If the next poll would begin later, the call rejects with a `FlinksPendingError` at once, and the operation goes on
   * at the vendor's. A request that is running is limited by `timeoutMs` alone.
   */
  readonly maxWaitMs?: number | undefined;
  /**
   * Called with each pending response. A promise is awaited, so the outcome can be stored before the wait goes on. An
   * error that it throws ends the wait and is passed on.
   */
  readonly onPending?: ((outcome: PendingOutcome) => unknown) | undefined;
}

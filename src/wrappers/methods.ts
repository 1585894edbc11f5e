/**
 * What a client can do: its methods, types only.
 *
 * @module
 */
import type { FlinksHttpClient } from "./http/user-client.ts";
import type { AuthorizeWithMfaOptions, CallOptions, WaitOptions } from "./options.ts";
import type {
  AuthorizedOutcome,
  AuthorizeOutcome,
  DataOutcome,
  MfaAnswers,
  MfaChallenge,
  PendingOutcome,
} from "./outcomes.ts";
import type { ChallengeHandler } from "./session/authorize.ts";
import type { ConnectParameters } from "./session/connect-url.ts";
import type { AuthorizeInput } from "./session/input.ts";
import type {
  AccountsDetail,
  AccountsDetailRequest,
  AccountsSummary,
  AccountsSummaryRequest,
  Statements,
  StatementsRequest,
} from "./wire.ts";

/**
 * A challenge and the session that it belongs to. An `MfaRequiredOutcome` fits as it is.
 *
 * @example
 * const open: OpenChallenge = JSON.parse(await store.take(requestId));
 * const outcome = await flinks.answerChallenge(open, answers);
 */
export interface OpenChallenge {
  /** What the bank asks. */
  readonly challenge: MfaChallenge;
  /** The session, as the outcome had it. A secret: it holds the session's token. */
  readonly continuation: string;
}

/**
 * Opens authorized sessions. Created with `createFlinksClient`.
 *
 * @example
 * async function accountsOf(loginId: string, flinks: FlinksClient): Promise<Account[] | undefined> {
 *   const outcome = await flinks.authorize({ LoginId: loginId });
 *   if (outcome.status === "mfa_required") return undefined; // the user has to answer first
 *   const { Accounts } = await flinks.waitForAccountsDetail({ RequestId: outcome.requestId });
 *   return Accounts;
 * }
 */
export interface FlinksClient {
  /**
   * Opens a session and returns the API's one response: a session, an MFA challenge (in cached mode too), or an
   * operation that goes on in the background. MFA is left to the caller.
   *
   * @throws {@link FlinksUsageError} the request is wrong; nothing was sent
   * @throws {@link FlinksApiError} the API refused the request
   * @throws {@link FlinksResponseError} the response is not a valid API response
   * @throws {@link FlinksConnectionError} there was no response; a {@link FlinksTimeoutError} if none came in time
   * @example
   * const outcome = await flinks.authorize({ LoginId: loginId });
   * if (outcome.status === "mfa_required") show(outcome.challenge.questions);
   * else await queue.add({ requestId: outcome.requestId });
   */
  authorize(request: AuthorizeInput, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Answers a challenge. Works with a challenge and continuation that went through JSON, in another process and with
   * another client.
   *
   * @throws {@link FlinksUsageError} the answers do not fit the challenge, or the continuation is malformed
   * @throws all errors of `authorize`
   * @example
   * const { challenge, continuation } = JSON.parse(await store.take(requestId));
   * const open = { challenge, continuation };
   * const outcome = await flinks.answerChallenge(open, { "What city were you born in?": "Montreal" });
   */
  answerChallenge(open: OpenChallenge, answers: MfaAnswers, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Opens a session and asks `onChallenge` for answers until nothing more is asked. The call ends with the error
   * that `onChallenge` throws, or if answers do not fit the challenge. To let the user correct them
   * in the same session, use `authorize` and `answerChallenge`.
   *
   * @throws {@link FlinksMfaError} the API is still asking after `maxRounds` answers
   * @throws all errors of `authorize` and `answerChallenge`
   * @example
   * const outcome = await flinks.authorizeWithMfa({ LoginId: loginId }, async ({ questions }) => {
   *   const answers = new Map<string, string>();
   *   for (const { prompt } of questions) answers.set(prompt, await ask(prompt));
   *   return Object.fromEntries(answers);
   * });
   */
  authorizeWithMfa(
    request: AuthorizeInput,
    onChallenge: ChallengeHandler,
    options?: AuthorizeWithMfaOptions,
  ): Promise<AuthorizedOutcome | PendingOutcome>;

  /**
   * Asks for the accounts of a session, without transactions. One request, one response.
   *
   * @throws all errors of `authorize`
   *
   * @example
   * const outcome = await flinks.getAccountsSummary({ RequestId: requestId, WithBalance: true });
   * if (outcome.status === "ready") await save(outcome.data.Accounts);
   */
  getAccountsSummary(request: AccountsSummaryRequest, options?: CallOptions): Promise<DataOutcome<AccountsSummary>>;

  /**
   * Asks for the accounts of a session, with their transactions. One request, one response: HTTP 202, an outcome
   * `pending`, is typical of the first request.
   *
   * @throws all errors of `authorize`
   * @example
   * const outcome = await flinks.getAccountsDetail({ RequestId: requestId, DaysOfTransactions: "Days365" });
   * if (outcome.status === "pending") await queue.add(outcome); // for getAccountsDetailAsync, in 10 seconds
   * else await save(outcome.data.Accounts);
   */
  getAccountsDetail(request: AccountsDetailRequest, options?: CallOptions): Promise<DataOutcome<AccountsDetail>>;

  /**
   * Asks for the statements of a session's accounts, as base64 files. Canada only, and enabled per instance. `Months12`
   * is for exactly one account in `AccountsFilter`. Reads up to 128 MiB: only this call's own `maxResponseBytes`
   * changes that.
   *
   * @throws all errors of `authorize`
   * @example
   * const outcome = await flinks.getStatements({ RequestId: requestId, NumberOfStatements: "Months3" });
   * if (outcome.status === "ready") await save(outcome.data.StatementsByAccount);
   */
  getStatements(request: StatementsRequest, options?: CallOptions): Promise<DataOutcome<Statements>>;

  /**
   * Asks whether a pending `getAccountsSummary` has finished. Call it only after a `pending` outcome, at most every 10
   * seconds.
   *
   * @throws all errors of `authorize`
   * @example
   * const first = await flinks.getAccountsSummary({ RequestId: requestId });
   * // 10 seconds later
   * const next = first.status === "pending" ? await flinks.getAccountsSummaryAsync(first.requestId) : first;
   * if (next.status === "ready") await save(next.data.Accounts);
   */
  getAccountsSummaryAsync(requestId: string, options?: CallOptions): Promise<DataOutcome<AccountsSummary>>;

  /**
   * Asks whether a pending `getAccountsDetail` has finished. Call it only after a `pending` outcome, at most every 10
   * seconds.
   *
   * @throws all errors of `authorize`
   * @example
   * const outcome = await flinks.getAccountsDetailAsync(pending.requestId);
   * if (outcome.status === "ready") await save(outcome.data.Accounts);
   */
  getAccountsDetailAsync(requestId: string, options?: CallOptions): Promise<DataOutcome<AccountsDetail>>;

  /**
   * Asks for the accounts of a session and waits until they are there. See `waitForAccountsDetail`.
   *
   * @throws {@link FlinksPendingError} they were not there after `maxWaitMs`
   * @throws all errors of `authorize`
   * @example
   * const { Accounts } = await flinks.waitForAccountsSummary({ RequestId: requestId, WithBalance: true });
   * for (const { Title, Balance } of Accounts) log.info(Title, Balance?.Current);
   */
  waitForAccountsSummary(
    request: AccountsSummaryRequest | PendingOutcome,
    options?: WaitOptions,
  ): Promise<AccountsSummary>;

  /**
   * Asks for the accounts of a session with their transactions, and waits until they are there: one POST, then only
   * GETs. A {@link PendingOutcome} instead of a request goes on with an earlier wait, also in another process; one from
   * `authorize` starts with the POST.
   *
   * @throws {@link FlinksPendingError} they were not there after `maxWaitMs`; its `pending` goes on with the wait
   * @throws all errors of `authorize`
   * @example
   * const { Accounts } = await flinks.waitForAccountsDetail({ RequestId: requestId }, { maxWaitMs: 5 * 60_000 });
   * for (const { Title, Transactions = [] } of Accounts) log.info(Title, Transactions.length);
   */
  waitForAccountsDetail(
    request: AccountsDetailRequest | PendingOutcome,
    options?: WaitOptions,
  ): Promise<AccountsDetail>;

  /**
   * Mints an authorize token. It serves one session, and expires after 15 to 30 minutes if it is not used.
   *
   * @throws {@link FlinksUsageError} the client was created without `secretKey`
   * @throws all errors of `authorize`
   * @example
   * const authorizeToken = await flinks.generateAuthorizeToken();
   * const customerId = "43387ca6-0391-4c82-857d-70d95f087ecb";
   * const keyless = createFlinksClient({ instance: "toolbox", customerId, authorizeToken }); // for one session
   */
  generateAuthorizeToken(options?: CallOptions): Promise<string>;

  /**
   * Builds the URL of a Flinks Connect page, with an authorize token of its own: for the `src` of an iframe.
   *
   * The URL is a secret, because it holds the token: anyone who has it can open a session in your name. Send it only to the
   * user it is for, and keep it out of logs.
   *
   * @throws {@link FlinksUsageError} a parameter is wrong, or the client has neither `instance` nor `connectUrl`
   * @throws all errors of `generateAuthorizeToken`, or what the client's `authorizeToken` throws
   * @example
   * const url = await flinks.createConnectUrl({ redirectUrl: "https://shop.example/connected", language: "fr" });
   * return Response.json({ url }, { headers: { "cache-control": "no-store" } });
   */
  createConnectUrl(parameters?: ConnectParameters, options?: CallOptions): Promise<string>;

  /**
   * The generated openapi-fetch client, for what the methods above do not cover. It runs under the same guards, adds no
   * key by itself and never repeats a request. Its middleware sees only its own requests.
   *
   * @example
   * const path = "/v3/{customerId}/BankingServices/GetAccountsSummary";
   * const { customerId, apiKey } = sandbox.options; // or your own
   * const { data, response } = await flinks.http.POST(path, {
   *   params: { path: { customerId }, header: { "x-api-key": apiKey } },
   *   body: { RequestId: requestId },
   * });
   * response.status; // → 200
   */
  readonly http: FlinksHttpClient;
}

/**
 * The client: options in, the methods that a program calls out.
 *
 * @module
 */
import { assert, assertInteger, assertObject } from "./errors/assert.ts";
import { createApi } from "./http/api.ts";
import { isTransientFailure, retry } from "./http/retry.ts";
import { createUserClient, type FlinksHttpClient } from "./http/user-client.ts";
import {
  type AuthorizeWithMfaOptions,
  type CallOptions,
  type FlinksClientOptions,
  readCallOptions,
  readOptions,
} from "./options.ts";
import type { AuthorizedOutcome, AuthorizeOutcome, MfaAnswers, MfaChallenge, PendingOutcome } from "./outcomes.ts";
import { readGivenChallenge } from "./session/answers.ts";
import { answerSession, type ChallengeHandler, openSession, runSession } from "./session/authorize.ts";
import { type ConnectParameters, createConnectUrl } from "./session/connect-url.ts";
import type { AuthorizeInput } from "./session/input.ts";
import { fromContinuation } from "./session/session.ts";
import { createTokenSource, mintToken } from "./session/token.ts";

/** A challenge and the session that it belongs to. An `MfaRequiredOutcome` fits as it is. */
export interface OpenChallenge {
  readonly challenge: MfaChallenge;
  readonly continuation: string;
}

/** Opens authorized sessions. Created with {@link createFlinksClient}. */
export interface FlinksClient {
  /**
   * Opens a session and returns the API's one response: a session, an MFA challenge (in cached mode too), or an
   * operation that goes on in the background. MFA is left to the caller.
   *
   * @throws {FlinksUsageError} the request is wrong; nothing was sent
   * @throws {FlinksApiError} the API refused the request
   * @throws {FlinksResponseError} the response is not a valid API response
   * @throws {FlinksConnectionError} there was no response; a {@link FlinksTimeoutError} if none came in time
   */
  authorize(request: AuthorizeInput, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Answers a challenge. Works with a challenge and continuation that went through JSON, in another process and with
   * another client.
   *
   * @throws {FlinksUsageError} the answers do not fit the challenge, or the continuation is malformed
   * @throws all errors of `authorize`
   */
  answerChallenge(open: OpenChallenge, answers: MfaAnswers, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Opens a session and asks `onChallenge` for answers until nothing more is asked. An error that `onChallenge`
   * throws ends the call and is passed on.
   *
   * @throws {FlinksMfaError} the API is still asking after `maxRounds` answers
   * @throws all errors of `authorize` and `answerChallenge`
   */
  authorizeWithMfa(
    request: AuthorizeInput,
    onChallenge: ChallengeHandler,
    options?: AuthorizeWithMfaOptions,
  ): Promise<AuthorizedOutcome | PendingOutcome>;

  /**
   * Mints an authorize token. It serves one session, and dies after 15 to 30 minutes if it is not used.
   *
   * @throws {FlinksUsageError} the client was created without `secretKey`
   * @throws all errors of `authorize`
   */
  generateAuthorizeToken(options?: CallOptions): Promise<string>;

  /**
   * Builds the URL of a Flinks Connect page, with an authorize token of its own: for the `src` of an iframe.
   *
   * The URL is a secret, because it holds the token: whoever has it can open a session in your name. Send it to the one
   * user whom it is for, and keep it out of logs.
   *
   * @throws {FlinksUsageError} a parameter is wrong, or the client has neither `instance` nor `connectUrl`
   * @throws all errors of `generateAuthorizeToken`, or what the client's `authorizeToken` throws
   */
  createConnectUrl(parameters?: ConnectParameters, options?: CallOptions): Promise<string>;

  /**
   * The generated openapi-fetch client, for what the methods above do not cover. It runs under the same guards, adds no
   * key by itself and never repeats a request. Its middleware sees only its own requests.
   */
  readonly http: FlinksHttpClient;
}

/**
 * Creates a client. Nothing is sent until a method is called.
 *
 * @throws {FlinksUsageError} an option is missing or wrong; the message names it
 */
export function createFlinksClient(options: FlinksClientOptions): FlinksClient {
  const settings = readOptions(options);
  const { connectUrl, defaults, secretKey } = settings;
  const api = createApi(settings);
  const services = { api, tokens: createTokenSource(settings, api) };

  return {
    async authorize(request, callOptions) {
      const { outcome } = await openSession(request, readCallOptions(callOptions, defaults), services);
      return outcome;
    },

    async answerChallenge(open, answers, callOptions) {
      const call = readCallOptions(callOptions, defaults);
      assertObject(open, "The first argument", "invalid_answers");
      const session = fromContinuation(open.continuation);
      const challenge = readGivenChallenge(open.challenge);
      const { outcome } = await answerSession(session, challenge, answers, call, api);
      return outcome;
    },

    async authorizeWithMfa(request, onChallenge, callOptions) {
      const call = readCallOptions(callOptions, defaults, ["maxRounds"]);
      const { maxRounds = 5 } = callOptions ?? {};
      assertInteger(maxRounds, "maxRounds", 1);
      assert(typeof onChallenge === "function", "onChallenge must be a function.");
      return runSession(request, onChallenge, maxRounds, call, services);
    },

    async generateAuthorizeToken(callOptions) {
      const call = readCallOptions(callOptions, defaults);
      assert(secretKey !== undefined, "generateAuthorizeToken() requires secretKey.");
      return retry(call, isTransientFailure, (call) => mintToken(secretKey, api, call));
    },

    async createConnectUrl(parameters, callOptions) {
      const call = readCallOptions(callOptions, defaults);
      return createConnectUrl(parameters, connectUrl, call, services.tokens);
    },

    http: createUserClient(settings),
  };
}

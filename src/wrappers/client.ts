/**
 * The client: options in, the functions that a program calls out.
 *
 * @module
 */
import type { MfaAnswers } from "./answers.ts";
import { assertInteger, must } from "./assert.ts";
import { authorize } from "./authorize.ts";
import { createHttp, createOperations, type FlinksHttpClient } from "./http.ts";
import { answerChallenge, authorizeWithMfa, type ChallengeHandler, type OpenChallenge } from "./mfa.ts";
import {
  type CallOptions,
  callOptionNames,
  type FlinksClientOptions,
  readCallOptions,
  readOptions,
} from "./options.ts";
import type { AuthorizedOutcome, AuthorizeOutcome, PendingOutcome } from "./outcome.ts";
import type { AuthorizeInput } from "./request.ts";
import { createTokenSource, mintToken } from "./token.ts";

/** What `authorizeWithMfa` takes besides. */
export interface AuthorizeWithMfaOptions extends CallOptions {
  /** How many times `onChallenge` is asked at most; a challenge asked again counts. Default: 5. */
  readonly maxRounds?: number | undefined;
}

/** Opens authorized sessions. Made by {@link createFlinksClient}. */
export interface FlinksClient {
  /**
   * Asks for a session and gives the API's answer: a session, an MFA challenge (in cached mode too), or an
   * operation that goes on in the background.
   *
   * @throws {FlinksUsageError} the request makes no sense, and nothing was sent
   * @throws {FlinksApiError} the API said no
   * @throws {FlinksResponseError} the answer cannot be read as the API's
   * @throws {FlinksConnectionError} no answer; {@link FlinksTimeoutError} if none came in time
   */
  authorize(request: AuthorizeInput, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Answers a challenge. Works with a challenge and continuation that went through JSON, in another process
   * and with another client.
   *
   * @throws {FlinksUsageError} the answers do not fit the challenge (`prompts` says which), or the continuation
   * is malformed; nothing was sent
   * @throws {FlinksApiError} the API said no; with `challenge` if the answer was wrong and may be given again
   * @throws {FlinksResponseError} the answer cannot be read as the API's
   * @throws {FlinksConnectionError} no answer; {@link FlinksTimeoutError} if none came in time
   */
  answerChallenge(open: OpenChallenge, answers: MfaAnswers, options?: CallOptions): Promise<AuthorizeOutcome>;

  /**
   * Asks for a session and answers challenges with what `onChallenge` gives, until nothing is asked any more.
   * What `onChallenge` throws ends the call and is passed on.
   *
   * @throws {FlinksMfaError} the API still asks after `maxRounds` answers
   * @throws all that `authorize` and `answerChallenge` throw
   */
  authorizeWithMfa(
    request: AuthorizeInput,
    onChallenge: ChallengeHandler,
    options?: AuthorizeWithMfaOptions,
  ): Promise<AuthorizedOutcome | PendingOutcome>;

  /**
   * Mints an authorize token, for the URL of Flinks Connect's iframe. It serves one session and dies after 30
   * minutes without use.
   *
   * @throws {FlinksUsageError} the client was made without `secretKey`
   * @throws {FlinksApiError} the API said no
   * @throws {FlinksResponseError} the answer cannot be read as the API's
   * @throws {FlinksConnectionError} no answer; {@link FlinksTimeoutError} if none came in time
   */
  generateAuthorizeToken(options?: CallOptions): Promise<string>;

  /**
   * The generated openapi-fetch client, for what the methods above do not cover. It goes through the same
   * guards, adds no key by itself, and its middleware sees its own calls only.
   */
  readonly http: FlinksHttpClient;
}

/**
 * Makes a client. Nothing is sent until it is called.
 *
 * @throws {FlinksUsageError} an option is missing or wrong; the message names it
 */
export function createFlinksClient(options: FlinksClientOptions): FlinksClient {
  const settings = readOptions(options);
  const operations = createOperations(settings);
  const tokens = createTokenSource(settings, operations);

  return {
    async authorize(request, callOptions) {
      return authorize(request, readCallOptions(callOptions, settings), { operations, tokens });
    },

    async answerChallenge(open, answers, callOptions) {
      return answerChallenge(open, answers, readCallOptions(callOptions, settings), operations);
    },

    async authorizeWithMfa(request, onChallenge, callOptions) {
      const call = readCallOptions(callOptions, settings, [...callOptionNames, "maxRounds"]);
      const { maxRounds = 5 } = callOptions ?? {};
      assertInteger(maxRounds, "maxRounds", 1);
      must(typeof onChallenge === "function", "onChallenge must be a function.");
      const first = () => authorize(request, call, { operations, tokens });
      return authorizeWithMfa(first, onChallenge, { ...call, maxRounds }, operations);
    },

    async generateAuthorizeToken(callOptions) {
      const call = readCallOptions(callOptions, settings);
      must(settings.secretKey, "generateAuthorizeToken() needs a client that was made with secretKey.");
      return mintToken(settings.secretKey, operations, call);
    },

    http: createHttp(settings),
  };
}

/**
 * The client: options in, methods out. The only wiring.
 *
 * @module
 */
import {
  detail,
  getAccountsDetail,
  getAccountsDetailAsync,
  getAccountsSummary,
  getAccountsSummaryAsync,
  getStatements,
  summary,
} from "./accounts/accounts.ts";
import { waitForData } from "./accounts/wait.ts";
import { assert, assertInteger, assertObject } from "./errors/assert.ts";
import { createApi } from "./http/api.ts";
import { isTransientFailure, retry } from "./http/retry.ts";
import { createUserClient } from "./http/user-client.ts";
import type { FlinksClient } from "./methods.ts";
import type { FlinksClientOptions } from "./options.ts";
import { readGivenChallenge } from "./session/answers.ts";
import { answerSession, openSession, runSession } from "./session/authorize.ts";
import { createConnectUrl } from "./session/connect-url.ts";
import { fromContinuation } from "./session/session.ts";
import { createTokenSource, mintToken } from "./session/token.ts";
import { readCallOptions, readOptions, readWaitOptions } from "./settings.ts";

/**
 * Creates a client. Nothing is sent until a method is called.
 *
 * @throws {@link FlinksUsageError} an option is missing or wrong; the message names it
 * @example
 * const flinks = createFlinksClient({
 *   instance: "toolbox",
 *   customerId: "43387ca6-0391-4c82-857d-70d95f087ecb",
 *   secretKey: process.env.FLINKS_SECRET_KEY,
 *   apiKey: process.env.FLINKS_API_KEY,
 * });
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

    async getAccountsSummary(request, callOptions) {
      return (await getAccountsSummary(request, readCallOptions(callOptions, defaults), api)).outcome;
    },

    async getAccountsDetail(request, callOptions) {
      return (await getAccountsDetail(request, readCallOptions(callOptions, defaults), api)).outcome;
    },

    async getStatements(request, callOptions) {
      const call = readCallOptions(callOptions, { ...defaults, maxResponseBytes: 128 * 1024 * 1024 });
      return (await getStatements(request, call, api)).outcome;
    },

    async getAccountsSummaryAsync(requestId, callOptions) {
      return (await getAccountsSummaryAsync(requestId, readCallOptions(callOptions, defaults), api)).outcome;
    },

    async getAccountsDetailAsync(requestId, callOptions) {
      return (await getAccountsDetailAsync(requestId, readCallOptions(callOptions, defaults), api)).outcome;
    },

    async waitForAccountsSummary(request, waitOptions) {
      const { call, limits } = readWaitOptions(waitOptions, defaults);
      return waitForData(request, summary, limits, call, api);
    },

    async waitForAccountsDetail(request, waitOptions) {
      const { call, limits } = readWaitOptions(waitOptions, defaults);
      return waitForData(request, detail, limits, call, api);
    },

    async createConnectUrl(parameters, callOptions) {
      const call = readCallOptions(callOptions, defaults);
      return createConnectUrl(parameters, connectUrl, call, services.tokens);
    },

    http: createUserClient(settings),
  };
}

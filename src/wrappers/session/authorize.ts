/**
 * Opening a session, answering its challenges one at a time, and both until nothing more is asked.
 *
 * @module
 */
import { FlinksMfaError } from "../errors/errors.ts";
import type { Api } from "../http/api.ts";
import { type ApiResponse, type Call, hiding, noRetry } from "../http/call.ts";
import { pendingOutcome, readResponse, requestIdOf } from "../http/response.ts";
import { isRetryable, isTransientFailure, retry } from "../http/retry.ts";
import { abortable, throwIfAborted } from "../http/signals.ts";
import type { AuthorizedOutcome, AuthorizeOutcome, MfaAnswers, MfaChallenge, PendingOutcome } from "../outcomes.ts";
import type { AuthorizeRequest, AuthorizeResponse200 } from "../wire.ts";
import { readAnswers } from "./answers.ts";
import { readChallenge } from "./challenge.ts";
import { type AuthorizeInput, readAuthorizeInput, readRepeatedFields } from "./input.ts";
import { type Session, toContinuation } from "./session.ts";
import type { TokenSource } from "./token.ts";

/**
 * Shows a challenge to the user and returns the answers.
 *
 * @example
 * const onChallenge: ChallengeHandler = async ({ questions }) =>
 *   Object.fromEntries(await Promise.all(questions.map(async ({ prompt }) => [prompt, await ask(prompt)])));
 * const outcome = await flinks.authorizeWithMfa({ LoginId: loginId }, onChallenge);
 */
export type ChallengeHandler = (challenge: MfaChallenge) => MfaAnswers | Promise<MfaAnswers>;

/** What opening a session needs. */
export interface Services {
  readonly api: Api;
  readonly tokens: TokenSource;
}

/** A session, and what the API last said about it. */
interface Step {
  readonly session: Session;
  readonly outcome: AuthorizeOutcome;
}

/** Sends the first request of a session, with a token of its own. */
export async function openSession(input: AuthorizeInput, call: Call, { api, tokens }: Services): Promise<Step> {
  const body = readAuthorizeInput(input);
  const fields = readRepeatedFields(body);
  // Before a token is taken: an aborted call must not use one up.
  throwIfAborted(call.signal);
  const takeToken = (call: Call) => tokens.take({ reason: call.failures.length === 0 ? "authorize" : "retry" }, call);
  const open = (token: string, call: Call) =>
    send({ token, fields, secrets: [body.Username, body.Password] }, body, 1, call, api);

  // Only the minting of the token is repeated, never the live request: the bank may lock the user out.
  if (!body.MostRecentCached) return open(await retry(call, isTransientFailure, takeToken), call);

  const repeatable = tokens.isRenewable ? call : { ...call, retry: noRetry };
  return retry(repeatable, isRetryable, async (call) => open(await takeToken(call), call));
}

/** Sends the answers to a challenge. Never repeated: a second one would use up another of the user's attempts. */
export async function answerSession(
  session: Session,
  challenge: MfaChallenge,
  answers: MfaAnswers,
  call: Call,
  api: Api,
): Promise<Step> {
  const SecurityResponses = readAnswers(challenge, answers);
  const secrets = [...session.secrets, ...Object.values(SecurityResponses).flat()];
  const body: AuthorizeRequest = {
    ...session.fields,
    RequestId: challenge.requestId,
    // The API's default is true, which would open another, cached session.
    MostRecentCached: false,
    SecurityResponses,
  };
  return send({ ...session, secrets }, body, challenge.round + 1, call, api);
}

/**
 * Opens a session and asks `onChallenge` for answers until nothing more is asked.
 *
 * @throws {@link FlinksMfaError} the API is still asking after `maxRounds` answers
 */
export async function runSession(
  input: AuthorizeInput,
  onChallenge: ChallengeHandler,
  maxRounds: number,
  call: Call,
  services: Services,
): Promise<AuthorizedOutcome | PendingOutcome> {
  let { session, outcome } = await openSession(input, call, services);
  for (let round = 1; outcome.status === "mfa_required"; round++) {
    const { challenge, continuation } = outcome;
    if (round > maxRounds) {
      throw new FlinksMfaError(
        `The API is still asking after ${maxRounds} rounds (maxRounds). Go on with answerChallenge(error, answers), or allow more rounds.`,
        { challenge, continuation },
      );
    }
    throwIfAborted(call.signal);
    // A copy, because the screen may change it.
    const shown: MfaChallenge = JSON.parse(JSON.stringify(challenge));
    const answers = await abortable(onChallenge(shown), { signal: call.signal });
    ({ session, outcome } = await answerSession(session, challenge, answers, call, services.api));
  }
  return outcome;
}

async function send(session: Session, body: AuthorizeRequest, round: number, call: Call, api: Api): Promise<Step> {
  const response = await api.authorize(session.token, body, hiding(call, ...session.secrets));
  return { session, outcome: readOutcome(response, session, round) };
}

/**
 * @param round the number that a challenge in this response gets
 * @throws {@link FlinksApiError} the API refused the request
 * @throws {@link FlinksResponseError} the response makes no sense
 */
function readOutcome(response: ApiResponse, session: Session, round: number): AuthorizeOutcome {
  const reply = readResponse(response, ["done", "pending", "asks"]);
  const { meaning, body } = reply;
  if (meaning === "pending") return pendingOutcome(reply);
  const requestId = requestIdOf(reply);
  if (meaning === "done") return { status: "authorized", requestId, session: body as AuthorizeResponse200 };
  const challenge = readChallenge(reply, requestId, round);
  return { status: "mfa_required", requestId, challenge, continuation: toContinuation(session) };
}

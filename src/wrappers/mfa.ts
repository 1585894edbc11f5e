/**
 * MFA: answers → the next request, for one round (`answerChallenge`) or until nothing is asked any more
 * (`authorizeWithMfa`).
 *
 * @module
 */
import { abortable, throwIfAborted } from "./abortable.ts";
import { type MfaAnswers, readAnswers } from "./answers.ts";
import { assertInteger, assertObject, must } from "./assert.ts";
import type { MfaChallenge } from "./challenge.ts";
import { openContinuation } from "./continuation.ts";
import { FlinksApiError, FlinksMfaError } from "./errors.ts";
import type { Operations } from "./http.ts";
import type { Call } from "./options.ts";
import {
  type AuthorizedOutcome,
  type AuthorizeOutcome,
  type PendingOutcome,
  readOutcome,
} from "./outcome.ts";
import { noRetry } from "./retry.ts";
import { isStrings, isText } from "./wire.ts";

/** What was asked, with what its answer needs besides. An `MfaRequiredOutcome` fits as it is. */
export interface OpenChallenge {
  readonly challenge: MfaChallenge;
  readonly continuation: string;
}

/** Puts a challenge to the user. */
export type ChallengeHandler = (challenge: MfaChallenge) => MfaAnswers | Promise<MfaAnswers>;

export async function answerChallenge(
  open: OpenChallenge,
  answers: MfaAnswers,
  call: Call,
  operations: Operations,
): Promise<AuthorizeOutcome> {
  assertObject(open, "The first argument");
  const challenge = readGivenChallenge(open["challenge"]);
  const { continuation } = open;
  const { token, fields } = openContinuation(continuation);
  // Read before the call: the objects are the caller's, who may change them meanwhile.
  const { requestId, round } = challenge;
  const SecurityResponses = readAnswers(challenge, answers);
  const answer = await operations.authorize(
    token,
    // The API's default for MostRecentCached is true, which would make this a new cached session.
    { ...fields, RequestId: requestId, MostRecentCached: false, SecurityResponses },
    { ...call, retry: noRetry },
  );
  return readOutcome(answer, { round: round + 1, continuation: () => continuation });
}

export async function authorizeWithMfa(
  first: () => Promise<AuthorizeOutcome>,
  onChallenge: ChallengeHandler,
  { maxRounds, ...call }: Call & { readonly maxRounds: number },
  operations: Operations,
): Promise<AuthorizedOutcome | PendingOutcome> {
  let outcome = await first();
  for (let round = 0; outcome.status === "mfa_required"; round++) {
    const { challenge, continuation } = outcome;
    if (round === maxRounds) {
      throw new FlinksMfaError(
        `The API still asks after ${maxRounds} answers (maxRounds). Open a new session, or allow more rounds.`,
        { challenge },
      );
    }
    throwIfAborted(call.signal);
    // A copy, as the screen may take it apart; and a user may take minutes.
    const answers = await abortable(onChallenge(structuredClone(challenge)), call.signal);
    outcome = await answerChallenge(outcome, answers, call, operations).catch((error: unknown) =>
      askedAgain(error, continuation),
    );
  }
  return outcome;
}

/** A refused answer that may be given again is a round like any other. */
function askedAgain(error: unknown, continuation: string): AuthorizeOutcome {
  if (!(error instanceof FlinksApiError) || error.challenge === undefined) throw error;
  const { challenge } = error;
  return { status: "mfa_required", requestId: challenge.requestId, challenge, continuation };
}

/** A challenge that may have been through JSON, a database and somebody's hands. */
function readGivenChallenge(challenge: unknown): MfaChallenge {
  assertObject(challenge, "challenge");
  const { requestId, questions, round } = challenge;
  assertInteger(round, "challenge.round", 1);
  must(
    isText(requestId) &&
      Array.isArray(questions) &&
      questions.length > 0 &&
      questions.every(
        (question) => isStrings([question?.prompt, question?.type]) && isStrings(question.choices),
      ),
    "challenge must have its requestId and its questions as the outcome had them.",
  );
  return challenge as unknown as MfaChallenge;
}

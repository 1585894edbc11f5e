/**
 * An answer that says no → the error that says what to do about it.
 *
 * @module
 */
import { type MfaChallenge, readMfaChallenge } from "./challenge.ts";
import { type FlinksCode, factsOf, isKnownFlinksCode, readFlinksCode } from "./codes.ts";
import { FlinksApiError, type FlinksResponseError } from "./errors.ts";
import { type Answer, logged, unreadable } from "./exchange.ts";
import { type AuthorizeResponse401, type ErrorBody, fieldsOf, idOf, textOf } from "./wire.ts";

/** Longer than any message seen, and short enough for a log. */
const mostMessageCharacters = 512;

/**
 * @param operation what was called, for the message
 * @param round which challenge of its session the next one is, should the answer ask again
 */
export function readFailure(
  operation: string,
  answer: Answer,
  round: number,
): FlinksApiError | FlinksResponseError {
  const { HttpStatusCode, FlinksCode, Message } = fieldsOf<ErrorBody | AuthorizeResponse401>(answer.body);
  const { SecurityChallenges } = fieldsOf<AuthorizeResponse401>(answer.body);
  const said = textOf(Message);
  const isKnown = isKnownFlinksCode(readFlinksCode(textOf(FlinksCode), answer.status));
  const saysNothing = [textOf(FlinksCode), said, HttpStatusCode, SecurityChallenges].every(
    (value) => value === undefined,
  );
  if (saysNothing || (answer.status < 400 && !isKnown)) {
    return unreadable(
      answer,
      `${operation} was answered with something that is neither a result nor an error`,
    );
  }
  const { status, mask } = answer;
  const code = readCode(textOf(FlinksCode), answer);
  const { sentence, ...facts } = factsOf(code, status);
  const message = said && mask(said).slice(0, mostMessageCharacters);
  const requestId = idOf(fieldsOf<AuthorizeResponse401>(answer.body).RequestId);
  return new FlinksApiError(
    `${operation} was refused: ${code} (HTTP ${status}). ${sentence}${message === undefined ? "" : ` Flinks says: "${message}"`}`,
    {
      status,
      code,
      ...facts,
      headers: logged(answer),
      requestId: requestId && mask(requestId),
      challenge: readAskedAgain(answer, round, { code, ...(message === undefined ? {} : { message }) }),
    },
  );
}

/** An unknown code is the server's own text, which may hold anything. Masked before its padding goes. */
function readCode(value: string | undefined, { status, mask }: Answer): FlinksCode {
  const code = readFlinksCode(value, status);
  if (value === undefined || isKnownFlinksCode(code)) return code;
  return readFlinksCode(mask(value), status).slice(0, mostMessageCharacters);
}

/** A wrong answer that may be given again carries its challenge, as a 203 does. */
function readAskedAgain(
  { status, body }: Answer,
  round: number,
  rejected: NonNullable<MfaChallenge["rejected"]>,
): MfaChallenge | undefined {
  // A code with another meaning is no question: a user who answers a locked login again is locked out longer.
  const asksAgain =
    rejected.code === "INVALID_SECURITY_RESPONSE" || (status === 401 && !isKnownFlinksCode(rejected.code));
  if (!asksAgain) return undefined;
  const challenge = readMfaChallenge(fieldsOf<AuthorizeResponse401>(body), round);
  return challenge && { ...challenge, rejected };
}

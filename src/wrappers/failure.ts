/**
 * An answer that says no → the error that says what to do about it.
 *
 * @module
 */
import { readMfaChallenge } from "./challenge.ts";
import { factsOf, isKnownFlinksCode, readFlinksCode } from "./codes.ts";
import { FlinksApiError, type FlinksResponseError } from "./errors.ts";
import { type Answer, excerptOf, logged, nameOf, unreadable } from "./exchange.ts";
import { type AuthorizeResponse401, defined, type ErrorBody, fieldsOf, idOf, textOf } from "./wire.ts";

/** @param round which challenge of its session the next one is, should the answer ask again */
export function readFailure(answer: Answer, round: number): FlinksApiError | FlinksResponseError {
  const { status, mask, body } = answer;
  const { HttpStatusCode, FlinksCode, Message } = fieldsOf<ErrorBody | AuthorizeResponse401>(body);
  const { RequestId, SecurityChallenges } = fieldsOf<AuthorizeResponse401>(body);
  const given = readFlinksCode(textOf(FlinksCode), status);
  const isKnown = isKnownFlinksCode(given);
  // An unknown code is the server's own text, which may hold anything. Masked before its padding goes.
  const code = isKnown ? given : excerptOf(readFlinksCode(mask(textOf(FlinksCode) ?? ""), status));
  const said = textOf(Message);
  const saysNothing = [textOf(FlinksCode), said, HttpStatusCode, SecurityChallenges].every(
    (value) => value === undefined,
  );
  if (saysNothing || (status < 400 && !isKnown)) {
    return unreadable(answer, "is neither a result nor an error");
  }
  const message = said && excerptOf(mask(said));
  const { sentence, ...facts } = factsOf(code, status);
  const requestId = idOf(RequestId);
  // A wrong answer that may be given again carries its challenge, as a 203 does. A code with another meaning is no
  // question: a user who answers a locked login again is locked out longer.
  const challenge =
    code === "INVALID_SECURITY_RESPONSE" || (status === 401 && !isKnown)
      ? readMfaChallenge(fieldsOf<AuthorizeResponse401>(body), round)
      : undefined;
  return new FlinksApiError(
    `${nameOf(answer.request)} was refused: ${code} (HTTP ${status}). ${sentence}${message ? ` Flinks says: "${message}"` : ""}`,
    {
      status,
      code,
      ...facts,
      headers: logged(answer),
      requestId: requestId && mask(requestId),
      challenge: challenge && { ...challenge, rejected: defined({ code, message }) },
    },
  );
}

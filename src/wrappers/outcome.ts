/**
 * An answer of `/Authorize` → an outcome, or the error that it is. Status and body decide together: a proxy
 * that transforms an answer may turn 200 into 203 (RFC 9110, 15.3.4), and a 203 is no session.
 *
 * @module
 */
import { type MfaChallenge, readMfaChallenge } from "./challenge.ts";
import { type FlinksCode, readFlinksCode } from "./codes.ts";
import { type Answer, unreadable } from "./exchange.ts";
import { readFailure } from "./failure.ts";
import {
  type AuthorizeResponse200,
  type AuthorizeResponse202,
  type AuthorizeResponse203,
  fieldsOf,
  idOf,
  listOf,
  numberOf,
  textOf,
} from "./wire.ts";

/** A session is open (HTTP 200): `requestId` opens data calls. */
export interface AuthorizedOutcome {
  status: "authorized";
  requestId: string;
  /** The body as the API sent it. `Login` is absent after an MFA answer. */
  session: AuthorizeResponse200;
}

/** The bank asks the user something (HTTP 203), in cached mode too. Answer with `answerChallenge`. */
export interface MfaRequiredOutcome {
  status: "mfa_required";
  requestId: string;
  /** For the user's screen. */
  challenge: MfaChallenge;
  /**
   * What the answer needs besides: an opaque string with the session's authorize token. It stays the same
   * through all rounds of a session, and it is a secret: keep it on the server, out of browsers and logs.
   */
  continuation: string;
}

/** The work goes on in the background (HTTP 202): neither a session nor a failure. */
export interface PendingOutcome {
  status: "pending";
  requestId: string;
  /** `OPERATION_PENDING`, or `OPERATION_DISPATCHED` for a live call of more than 210 s. */
  code: FlinksCode;
  message?: string;
}

/** One answer of the API. Tell them apart by `status`. */
export type AuthorizeOutcome = AuthorizedOutcome | MfaRequiredOutcome | PendingOutcome;

/** What the session is about, beside the answer itself. */
export interface SessionContext {
  /** Which challenge of the session the next one is; 1 for the first. */
  readonly round: number;
  readonly continuation: () => string;
}

/**
 * @throws {FlinksApiError} the API said no; with `challenge` if it asks again
 * @throws {FlinksResponseError} the answer has no meaning that this client knows
 */
export function readOutcome(answer: Answer, context: SessionContext): AuthorizeOutcome {
  switch (answer.status) {
    case 202:
      return readPending(answer);
    case 200:
    case 203:
      return readSessionOrChallenge(answer, context);
    default:
      throw readFailure("Authorize", answer, context.round);
  }
}

function readPending(answer: Answer): PendingOutcome {
  const { RequestId, FlinksCode, Message } = fieldsOf<AuthorizeResponse202>(answer.body);
  const requestId = idOf(RequestId);
  if (requestId === undefined) {
    throw unreadable(answer, "Authorize was answered with a pending operation that has no RequestId");
  }
  const message = textOf(Message);
  return {
    status: "pending",
    requestId,
    code: readFlinksCode(textOf(FlinksCode), answer.status),
    ...(message === undefined ? {} : { message: answer.mask(message) }),
  };
}

function readSessionOrChallenge(answer: Answer, context: SessionContext): AuthorizeOutcome {
  const { SecurityChallenges } = fieldsOf<AuthorizeResponse203>(answer.body);
  if ((listOf(SecurityChallenges) ?? []).length > 0) return readChallenge(answer, context);
  const meant = statusMeant(answer);
  if (meant >= 400) throw readFailure("Authorize", { ...answer, status: meant }, context.round);
  if (meant === 203)
    throw unreadable(answer, "Authorize asked for an MFA answer, but nothing that could be answered");
  if (meant === 202) return readPending(answer);

  const { RequestId } = fieldsOf<AuthorizeResponse200>(answer.body);
  const requestId = idOf(RequestId);
  if (requestId === undefined) throw unreadable(answer, "Authorize was answered without a RequestId");
  return { status: "authorized", requestId, session: answer.body as AuthorizeResponse200 };
}

/**
 * The status that the API meant by a 200 or 203 without questions: what the body says of itself; else a list
 * of challenges, though empty, makes it a challenge still.
 */
function statusMeant({ status, body }: Answer): number {
  const { HttpStatusCode } = fieldsOf<AuthorizeResponse200 | AuthorizeResponse203>(body);
  const { SecurityChallenges } = fieldsOf<AuthorizeResponse203>(body);
  return numberOf(HttpStatusCode) ?? ((SecurityChallenges ?? undefined) === undefined ? 200 : status);
}

function readChallenge(answer: Answer, { round, continuation }: SessionContext): MfaRequiredOutcome {
  const asked = fieldsOf<AuthorizeResponse203>(answer.body);
  const challenge = readMfaChallenge(asked, round);
  if (challenge === undefined) {
    throw unreadable(answer, "Authorize asked for an MFA answer in a form that this client cannot read");
  }
  return { status: "mfa_required", requestId: challenge.requestId, challenge, continuation: continuation() };
}

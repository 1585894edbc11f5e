/**
 * An answer of `/Authorize` → an outcome, or the error that it is. Status and body decide together: a proxy
 * that transforms an answer may turn 200 into 203 (RFC 9110, 15.3.4), and a 203 is no session.
 *
 * @module
 */
import { type MfaChallenge, readMfaChallenge } from "./challenge.ts";
import { type FlinksCode, isKnownFlinksCode, readFlinksCode } from "./codes.ts";
import { type Answer, unreadable } from "./exchange.ts";
import { readFailure } from "./failure.ts";
import {
  type AuthorizeResponse200,
  type AuthorizeResponse202,
  type AuthorizeResponse203,
  defined,
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

type OutcomeBody = AuthorizeResponse200 | AuthorizeResponse202 | AuthorizeResponse203;

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
export function readOutcome(answer: Answer, { round, continuation }: SessionContext): AuthorizeOutcome {
  const { status, body, mask } = answer;
  const { HttpStatusCode, RequestId } = fieldsOf<OutcomeBody>(body);
  const { FlinksCode, Message } = fieldsOf<AuthorizeResponse202>(body);
  const { SecurityChallenges } = fieldsOf<AuthorizeResponse203>(body);
  const code = readFlinksCode(textOf(FlinksCode), status);
  const isPending = code === "OPERATION_PENDING" || code === "OPERATION_DISPATCHED";
  const said = numberOf(HttpStatusCode);
  // The status may be a proxy's, and a code decides.
  if (![200, 202, 203].includes(status) || (said ?? 0) >= 400 || (isKnownFlinksCode(code) && !isPending)) {
    throw readFailure({ ...answer, status: Math.max(status, said ?? 0) }, round);
  }
  // A list of challenges, though empty, makes a 203 a challenge still.
  const isAsked = (SecurityChallenges ?? undefined) !== undefined;
  const meant = status === 202 ? status : (said ?? (isAsked ? status : 200));
  const requestId = idOf(RequestId);
  if (status !== 202 && ((isAsked && listOf(SecurityChallenges)?.length !== 0) || meant === 203)) {
    const challenge = readMfaChallenge(fieldsOf<AuthorizeResponse203>(body), round);
    if (challenge === undefined) throw unreadable(answer, "asks nothing that can be answered");
    return {
      status: "mfa_required",
      requestId: challenge.requestId,
      challenge,
      continuation: continuation(),
    };
  }
  if (requestId === undefined) throw unreadable(answer, "has no RequestId");
  if (meant !== 202 && !isPending) {
    return { status: "authorized", requestId, session: body as AuthorizeResponse200 };
  }
  const message = textOf(Message);
  return defined<PendingOutcome>({ status: "pending", requestId, code, message: message && mask(message) });
}

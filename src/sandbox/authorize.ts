/**
 * The two operations that open a session, as the API carries them out.
 *
 * @module
 */
import { isStrings } from "../wrappers/errors/assert.ts";
import type { AuthorizeRequest } from "../wrappers/wire.ts";
import { type FieldTypes, malformedField } from "./fields.ts";
import { findUser, institution, loginIds, password, toolbox } from "./institution.ts";
import { type GivenAnswers, judge } from "./questions.ts";
import {
  challenge,
  challengeAgain,
  expiredSession,
  invalidRequest,
  noSession,
  pending,
  type Reply,
  refused,
  session,
  token,
} from "./replies.ts";
import type { SandboxLogin, SandboxSession, SandboxState } from "./state.ts";

export function generateAuthorizeToken(key: string, state: SandboxState): Reply {
  return key === toolbox.secretKey
    ? token(state.mintToken())
    : refused(401, undefined, "You must provide a valid auth key");
}

export function authorize(key: string, body: unknown, state: SandboxState): Reply {
  if (!state.isKnownToken(key)) return refusedToken();
  const malformed = malformedRequest(body);
  if (malformed !== undefined) return invalidRequest(malformed);
  const request = body as AuthorizeRequest;
  const { RequestId } = request;
  if (RequestId !== undefined) return answer(key, { ...request, RequestId }, state);
  if (request.SecurityResponses !== undefined) return invalidRequest("SecurityResponses needs a RequestId");
  if (state.isSpentToken(key)) return refusedToken();
  return request.LoginId === undefined
    ? connect(key, request, state)
    : resume(key, { ...request, LoginId: request.LoginId }, state);
}

/** With a LoginId: cached, or a live refresh. */
function resume(key: string, request: AuthorizeRequest & { LoginId: string }, state: SandboxState): Reply {
  const { LoginId: loginId, Username, Password } = request;
  if (Username !== undefined || Password !== undefined) return invalidRequest("Send either a LoginId or credentials");
  const user = state.settings.logins.get(loginId);
  return user === undefined
    ? refused(400, "INVALID_LOGIN", "The LoginId provided is either invalid or does not belong to the CustomerId.")
    : openFor({ user, loginId, ...keptFrom(request) }, key, state);
}

/** With credentials: live. Takes whatever token it is given: the Connect page has spent its own already. */
export function connect(key: string, request: AuthorizeRequest, state: SandboxState): Reply {
  const { Institution, Username, Password, MostRecentCached = true } = request;
  if (Institution === undefined || Username === undefined || Password === undefined) {
    return invalidRequest("A LoginId, or Institution, Username and Password are needed");
  }
  if (MostRecentCached) return invalidRequest("MostRecentCached must be false with credentials");
  if (Institution !== institution.Institution) return invalidRequest("The Institution is unknown");
  const user = findUser(Username);
  if (user === undefined) return refused(401, "INVALID_USERNAME", "The username is invalid");
  if (Password !== password) return refused(401, "INVALID_PASSWORD", "The password is invalid");
  return openFor({ user, loginId: loginIds[user], ...keptFrom(request) }, key, state);
}

function keptFrom({ Save = true, Tag }: AuthorizeRequest): Pick<SandboxLogin, "saved" | "tag"> {
  return { saved: Save, tag: Tag };
}

function openFor(login: SandboxLogin, key: string, state: SandboxState): Reply {
  const opened = state.open(key, login);
  switch (login.user) {
    case "greatday":
      return next(opened, opened);
    case "greatday_nomfa":
      opened.state = "authorized";
      return session(opened.requestId, opened);
    case "test_disabled_account":
      return refused(401, "DISABLED_LOGIN", "Login has been disabled");
    case "test_service_unavailable":
      return refused(401, "RETRY_LATER", "The institution cannot be reached, retry later");
    case "test_dispatched":
    case "test_pending":
      opened.state = "pending";
      return pending(opened.requestId, login.user);
  }
}

/** The next round of questions, or the session once there is none left. */
function next(opened: SandboxSession, login?: SandboxSession): Reply {
  const [round] = opened.rounds;
  opened.state = round === undefined ? "authorized" : "asked";
  return round === undefined ? session(opened.requestId, login) : challenge(opened.requestId, round);
}

/** With a RequestId: an MFA answer. */
export function answer(key: string, request: AuthorizeRequest & { RequestId: string }, state: SandboxState): Reply {
  const { RequestId, SecurityResponses = {}, MostRecentCached, Username, Password, Save = true } = request;
  if (MostRecentCached !== false) return invalidRequest("MostRecentCached must be false with a RequestId");
  if (Username !== undefined || Password !== undefined) {
    return invalidRequest("Credentials must not be sent with a RequestId");
  }
  const found = state.find(RequestId);
  if (found === undefined || found.state === "ended" || found.state === "pending") return noSession();
  if (found.token !== key) return refusedToken();
  if (found.state === "authorized") {
    return refused(400, "ALREADY_AUTHORIZED", "The session has been authorized already");
  }
  if (state.isExpired(found)) return expiredSession();
  // The last word counts: an answer that does not say it again keeps the login.
  found.saved = Save;
  return judged(found, new Map(Object.entries(SecurityResponses)), state);
}

function judged(asked: SandboxSession, given: GivenAnswers, state: SandboxState): Reply {
  const { requestId, rounds } = asked;
  const round = rounds[0] as (typeof rounds)[number];
  switch (judge(round, given)) {
    case "unknown":
      return refused(400, "UNKNOWN_CHALLENGE_KEY", "A key of SecurityResponses matches no prompt of the challenge");
    case "missing":
      return refused(400, "SECURITYRESPONSES_INCOMPLETE", "A prompt has no answer in SecurityResponses");
    case "right":
      state.touch(asked);
      rounds.shift();
      return next(asked);
    case "wrong":
      state.touch(asked);
      return state.countWrongAnswer(asked)
        ? challengeAgain(requestId, round)
        : refused(401, "INVALID_SECURITY_RESPONSE_NO_RETRY", "The answer is wrong, and no further try is left");
  }
}

const fieldTypes: FieldTypes<AuthorizeRequest> = {
  LoginId: "string",
  MostRecentCached: "boolean",
  Username: "string",
  Password: "string",
  Institution: "string",
  Language: "string",
  Save: "boolean",
  Tag: "string",
  RequestId: "string",
  SecurityResponses: "object",
};

function malformedRequest(body: unknown): string | undefined {
  const malformed = malformedField(body, fieldTypes);
  if (malformed !== undefined) return malformed;
  const { SecurityResponses = {} } = body as AuthorizeRequest;
  return Object.values(SecurityResponses).every(isStrings)
    ? undefined
    : "SecurityResponses must hold arrays of strings";
}

function refusedToken(): Reply {
  return refused(401, undefined, "You must provide a valid authorize token");
}

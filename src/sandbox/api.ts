/**
 * The two operations, as the API carries them out.
 *
 * @module
 */
import type { AuthorizeRequest, Unverified } from "../wrappers/wire.ts";
import { findUser, institution, loginIds, password, type SandboxUser } from "./institution.ts";
import { challenge, challengeAgain, pending, type Reply, refused, session, token } from "./replies.ts";
import type { SandboxSession, SandboxState } from "./state.ts";

/** What the sandbox was created with. */
export interface SandboxSettings {
  readonly secretKey: string;
  readonly logins: ReadonlyMap<string, SandboxUser>;
  readonly now: () => number;
}

export function generateAuthorizeToken(key: string, state: SandboxState, settings: SandboxSettings): Reply {
  return key === settings.secretKey
    ? token(state.mintToken())
    : refused(401, undefined, "You must provide a valid auth key");
}

export function authorize(key: string, body: unknown, state: SandboxState, settings: SandboxSettings): Reply {
  if (!state.isKnownToken(key)) return refusedToken();
  const malformed = malformedField(body);
  if (malformed !== undefined) return invalidRequest(malformed);
  const request = body as AuthorizeRequest;
  const { RequestId } = request;
  if (RequestId !== undefined) return answer(key, { ...request, RequestId }, state);
  if (request.SecurityResponses !== undefined) return invalidRequest("SecurityResponses needs a RequestId");
  if (state.isSpentToken(key)) return refusedToken();
  return request.LoginId === undefined
    ? connect(key, request, state, settings)
    : resume(key, request, request.LoginId, state, settings);
}

/** With a LoginId: cached, or a live refresh. */
function resume(
  key: string,
  request: AuthorizeRequest,
  loginId: string,
  state: SandboxState,
  settings: SandboxSettings,
): Reply {
  if (request.Username !== undefined || request.Password !== undefined) {
    return invalidRequest("Send either a LoginId or credentials");
  }
  const user = settings.logins.get(loginId);
  return user === undefined
    ? refused(400, "INVALID_LOGIN", "The LoginId provided is either invalid or does not belong to the CustomerId.")
    : openFor({ user, loginId }, key, state, settings);
}

/** With credentials: live. */
function connect(key: string, request: AuthorizeRequest, state: SandboxState, settings: SandboxSettings): Reply {
  const { Institution, Username, Password, MostRecentCached = true } = request;
  if (Institution === undefined || Username === undefined || Password === undefined) {
    return invalidRequest("A LoginId, or Institution, Username and Password are needed");
  }
  if (MostRecentCached) return invalidRequest("MostRecentCached must be false with credentials");
  if (Institution !== institution.Institution) return invalidRequest("The Institution is unknown");
  const user = findUser(Username);
  if (user === undefined) return refused(401, "INVALID_USERNAME", "The username is invalid");
  if (Password !== password) return refused(401, "INVALID_PASSWORD", "The password is invalid");
  return openFor({ user, loginId: loginIds[user] }, key, state, settings);
}

function openFor(
  { user, loginId }: { user: SandboxUser; loginId: string },
  key: string,
  state: SandboxState,
  { now }: SandboxSettings,
): Reply {
  const opened = state.open(key, user);
  switch (user) {
    case "greatday":
      opened.state = "asked";
      return challenge(opened.requestId, opened.question.prompt);
    case "greatday_nomfa":
      opened.state = "authorized";
      return session(opened.requestId, { user, loginId, now: now() });
    case "test_disabled_account":
      return refused(401, "DISABLED_LOGIN", "Login has been disabled");
    case "test_service_unavailable":
      return refused(401, "RETRY_LATER", "The institution cannot be reached, retry later");
    case "test_dispatched":
      return pending(opened.requestId, "OPERATION_DISPATCHED", "Your operation has been dispatched");
    case "test_pending":
      return pending(opened.requestId, "OPERATION_PENDING", "Your operation is still processing");
  }
}

/** With a RequestId: an MFA answer. */
function answer(
  key: string,
  { RequestId, SecurityResponses, MostRecentCached, Username, Password }: AuthorizeRequest & { RequestId: string },
  state: SandboxState,
): Reply {
  if (MostRecentCached !== false) return invalidRequest("MostRecentCached must be false with a RequestId");
  if (Username !== undefined || Password !== undefined) {
    return invalidRequest("Credentials must not be sent with a RequestId");
  }
  const found = state.find(RequestId);
  if (found === undefined || found.state === "ended") {
    return refused(400, "SESSION_NONEXISTENT", "RequestId is invalid or session has ended");
  }
  if (found.token !== key) return refusedToken();
  if (found.state === "authorized") {
    return refused(400, "ALREADY_AUTHORIZED", "The session has been authorized already");
  }
  if (state.isExpired(found)) return refused(400, "SESSION_EXPIRED", "The session has expired");
  return judge(found, new Map(Object.entries(SecurityResponses ?? {})), state);
}

function judge(asked: SandboxSession, given: ReadonlyMap<string, string[]>, state: SandboxState): Reply {
  const { requestId, question } = asked;
  if ([...given.keys()].some((prompt) => prompt !== question.prompt)) {
    return refused(400, "UNKNOWN_CHALLENGE_KEY", "A key of SecurityResponses matches no prompt of the challenge");
  }
  const [answered, ...others] = given.get(question.prompt) ?? [];
  if (answered === undefined) {
    return refused(400, "SECURITYRESPONSES_INCOMPLETE", "A prompt has no answer in SecurityResponses");
  }
  if (answered === question.answer && others.length === 0) {
    asked.state = "authorized";
    return session(requestId);
  }
  return state.countWrongAnswer(asked)
    ? challengeAgain(requestId, question.prompt)
    : refused(401, "INVALID_SECURITY_RESPONSE_NO_RETRY", "The answer is wrong, and no further try is left");
}

const fieldTypes: { readonly [Field in keyof AuthorizeRequest]?: "string" | "boolean" | "object" } = {
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

/** What is wrong with the body's form, if anything is. */
function malformedField(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "The body must be a JSON object";
  const fields: Unverified<AuthorizeRequest> = body;
  for (const [name, type] of Object.entries(fieldTypes)) {
    const value = fields[name as keyof AuthorizeRequest];
    if (value !== undefined && (typeof value !== type || value === null)) return `${name} must be of type ${type}`;
  }
  const values = Object.values((fields.SecurityResponses ?? {}) as Record<string, unknown>);
  const areLists = values.every(
    (value) => Array.isArray(value) && value.every((answered) => typeof answered === "string"),
  );
  return areLists ? undefined : "SecurityResponses must hold arrays of strings";
}

function invalidRequest(message: string): Reply {
  return refused(400, "INVALID_REQUEST", message);
}

function refusedToken(): Reply {
  return refused(401, undefined, "You must provide a valid authorize token");
}

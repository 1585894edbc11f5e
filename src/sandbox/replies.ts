/**
 * What the sandbox says, in the API's words where they were captured and in its form everywhere.
 *
 * @module
 */
import type { KnownFlinksCode } from "../wrappers/codes.ts";
import type {
  AuthorizeResponse200,
  AuthorizeResponse202,
  AuthorizeResponse203,
  AuthorizeResponse401,
  ErrorBody,
  GenerateAuthorizeTokenResponse200,
} from "../wrappers/wire.ts";
import { institution } from "./institution.ts";
import type { SandboxSession } from "./state.ts";
import type { SandboxQuestion, SandboxUser } from "./types.ts";
import type { Sent } from "./wire.ts";

/** A status and a body. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

type Round = readonly SandboxQuestion[];

/** What a `Login` is made of. */
export type LoginFacts = Pick<SandboxSession, "user" | "loginId" | "openedAt" | "saved">;

export function token(Token: string): Reply {
  return ok<GenerateAuthorizeTokenResponse200>(200, { Token });
}

/** A session. Without a login, as captured after an MFA answer. */
export function session(RequestId: string, login?: LoginFacts): Reply {
  return ok<AuthorizeResponse200>(200, {
    Links: dataLinks("AccountsDetail", "AccountsSummary", "Statements"),
    ...(login && loginField(login)),
    ...institution,
    RequestId,
  });
}

export function dataLinks(...rels: readonly string[]) {
  return rels.map((rel) => link(rel, `/Get${rel}`));
}

function link(rel: string, href: string, example: string | null = null) {
  return { rel, href, example };
}

/** Absent if the login is not kept (`Save`). */
export function loginField({ user, loginId, openedAt, saved }: LoginFacts) {
  if (!saved) return {};
  const Login = {
    Username: user,
    IsScheduledRefresh: false,
    // UTC without an offset and with seven digits of a second, as captured.
    LastRefresh: new Date(openedAt).toISOString().replace("Z", "0000"),
    Type: "Personal",
    Id: loginId,
  };
  return { Login };
}

/** An operation of this user's that goes on in the background. */
export function pending(RequestId: string, user: SandboxUser): Reply {
  const rel = "{Endpoint}Async";
  const Links = [link(rel, `/${rel}`, `/${rel}/{requestId}`)];
  const said: { FlinksCode: KnownFlinksCode; Message: string } =
    user === "test_dispatched"
      ? { FlinksCode: "OPERATION_DISPATCHED", Message: "Your operation has been dispatched" }
      : { FlinksCode: "OPERATION_PENDING", Message: "Your operation is still processing" };
  return ok<AuthorizeResponse202>(202, { ...said, Links, RequestId });
}

export function challenge(RequestId: string, round: Round): Reply {
  return ok<AuthorizeResponse203>(203, {
    Links: [link("Authorization", "/Authorize")],
    ...asked(RequestId, round),
  });
}

/** A wrong answer that may be given again. */
export function challengeAgain(RequestId: string, round: Round): Reply {
  const { status, body } = refused(401, "INVALID_SECURITY_RESPONSE", "The answer to the security question is wrong");
  const again: Sent<AuthorizeResponse401> = { ...body, ...asked(RequestId, round) };
  return { status, body: again };
}

function asked(RequestId: string, round: Round): Sent<AuthorizeResponse203> {
  const SecurityChallenges = round.map(({ Type, Prompt, Iterables }) => {
    return { Type, Prompt, ...(Iterables && { Iterables: [...Iterables] }) };
  });
  return { SecurityChallenges, ...institution, RequestId };
}

/** A failure. Without a code, as a refused key or token is. */
export function refused(status: number, FlinksCode: KnownFlinksCode | undefined, Message: string): Reply {
  const body: Sent<ErrorBody> = {
    HttpStatusCode: status,
    Message,
    ...(FlinksCode === undefined ? {} : { FlinksCode }),
  };
  return { status, body };
}

export function invalidRequest(message: string): Reply {
  return refused(400, "INVALID_REQUEST", message);
}

export function noSession(): Reply {
  return refused(400, "SESSION_NONEXISTENT", "RequestId is invalid or session has ended");
}

export function expiredSession(): Reply {
  return refused(400, "SESSION_EXPIRED", "The session has expired");
}

/** A success, with its status in the body, too. */
export function ok<Body>(status: number, body: Sent<Body>): Reply {
  return { status, body: { HttpStatusCode: status, ...body } };
}

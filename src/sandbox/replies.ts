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
import { institution, type SandboxUser } from "./institution.ts";

/** A status and a body. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

/** A body as captured. The wire may have fields that the document does not, or no longer; those it has must fit. */
type Sent<Body> = Body & Record<string, unknown>;

/** Whose session it is, by which LoginId, and when. */
interface SandboxLogin {
  readonly user: SandboxUser;
  readonly loginId: string;
  readonly now: number;
}

export function token(Token: string): Reply {
  return ok<GenerateAuthorizeTokenResponse200>(200, { Token });
}

export function session(RequestId: string, login?: SandboxLogin): Reply {
  const rels = ["AccountsDetail", "AccountsSummary", "Statements"];
  return ok<AuthorizeResponse200>(200, {
    Links: rels.map((rel) => link(rel, `/Get${rel}`)),
    // Absent after an MFA answer, as captured.
    ...(login === undefined ? {} : { Login: loginOf(login) }),
    ...institution,
    RequestId,
  });
}

function link(rel: string, href: string, example: string | null = null) {
  return { rel, href, example };
}

function loginOf({ user, loginId, now }: SandboxLogin) {
  return {
    Username: user,
    IsScheduledRefresh: false,
    // UTC without an offset and with seven digits of a second, as captured.
    LastRefresh: new Date(now).toISOString().replace("Z", "0000"),
    Type: "Personal",
    Id: loginId,
  };
}

export function pending(RequestId: string, FlinksCode: KnownFlinksCode, Message: string): Reply {
  const rel = "{Endpoint}Async";
  const Links = [link(rel, `/${rel}`, `/${rel}/{requestId}`)];
  return ok<AuthorizeResponse202>(202, { FlinksCode, Links, Message, RequestId });
}

export function challenge(RequestId: string, prompt: string): Reply {
  return ok<AuthorizeResponse203>(203, {
    Links: [link("Authorization", "/Authorize")],
    ...asked(RequestId, prompt),
  });
}

/** A wrong answer that may be given again. */
export function challengeAgain(RequestId: string, prompt: string): Reply {
  const { status, body } = refused(401, "INVALID_SECURITY_RESPONSE", "The answer to the security question is wrong");
  const again: Sent<AuthorizeResponse401> = { ...body, ...asked(RequestId, prompt) };
  return { status, body: again };
}

function asked(RequestId: string, Prompt: string): Sent<AuthorizeResponse203> {
  return { SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt }], ...institution, RequestId };
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

function ok<Body>(status: number, body: Sent<Body>): Reply {
  return { status, body: { HttpStatusCode: status, ...body } };
}

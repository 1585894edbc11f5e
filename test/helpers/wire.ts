/** What the API sends, for servers that stand in for it. Fields that a test cares about are overridden. */
import type { Reply } from "./http-server.ts";

export const requestId = "fd4e2952-95a8-46a3-b44c-84daf099ce13";

/** A session: HTTP 200. */
export function session(fields: object = {}): Reply {
  return { body: { HttpStatusCode: 200, RequestId: requestId, Institution: "FlinksCapital", ...fields } };
}

/** One free-text question as the API sends it. */
export function question(prompt = "What city were you born in?", fields: object = {}): object {
  return { Type: "QuestionAndAnswer", Prompt: prompt, ...fields };
}

/** A challenge: HTTP 203. Without `questions` it asks one. */
export function challenge(questions: readonly unknown[] = [question()], fields: object = {}): Reply {
  return {
    status: 203,
    body: { HttpStatusCode: 203, RequestId: requestId, SecurityChallenges: questions, ...fields },
  };
}

/** A wrong answer that may be given again: HTTP 401 with questions. */
export function challengeAgain(questions: readonly unknown[] = [question()], fields: object = {}): Reply {
  return refusal("INVALID_SECURITY_RESPONSE", {
    status: 401,
    Message: "The answer is wrong",
    RequestId: requestId,
    SecurityChallenges: questions,
    ...fields,
  });
}

/** An operation that goes on in the background: HTTP 202. */
export function pending(code = "OPERATION_PENDING", fields: object = {}): Reply {
  return {
    status: 202,
    body: { HttpStatusCode: 202, FlinksCode: code, RequestId: requestId, Message: "Still processing", ...fields },
  };
}

/** A refusal, by default HTTP 400. Without a code, as a refused key or token is. */
export function refusal(
  code: string | undefined,
  {
    status = 400,
    headers,
    ...fields
  }: { status?: number; headers?: Record<string, string> } & Record<string, unknown> = {},
): Reply {
  const body = {
    HttpStatusCode: status,
    Message: "Refused",
    ...(code !== undefined && { FlinksCode: code }),
    ...fields,
  };
  return { status, body, ...(headers && { headers }) };
}

/** A minted token: HTTP 200. */
export function token(Token = "d65f1adb-8ebc-48dc-be8b-20c773ba1565"): Reply {
  return { body: { HttpStatusCode: 200, Token } };
}

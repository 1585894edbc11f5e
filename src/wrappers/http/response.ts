/**
 * What a response means. Status, code and body decide together: a transforming proxy may turn 200 into 203 (RFC 9110,
 * 15.3.4), the status of a refusal varies, and the code may be absent, unknown or padded with a space.
 *
 * @module
 */
import type { Unverified } from "../checked-types.ts";
import { type FlinksCode, isKnownFlinksCode } from "../codes.ts";
import { isObject } from "../errors/assert.ts";
import { cleanOrOmit } from "../errors/redact.ts";
import type { PendingOutcome } from "../outcomes.ts";
import type {
  AccountsDetail,
  AccountsSummary,
  AuthorizeResponse,
  ErrorBody,
  GenerateAuthorizeTokenResponse200,
  Statements,
} from "../wire.ts";
import type { ApiResponse, OutgoingRequest } from "./call.ts";
import { invalidResponse, refused } from "./failure.ts";

type Body = Unverified<
  AuthorizeResponse | ErrorBody | GenerateAuthorizeTokenResponse200 | AccountsSummary | AccountsDetail | Statements
> & {
  /** Not in the vendor's document; the vendor's C# SDK reads it from a 400. */
  readonly ValidationDetails?: unknown;
};

/** What a response can mean. An operation expects some of these; the others are errors. */
export type Meaning = "done" | "pending" | "asks";

/** A response that means something, with the fields that the client reads. */
export interface Reply {
  readonly response: ApiResponse;
  readonly meaning: Meaning;
  /** `HTTP_<status>` if there is none. */
  readonly code: FlinksCode;
  /** The API's own words, without secrets. */
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  readonly body: Body;
}

/**
 * Reads a response, or throws the error that it is.
 *
 * @param expected what a response of the operation can mean
 * @throws {@link FlinksApiError} the API refused the request
 * @throws {@link FlinksResponseError} the response is not JSON, or means something else
 */
export function readResponse(response: ApiResponse, expected: readonly Meaning[]): Reply {
  const { status, json, request } = response;
  const body: Body = isObject(json) ? json : {};
  const { code, requestId } = identify(response);
  const text = textOf(body.Message);
  const message = text && request.excerpt(text);
  const meaning = isObject(json) ? meaningOf(response, code, body) : "invalid";
  if (expected.some((one) => one === meaning)) {
    return { response, meaning: meaning as Meaning, code, message, requestId, body };
  }
  // A question that the operation cannot pass on.
  if (meaning === "refused" || (meaning === "asks" && status >= 400)) {
    const { ValidationDetails } = body;
    throw refused(response, { code, message, requestId, statusInBody: statusIn(body), ValidationDetails });
  }
  const unusable = response.content === "" ? "an empty body" : "a body that is not a JSON object";
  throw invalidResponse(response, isObject(json) ? "an unexpected body" : unusable);
}

/** What a response says about itself, as far as it can be shown. */
export function identify({ json, status, request }: ApiResponse): { code: FlinksCode; requestId: string | undefined } {
  const { FlinksCode, RequestId }: Body = isObject(json) ? json : {};
  const given = textOf(FlinksCode)?.trim();
  const code = given && (isKnownFlinksCode(given) ? given : readUnknownCode(given, request));
  return { code: code || `HTTP_${status}`, requestId: textOf(RequestId) };
}

/** The server's own text: a code only if it is a single word, and no secret. */
function readUnknownCode(text: string, { redact }: OutgoingRequest): string | undefined {
  return /^\w+$/.test(text) ? cleanOrOmit(text, redact)?.slice(0, 100) : undefined;
}

/**
 * The first row that fits decides. "Questions" is a list of challenges that is not empty.
 *
 * | HTTP       | code                                     | body                                | meaning |
 * | ---------- | ---------------------------------------- | ----------------------------------- | ------- |
 * | 202 of a data call |                                  |                                     | pending |
 * | any        | `INVALID_SECURITY_RESPONSE`              | questions                           | asks    |
 * | any        | another known one, but not `OPERATION_…` |                                     | refused |
 * | 401        | unknown or missing                       | questions                           | asks    |
 * | 400 and up |                                          | a code, message, status or details  | refused |
 * | 400 and up |                                          | none of these                       | invalid |
 * | 202        |                                          |                                     | pending |
 * | not 200 or 203 |                                      |                                     | invalid |
 * | 200, 203   | `OPERATION_…`                            |                                     | pending |
 * | 200, 203   |                                          | its status is 400 and up            | refused |
 * | 200, 203   |                                          | its status is 200, 202 or 203       | done, pending, asks |
 * | 200, 203   |                                          | questions (under 203 an empty list) | asks    |
 * | 200, 203   |                                          | none                                | done    |
 */
function meaningOf({ status, request }: ApiResponse, code: FlinksCode, body: Body): Meaning | "refused" | "invalid" {
  const { FlinksCode, Message, HttpStatusCode, ValidationDetails, SecurityChallenges } = body;
  const isListed = SecurityChallenges !== undefined && SecurityChallenges !== null;
  const hasQuestions = isListed && !(Array.isArray(SecurityChallenges) && SecurityChallenges.length === 0);
  const isPending = code === "OPERATION_PENDING" || code === "OPERATION_DISPATCHED";
  if (status === 202 && request.isDataCall) return "pending";
  if (code === "INVALID_SECURITY_RESPONSE" && hasQuestions) return "asks";
  if (isKnownFlinksCode(code) && !isPending) return "refused";
  if (status === 401 && hasQuestions) return "asks";
  const says = [FlinksCode, Message, HttpStatusCode, ValidationDetails].some((field) => field !== undefined);
  if (status >= 400 && status < 600) return says ? "refused" : "invalid";
  if (status === 202) return "pending";
  if (status !== 200 && status !== 203) return "invalid";
  if (isPending) return "pending";
  const statusInBody = statusIn(body);
  if (statusInBody >= 400) return "refused";
  if (statusInBody === 200) return "done";
  if (statusInBody === 202) return "pending";
  return statusInBody === 203 || hasQuestions || (status === 203 && isListed) ? "asks" : "done";
}

/** The body's `HttpStatusCode`, where it is a status that means something; otherwise 0. */
function statusIn({ HttpStatusCode }: Body): number {
  const status = Number.isInteger(HttpStatusCode) ? Number(HttpStatusCode) : 0;
  return (status >= 400 && status < 600) || [200, 202, 203].includes(status) ? status : 0;
}

/**
 * @param asked the `RequestId` of a data call, whose response may leave it out
 * @throws {@link FlinksResponseError} there is no `RequestId`
 */
export function requestIdOf({ requestId = "", response }: Reply, asked = ""): string {
  if (!requestId && !asked) throw invalidResponse(response, "no RequestId");
  return requestId || asked;
}

export function pendingOutcome(reply: Reply, asked?: string): PendingOutcome {
  const { code, message, response } = reply;
  const { operation } = response.request;
  return { status: "pending", requestId: requestIdOf(reply, asked), operation, code, ...(message && { message }) };
}

/** A non-empty string, or nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

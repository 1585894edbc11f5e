/**
 * The errors of a call that was sent, with their sentences: what failed, the facts, what to do.
 *
 * @module
 */
import { type FlinksCode, factsOf, isKnownFlinksCode } from "../codes.ts";
import { isObject } from "../errors/assert.ts";
import { FlinksApiError, FlinksConnectionError, FlinksResponseError, FlinksTimeoutError } from "../errors/errors.ts";
import { cleanOrOmit, safeCause } from "../errors/redact.ts";
import type { ApiResponse, OutgoingRequest } from "./call.ts";
import { connectionFailureOf } from "./connection.ts";

export function timedOut(request: OutgoingRequest): FlinksTimeoutError {
  const { timeoutMs } = request.call;
  return new FlinksTimeoutError(
    `${titleOf(request)} got no complete response within ${timeoutMs} ms (timeoutMs). The server may have received the request. A live call can take 210 s.`,
    { ...sentFacts(request), code: "timeout", timeoutMs, mayHaveBeenSent: true, retryable: true },
  );
}

/**
 * Limits of Node's own `fetch`, whatever `timeoutMs` says: 10 s for the connection, 300 s for the headers, and 300 s between
 * two pieces of a body.
 */
const transportTimeouts = ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT"];

/** @param error what the `fetch` rejected with */
export function connectionFailed(request: OutgoingRequest, error: unknown): FlinksConnectionError {
  const cause = safeCause(error, request.redact);
  const { code, what, advice, wasNeverSent } = connectionFailureOf(cause);
  const mayHaveBeenSent = !wasNeverSent || request.earlier.some(mayBeSent);
  const facts = { ...sentFacts(request), code, mayHaveBeenSent, retryable: true, cause };
  const hint = mayHaveBeenSent ? "The server may have received the request." : "Nothing was sent.";
  if (transportTimeouts.includes(code)) {
    return new FlinksTimeoutError(
      `${titleOf(request)} reached a time limit of fetch itself (${code}), not timeoutMs. ${advice} ${hint}`,
      facts,
    );
  }
  const inBrackets = code === "connection_failed" ? "" : ` (${code})`;
  return new FlinksConnectionError(
    `${titleOf(request)} got no response: ${what}${inBrackets}. ${advice} ${hint}`,
    facts,
  );
}

function mayBeSent(failure: unknown): boolean {
  return !(failure instanceof FlinksConnectionError) || failure.mayHaveBeenSent;
}

export function redirectRefused(request: OutgoingRequest): FlinksConnectionError {
  return new FlinksConnectionError(
    `${titleOf(request)} was redirected, and this client never follows a redirect. Check instance or baseUrl.`,
    { ...sentFacts(request), code: "redirected", mayHaveBeenSent: true, retryable: false },
  );
}

export function responseTooLong(response: ApiResponse): FlinksResponseError {
  const { maxResponseBytes } = response.request.call;
  const what = `a body of more than ${maxResponseBytes} bytes (maxResponseBytes), ${contentTypeOf(response)}`;
  return unreadable(response, what, "Raise the limit if the response is as long as that.", "");
}

/** @param what completes the sentence "Authorize returned HTTP 502 with …" */
export function invalidResponse(response: ApiResponse, what: string): FlinksResponseError {
  const { request, content } = response;
  const excerpt = mayHoldPrivateData(response) ? "" : request.excerpt(content);
  const size = excerpt ? "" : ` (${contentTypeOf(response)}, length ${content.length})`;
  return unreadable(response, what + size, adviceFor(response), excerpt);
}

function adviceFor({ status, ok, json }: ApiResponse): string {
  if (status >= 400 && status < 500) return factsOf(`HTTP_${status}`, status).sentence;
  return ok && isObject(json)
    ? "The API may have changed, or another server has answered. Check instance or baseUrl."
    : "Check instance or baseUrl; a proxy may have answered.";
}

function unreadable(response: ApiResponse, what: string, advice: string, bodyExcerpt: string): FlinksResponseError {
  const { request, status } = response;
  return new FlinksResponseError(`${titleOf(request)} returned HTTP ${status} with ${what}. ${advice}`, {
    ...responseFacts(response),
    code: "invalid_response",
    retryable: status === 429 || status >= 500,
    bodyExcerpt,
  });
}

function contentTypeOf(response: ApiResponse): string {
  return responseFacts(response).headers["content-type"] ?? "no content type";
}

/**
 * Whether the body may hold a token, a name or account data, and so is not shown. What is shown: failures of `authorize`
 * and `generateAuthorizeToken`, and a success of `authorize` that is not JSON, such as a gateway's page.
 */
function mayHoldPrivateData({ request, ok, content }: ApiResponse): boolean {
  if (request.operation === "generateAuthorizeToken") return ok;
  return request.isDataCall || (ok && /^\s*[[{]/.test(content));
}

/** What the API says about its refusal. */
export interface Refusal {
  readonly code: FlinksCode;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  /** The `HttpStatusCode` in the body. It says what failed when the HTTP status is a success. */
  readonly statusInBody: number;
  readonly ValidationDetails: unknown;
}

export function refused(response: ApiResponse, refusal: Refusal): FlinksApiError {
  const { request, status } = response;
  const { code, message, requestId, statusInBody, ValidationDetails } = refusal;
  // A status in the body does not make a call retryable.
  const isInBody = status < 400 && !isKnownFlinksCode(code);
  const { sentence, retryable, ...facts } = factsOf(code, isInBody ? statusInBody : status);
  const fields = readFields(ValidationDetails, request);
  const where = isInBody ? `, ${statusInBody} in the body` : "";
  const words = Object.entries(fields ?? {}).map(([name, texts]) => `${name} (${texts.join(", ")})`);
  const details = fields && ` Fields: ${words.join("; ").slice(0, 2_000)}.`;
  // Unlike a secret that was sent, a name or a balance is not known here and cannot be masked.
  const quoted = message && !request.isDataCall ? ` Flinks says: "${message}"` : "";
  return new FlinksApiError(
    `${titleOf(request)} was refused: ${code} (HTTP ${status}${where}). ${sentence}${details ?? ""}${quoted}`,
    {
      ...responseFacts(response),
      ...facts,
      code,
      retryable: retryable && !isInBody,
      requestId: cleanOrOmit(requestId, request.redact),
      fields,
    },
  );
}

/** `ValidationDetails`: a map of lists of strings, or a list of such maps. Bounded, because it goes into a message. */
function readFields(details: unknown, request: OutgoingRequest): Record<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  const maps = [details].flat().filter(isObject);
  for (const [name, words] of maps.flatMap((map) => Object.entries(map)).slice(0, 50)) {
    const texts = [words].flat().filter((word): word is string => typeof word === "string");
    const shown = texts.slice(0, 10).map((text) => request.excerpt(text));
    const key = request.excerpt(name);
    if (shown.length > 0) fields.set(key, [...(fields.get(key) ?? []), ...shown]);
  }
  return fields.size > 0 ? Object.fromEntries(fields) : undefined;
}

/** The name of an operation as the API's path spells it. */
function titleOf({ operation }: OutgoingRequest): string {
  return operation.charAt(0).toUpperCase() + operation.slice(1);
}

function sentFacts({ operation, attempt }: OutgoingRequest) {
  return { operation, attempts: attempt };
}

const loggedHeaders = ["content-type", "content-length", "date", "retry-after", "server", "x-request-id", "cf-ray"];

function responseFacts({ status, headers, request, retryAfterMs }: ApiResponse) {
  const logged: Record<string, string> = {};
  for (const name of loggedHeaders) {
    const value = cleanOrOmit(headers.get(name) ?? undefined, request.redact);
    if (value !== undefined) logged[name] = value;
  }
  return { ...sentFacts(request), status, headers: logged, retryAfterMs };
}

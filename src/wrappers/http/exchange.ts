/**
 * One HTTP request and its whole response, guarded: a time limit, the caller's signal, no redirects, a bounded body.
 * Every request of this package goes through here. What the response means is not known here.
 *
 * @module
 */
import { assert } from "../errors/assert.ts";
import { FlinksUsageError } from "../errors/errors.ts";
import { readBody } from "./body.ts";
import { ApiResponse, type FlinksFetchResponse, type OutgoingRequest } from "./call.ts";
import { connectionFailed, redirectRefused, responseTooLong, timedOut } from "./failure.ts";
import { abortable, throwIfAborted, timeIsUp } from "./signals.ts";

/**
 * @throws {FlinksTimeoutError} the response was not complete within `timeoutMs`
 * @throws {FlinksConnectionError} there was no response, or it was a redirect
 * @throws {FlinksResponseError} the body is longer than `maxResponseBytes`
 * @throws the signal's reason, if it aborted
 */
export async function exchange(request: OutgoingRequest): Promise<ApiResponse> {
  const { call } = request;
  throwIfAborted(call.signal);
  const controller = new AbortController();
  let response: FlinksFetchResponse;
  let content: string | undefined;
  try {
    [response, content] = await abortable(send(request, controller.signal), call);
  } catch (error) {
    // Frees the connection.
    controller.abort();
    throwIfAborted(call.signal);
    if (error === timeIsUp) throw timedOut(request);
    assertEnvironment(error);
    throw connectionFailed(request, error);
  }
  if (isRedirect(response)) {
    controller.abort();
    throw redirectRefused(request);
  }
  // Without the beginning of a text that is too long: it may end in the middle of a secret.
  const read = new ApiResponse(request, response, content ?? "");
  if (content === undefined) throw responseTooLong(read);
  return read;
}

/** Sends the request and reads the body, to `undefined` if it is too long or not wanted. */
async function send(
  { url, method, headers, body, call }: OutgoingRequest,
  signal: AbortSignal,
): Promise<[FlinksFetchResponse, string | undefined]> {
  const response = await call.fetch(url, {
    method,
    // A copy: a `fetch` of the user's may change it.
    headers: { ...headers },
    ...(body !== undefined && { body }),
    signal,
    // Not "error", which workerd rejects.
    redirect: "manual",
  });
  if (isRedirect(response)) return [response, undefined];
  return [response, await readBody(response, call.maxResponseBytes, signal)];
}

/** With "manual", a browser-like `fetch` hides the status of a redirect. */
function isRedirect({ status, redirected, type }: FlinksFetchResponse): boolean {
  return redirected === true || type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** A missing global, as in some test environments, is not a failed connection. */
function assertEnvironment(error: unknown): void {
  if (error instanceof FlinksUsageError) throw error;
  assert(
    !(error instanceof ReferenceError),
    `fetch failed: ${(error as ReferenceError).message}. This environment lacks a global that fetch needs.`,
  );
}

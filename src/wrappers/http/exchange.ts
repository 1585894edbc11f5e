/**
 * One HTTP request and its whole response, guarded: a time limit, the caller's signal, no redirects, a bounded body.
 * Every request of this package goes through here. What the response means is not known here.
 *
 * @module
 */
import { assert } from "../errors/assert.ts";
import { FlinksUsageError } from "../errors/errors.ts";
import { safeCause } from "../errors/redact.ts";
import { readBody } from "./body.ts";
import { ApiResponse, type FlinksFetchResponse, type OutgoingRequest } from "./call.ts";
import { ExchangeInit } from "./exchange-init.ts";
import { connectionFailed, redirectRefused, responseTooLong, timedOut } from "./failure.ts";
import { abortable, throwIfAborted, timeIsUp } from "./signals.ts";

/**
 * @throws {@link FlinksTimeoutError} the response was not complete within `timeoutMs`
 * @throws {@link FlinksConnectionError} there was no response, or it was a redirect
 * @throws {@link FlinksResponseError} the body is longer than `maxResponseBytes`
 * @throws the signal's reason, if it aborted
 */
export async function exchange(request: OutgoingRequest): Promise<ApiResponse> {
  const { call } = request;
  throwIfAborted(call.signal);
  const init = new ExchangeInit(request);
  let received: Received;
  try {
    received = await abortable(send(request, init), call);
  } catch (error) {
    // Frees the connection.
    init.abort();
    throwIfAborted(call.signal);
    if (error === timeIsUp) throw timedOut(request);
    assertEnvironment(error, request);
    throw connectionFailed(request, error);
  }
  const { response, isRedirected, isTooLong } = received;
  if (isRedirected) {
    init.abort();
    throw redirectRefused(request);
  }
  if (isTooLong) throw responseTooLong(response);
  return response;
}

interface Received {
  readonly response: ApiResponse;
  readonly isRedirected: boolean;
  readonly isTooLong: boolean;
}

/** Sends the request and reads the response. Whatever a foreign response throws when it is read, it throws here. */
async function send(request: OutgoingRequest, init: ExchangeInit): Promise<Received> {
  const { url, call } = request;
  const response = await call.fetch(url, init);
  const isRedirected = isRedirect(response);
  const content = isRedirected ? "" : await readBody(response, call.maxResponseBytes, init);
  // Without the beginning of a text that is too long: it may end in the middle of a secret.
  const read = new ApiResponse(request, response, content ?? "");
  return { response: read, isRedirected, isTooLong: content === undefined };
}

/** With "manual", a browser-like `fetch` hides the status of a redirect. */
function isRedirect({ status, redirected, type }: FlinksFetchResponse): boolean {
  return redirected === true || type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** A missing global, as in some test environments, is not a failed connection. */
function assertEnvironment(error: unknown, { redact }: OutgoingRequest): void {
  if (error instanceof FlinksUsageError) throw error;
  const { name, message } = safeCause(error, redact) ?? {};
  assert(name !== "ReferenceError", `fetch failed: ${message}. This environment lacks a global that fetch needs.`);
}

/**
 * One HTTP request and its whole response, guarded: a time limit, the caller's signal, no redirects, a bounded body.
 * Every request of this package goes through here. What the response means is not known here.
 *
 * @module
 */
import { FlinksUsageError } from "../errors/errors.ts";
import { readBody } from "./body.ts";
import { ApiResponse, type FlinksFetchInit, type FlinksFetchResponse, type OutgoingRequest } from "./call.ts";
import { connectionFailed, redirectRefused, responseTooLong, timedOut } from "./failure.ts";
import { abortable, LazyAbortController, throwIfAborted, timeIsUp } from "./signals.ts";

/**
 * @throws {@link FlinksTimeoutError} the response was not complete within `timeoutMs`
 * @throws {@link FlinksConnectionError} there was no response, or it was a redirect
 * @throws {@link FlinksResponseError} the body is longer than `maxResponseBytes`
 * @throws the signal's reason, if it aborted
 */
export async function exchange(request: OutgoingRequest): Promise<ApiResponse> {
  const { call } = request;
  throwIfAborted(call.signal);
  const controller = new LazyAbortController();
  let received: Received;
  try {
    received = await abortable(send(request, controller), call);
  } catch (error) {
    // Frees the connection.
    controller.abort();
    throwIfAborted(call.signal);
    if (error === timeIsUp) throw timedOut(request);
    // There is no `fetch` at all.
    if (error instanceof FlinksUsageError) throw error;
    throw connectionFailed(request, error);
  }
  const { response, isRedirected, isTooLong } = received;
  if (isRedirected) {
    controller.abort();
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
async function send(request: OutgoingRequest, controller: LazyAbortController): Promise<Received> {
  const { url, call } = request;
  const response = await call.fetch(url, initOf(request, controller));
  const isRedirected = isRedirect(response);
  const content = isRedirected ? "" : await readBody(response, call.maxResponseBytes, controller);
  // Without the beginning of a text that is too long: it may end in the middle of a secret.
  const read = new ApiResponse(request, response, content ?? "");
  return { response: read, isRedirected, isTooLong: content === undefined };
}

/** `onAbort` is not enumerable, so that a copy, `{ ...init, signal }`, listens to its own signal only. */
function initOf({ method, headers, body }: OutgoingRequest, controller: LazyAbortController): FlinksFetchInit {
  // Not "error", which workerd rejects.
  const init = { method, headers, ...(body !== undefined && { body }), redirect: "manual" };
  return Object.defineProperties(init as FlinksFetchInit, {
    controller: { value: controller },
    signal: lazySignal,
    onAbort: { configurable: true, value: (listener: () => void) => controller.onAbort(listener) },
  });
}

/**
 * Shared by all inits, and so without a closure: V8 would keep an object that has an accessor of its own in its slow
 * dictionary mode, which costs about a sixth of a call's CPU on undici. `this` can also be a proxy of the init.
 */
const lazySignal: PropertyDescriptor & ThisType<{ readonly controller: LazyAbortController }> = {
  configurable: true,
  enumerable: true,
  get() {
    return this.controller.signal;
  },
  // A `fetch` around another one may set a signal of its own, which `onAbort` would not listen to.
  set(value: AbortSignal) {
    Object.defineProperty(this, "signal", { value, writable: true });
    Object.defineProperty(this, "onAbort", { value: undefined });
  },
};

/** With "manual", a browser-like `fetch` hides the status of a redirect. */
function isRedirect({ status, redirected, type }: FlinksFetchResponse): boolean {
  return redirected === true || type === "opaqueredirect" || (status >= 300 && status < 400);
}

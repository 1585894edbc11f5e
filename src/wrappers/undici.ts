/**
 * `flinks-client/undici`: sends requests with undici's `dispatch`, for servers on Node that open many sessions.
 *
 * Not with `undici.request`, whose promises and handling of signals cost as much CPU as the request itself.
 *
 * @module flinks-client/undici
 */
import { assert, assertFields } from "./errors/assert.ts";
import type { FlinksFetch, FlinksFetchInit, FlinksFetchResponse } from "./http/call.ts";
import { type RawHeaders, readHeaders, unpacked } from "./raw-response.ts";
import type { UndiciDispatcher, UndiciFetchOptions } from "./undici-options.ts";

export type { UndiciDispatcher, UndiciFetchOptions };

/**
 * A `fetch` for `createFlinksClient`. It never follows a redirect, never sends a request twice, and waits for a response
 * without a limit of its own, whatever the dispatcher is configured to do.
 *
 * @throws {@link FlinksUsageError} no dispatcher was passed, and undici is not installed
 *
 * @example
 * const flinks = createFlinksClient({ ...options, fetch: createUndiciFetch() });
 */
export function createUndiciFetch(options: UndiciFetchOptions = {}): FlinksFetch {
  assertFields(options, ["dispatcher"], "the options");
  const { dispatcher }: UndiciFetchOptions = options;
  assert(
    dispatcher === undefined || typeof Object(dispatcher).dispatch === "function",
    "dispatcher must be a dispatcher of undici, such as an Agent.",
  );
  const currentDispatcher = dispatcher ? () => dispatcher : loadUndici().getGlobalDispatcher;
  return (url, init) =>
    new Promise((resolve, reject) => send(currentDispatcher(), url, init, new Handler(resolve, reject)));
}

/** What this file needs of Node, whose types the package does without. */
declare const process: {
  getBuiltinModule(name: "node:module"): { createRequire(from: string): (name: string) => unknown };
  getBuiltinModule(name: "node:stream/consumers"): { text(from: AsyncIterable<Uint8Array>): Promise<string> };
};

/** Uses `require`, which works in both module formats and fails at once if undici is missing. */
function loadUndici(): { getGlobalDispatcher(): UndiciDispatcher } {
  try {
    const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
    return require("undici") as ReturnType<typeof loadUndici>;
  } catch {
    assert(false, "createUndiciFetch needs undici 6, 7 or 8. Run npm install undici, or pass a dispatcher.");
  }
}

type Resolve<T> = (value: T) => void;
type Reject = (reason: unknown) => void;

function send(dispatcher: UndiciDispatcher, url: string, init: FlinksFetchInit, handler: Handler): void {
  const { origin, pathname, search } = new URL(url);
  const { method, headers, body } = init;
  const request = {
    origin,
    path: pathname + search,
    method,
    headers: { "accept-encoding": "gzip, deflate, br", ...headers },
    body,
    // The client has a limit of its own, and a live call can take 210 s.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Turn off the interceptors `redirect` and `retry`, if the dispatcher has them.
    maxRedirections: 0,
    retryOptions: { maxRetries: 0 },
  };
  handler.listenTo(init);
  dispatcher.dispatch(request, handler);
}

/** The connection pauses when this many unread bytes are buffered. */
const maxWaitingBytes = 64 * 1024;

const finished: IteratorResult<Uint8Array> = { value: undefined, done: true };

/** The part of undici's controller that is used. */
interface Controller {
  abort(reason: unknown): void;
  pause(): void;
  resume(): void;
}

/** One request and its response: undici's handler, and at the same time the response's body, to be iterated over. */
class Handler implements AsyncIterableIterator<Uint8Array> {
  #signal: AbortSignal | undefined;
  readonly #resolve: Resolve<FlinksFetchResponse>;
  /** Rejects the response, and later the read that waits for data. */
  #reject: Reject;
  #deliver: Resolve<IteratorResult<Uint8Array>> | undefined;
  #abort: Reject | undefined;
  /** Set with the headers, before anything can be read. */
  #resume!: () => void;
  /** What has arrived and was not read yet. */
  readonly #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #end: { readonly error?: unknown } | undefined;

  constructor(resolve: Resolve<FlinksFetchResponse>, reject: Reject) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Ends the request when the client aborts it, or a program that calls this `fetch` itself with a signal. */
  listenTo(init: FlinksFetchInit): void {
    if (init.onAbort !== undefined) {
      init.onAbort(() => this.#stop(failure("the request was aborted", "UND_ERR_ABORTED")));
      return;
    }
    this.#signal = init.signal;
    if (init.signal.aborted) this.handleEvent();
    else init.signal.addEventListener("abort", this);
  }

  handleEvent(): void {
    this.#stop(this.#signal?.reason);
  }

  /** Ends the request if it has not ended, and frees its connection. */
  #stop(error: unknown): void {
    if (this.#end !== undefined) return;
    this.onError(error);
    this.#abort?.(error);
  }

  // undici 6:

  /** Called before the request is written. */
  onConnect(abort: Reject): void {
    const isWritten = this.#abort !== undefined;
    this.#abort = abort;
    // undici 6 resends a request when its HTTP/2 connection is lost (`onHTTP2GoAway` in its client-h2.js).
    if (isWritten) this.onError(failure("the connection was lost", "UND_ERR_SOCKET"));
    if (this.#end !== undefined) abort(this.#end.error);
  }

  onHeaders(status: number, rawHeaders: RawHeaders, resume: () => void): boolean {
    // Informational, and not yet the response (RFC 9110, 15.2).
    if (status < 200) return true;
    this.#resume = resume;
    // As the Fetch standard has it (HTTP-network-or-cache fetch).
    if (status === 407) this.#stop(failure("the proxy wants authentication", "proxy_authentication"));
    const headers = readHeaders(rawHeaders);
    const body = unpacked(this, headers.get("content-encoding"));
    const text = () => process.getBuiltinModule("node:stream/consumers").text(body);
    this.#resolve({ status, headers, body, text });
    return true;
  }

  onData(chunk: Uint8Array): boolean {
    if (this.#deliver !== undefined) {
      this.#deliver({ value: chunk, done: false });
      this.#deliver = undefined;
    } else {
      this.#chunks.push(chunk);
      this.#waitingBytes += chunk.byteLength;
    }
    return this.#waitingBytes < maxWaitingBytes;
  }

  onComplete(): void {
    this.#finish({});
    this.#deliver?.(finished);
  }

  onError(error: unknown): void {
    this.#finish({ error });
    this.#reject(error);
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end = end;
    this.#signal?.removeEventListener("abort", this);
  }

  // undici 7 and 8:

  onRequestStart(controller: Controller): void {
    this.onConnect((reason) => controller.abort(reason));
  }

  onResponseStart(controller: Controller, status: number, headers: RawHeaders): void {
    this.onHeaders(status, headers, () => controller.resume());
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    if (!this.onData(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.onComplete();
  }

  onResponseError(_: unknown, error: unknown): void {
    this.onError(error);
  }

  // The body:

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const value = this.#chunks.shift();
    if (value !== undefined) {
      const wasPaused = this.#waitingBytes >= maxWaitingBytes;
      this.#waitingBytes -= value.byteLength;
      if (wasPaused && this.#waitingBytes < maxWaitingBytes) this.#resume();
      return Promise.resolve({ value, done: false });
    }
    if (this.#end !== undefined && "error" in this.#end) return Promise.reject(this.#end.error);
    if (this.#end !== undefined) return Promise.resolve(finished);
    return new Promise((resolve, reject) => {
      this.#deliver = resolve;
      this.#reject = reject;
    });
  }

  /** The reader stopped early. */
  return(): Promise<IteratorResult<Uint8Array>> {
    this.#stop(failure("the response was abandoned", "UND_ERR_ABORTED"));
    return Promise.resolve(finished);
  }
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

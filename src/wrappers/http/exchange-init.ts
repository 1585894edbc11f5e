/**
 * What `fetch` is called with, and how the exchange ends early.
 *
 * @module
 */
import type { FlinksFetchInit, OutgoingRequest } from "./call.ts";

/**
 * Like an `AbortController` whose signal is created when it is read. On undici, which needs none, a signal with its
 * listeners would cost a fifth of the call's CPU (`npm run bench`).
 */
export class ExchangeInit implements FlinksFetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  declare readonly body?: string;
  // Not "error", which workerd rejects.
  readonly redirect = "manual";
  declare readonly signal: AbortSignal;
  readonly #listeners: (() => void)[] = [];
  #signal: AbortSignal | undefined;
  #isAborted = false;

  constructor({ method, headers, body }: OutgoingRequest) {
    this.method = method;
    this.headers = headers;
    if (body !== undefined) this.body = body;
    // Its own, unlike `onAbort`: a copy, as in `{ ...init, signal }`, must not listen past the signal that it is given.
    Object.defineProperty(this, "signal", { enumerable: true, get: () => (this.#signal ??= this.#createSignal()) });
  }

  #createSignal(): AbortSignal {
    const controller = new AbortController();
    this.onAbort(() => controller.abort());
    return controller.signal;
  }

  get isAborted(): boolean {
    return this.#isAborted;
  }

  onAbort(listener: () => void): void {
    if (this.#isAborted) listener();
    else this.#listeners.push(listener);
  }

  abort(): void {
    this.#isAborted = true;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * The values that travel through this folder: a call with its limits, a request, and its response.
 *
 * @module
 */
import type { FlinksCode } from "../codes.ts";
import type { FlinksError } from "../errors/errors.ts";
import { createRedact, type Redact } from "../errors/redact.ts";

/**
 * What sends a request. Structural, so that the `fetch` of every runtime, of undici and of node-fetch fits.
 *
 * `signal` also ends a response that is being read. A response whose body is left early must free its connection.
 *
 * @example
 * const send = createUndiciFetch();
 * const traced: FlinksFetch = (url, init) =>
 *   send(url, { ...init, headers: { ...init.headers, "x-correlation-id": crypto.randomUUID() } });
 * const flinks = createFlinksClient({ ...options, fetch: traced });
 */
export type FlinksFetch = (url: string, init: FlinksFetchInit) => Promise<FlinksFetchResponse>;

/**
 * What a {@link FlinksFetch} is called with. `fetch` takes it as it is; on Deno, `fetch` may send its body twice (SECURITY.md).
 *
 * @example
 * const send = createUndiciFetch();
 * const logged = (url: string, init: FlinksFetchInit) => {
 *   log.info("flinks", init.method); // the URL, the headers and the body hold secrets
 *   return send(url, init);
 * };
 * const flinks = createFlinksClient({ ...options, fetch: logged });
 */
export interface FlinksFetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** Ends the request. To add your own, pass on `{ ...init, signal: AbortSignal.any([init.signal, yours]) }`. */
  signal: AbortSignal;
  /** Calls the listener when `signal` aborts, or at once if it has. Cheaper than `signal`, which is created when read. */
  onAbort?(listener: () => void): void;
  redirect: "manual";
}

/**
 * What a {@link FlinksFetch} resolves to. A `Response` fits as it is.
 *
 * @example
 * const down: FlinksFetchResponse = { status: 503, headers: new Headers(), text: async () => "" };
 * const flinks = createFlinksClient({ ...options, fetch: async () => down, retry: false }); // in a test
 */
export interface FlinksFetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly redirected?: boolean | undefined;
  readonly type?: string | undefined;
  /** Read piece by piece if it is a web stream or async iterable; otherwise `text()` is called. */
  readonly body?: unknown;
  text(): Promise<string>;
}

/**
 * How one HTTP exchange went. For logs, metrics and traces: it never holds a secret or personal data.
 *
 * @example
 * const record = ({ operation, status, result }: FlinksExchangeEvent) => log.info(operation, status ?? result);
 * const flinks = createFlinksClient({ ...options, onExchange: record });
 */
export interface FlinksExchangeEvent {
  /** The `operationId` in the API's document, which is the name of the client's method: `authorize`. */
  operation: string;
  /** 1 for the first request of an operation, 2 for its first repetition. */
  attempt: number;
  /** How long it took, to the last byte of the response, in milliseconds. */
  durationMs: number;
  /** `"connection"`: no response, or a redirect, which is never followed. */
  result: "answer" | "timeout" | "connection" | "aborted";
  /** The HTTP status, if there was a response. */
  status?: number;
  /** The code of a failure, and of an operation that goes on in the background. */
  code?: FlinksCode;
  /** The session, if the response named one. */
  requestId?: string;
}

/** How often a call is repeated, and how long it waits in between. */
export interface RetryPolicy {
  readonly retries: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

export const noRetry: RetryPolicy = { retries: 0, minDelayMs: 500, maxDelayMs: 30_000 };

/** The options of one call, checked, with the client's in place of those that were left out. */
export interface Call {
  readonly fetch: FlinksFetch;
  readonly signal: AbortSignal | undefined;
  /** The limit of one HTTP exchange. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly retry: RetryPolicy;
  readonly onExchange: ((event: FlinksExchangeEvent) => unknown) | undefined;
  /** What no error of this call may show. A call that learns a secret passes a longer list on: see {@link hiding}. */
  readonly secrets: readonly (string | undefined)[];
  /** Why earlier attempts of this call failed, oldest first. See `retry`. */
  readonly failures: readonly FlinksError[];
  /** No attempt is repeated after this time (`Date.now()`). */
  readonly deadline: number;
}

/** The same call, with more to hide. */
export function hiding(call: Call, ...secrets: readonly (string | undefined)[]): Call {
  return { ...call, secrets: [...call.secrets, ...secrets] };
}

/**
 * A request, with the call that it belongs to. openapi-fetch constructs it in place of a `Request` (its `Request`
 * option), whose body would have to be read back from a stream: that costs as much as the rest of the call.
 */
export class OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly operation: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly call: Call;
  /** Removes the call's secrets from a text. */
  readonly redact: Redact;

  constructor(url: string, init: { method: string; operation: string; headers: Headers; body?: string; call: Call }) {
    this.url = url;
    this.method = init.method;
    this.operation = init.operation;
    this.headers = { accept: "application/json", ...Object.fromEntries(init.headers) };
    this.body = init.body;
    this.call = init.call;
    this.redact = createRedact(init.call.secrets);
  }

  /** Earlier attempts of this operation in the same call. */
  get earlier(): readonly FlinksError[] {
    return this.call.failures.filter(({ operation }) => operation === this.operation);
  }

  /** True for every operation but `authorize` and `generateAuthorizeToken`: its responses may hold account data. */
  get isDataCall(): boolean {
    return this.operation !== "authorize" && this.operation !== "generateAuthorizeToken";
  }

  get attempt(): number {
    return this.earlier.length + 1;
  }

  /** Server text for an error: without secrets, and short enough for a log. Masked before it is cut. */
  excerpt(text: string): string {
    return this.redact(text).slice(0, 512);
  }
}

/** A response, read to its last byte. Has what openapi-fetch needs of a `Response`, so that it can hand it back. */
export class ApiResponse {
  readonly request: OutgoingRequest;
  readonly status: number;
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  readonly content: string;
  #json: { readonly value: unknown } | undefined;

  constructor(
    request: OutgoingRequest,
    { status, headers }: Pick<FlinksFetchResponse, "status" | "headers">,
    content: string,
  ) {
    this.request = request;
    // A foreign response may have anything here.
    this.status = Number(status);
    this.ok = this.status >= 200 && this.status < 300;
    this.headers = { get: (name) => headerOf(headers, name) };
    this.content = content;
  }

  /** The content as JSON, parsed once; `undefined` if it is not JSON. */
  get json(): unknown {
    this.#json ??= { value: parseJson(this.content) };
    return this.#json.value;
  }

  /** How long the server asks to wait, from the header as it came. */
  get retryAfterMs(): number | undefined {
    return retryAfterMs(this.headers.get("retry-after"));
  }

  async text(): Promise<string> {
    return this.content;
  }
}

/** A `fetch` of the user's may have headers in another form, or none. */
export function headerOf(headers: unknown, name: string): string | null {
  try {
    const value: unknown = (headers as Headers).get(name);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The SyntaxError quotes the text, so it is not kept as a cause.
    return undefined;
  }
}

/** Seconds, also with a fraction, or an HTTP date (RFC 9110, 10.2.3). Anything else counts as absent. */
function retryAfterMs(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  // C's old form of a date has no zone and means GMT (RFC 9110, 5.6.7). Date.parse would read it as local time.
  const zoned = /^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/.test(value) ? `${value} GMT` : value;
  const date = zoned.endsWith(" GMT") ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

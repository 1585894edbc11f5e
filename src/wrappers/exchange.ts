/**
 * One HTTP request and its whole answer, guarded. Every request of this package goes through here, those of
 * `client.http` included: the time limit and the signal, redirects refused, bodies bounded, and anything that
 * is no JSON turned away. What throws here throws one of our errors, with secrets masked.
 *
 * @module
 */

import { throwIfAborted } from "./abortable.ts";
import { safeCause } from "./cause.ts";
import { FlinksConnectionError, FlinksError, FlinksResponseError, FlinksTimeoutError } from "./errors.ts";
import type { Call } from "./options.ts";
import { type Mask, maskOf, withheld } from "./redact.ts";
import { type AuthorizeRequest, fieldsOf, generateAuthorizeTokenPath, keyHeader } from "./wire.ts";

/** A request as its parts. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** An answer, read to its last byte. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text is as JSON. */
  readonly body: unknown;
  /** Masks the secrets of the call in what the server sent. */
  readonly mask: Mask;
  /** Whether the body may show a secret that no mask knows. */
  readonly isSecret: boolean;
}

/** Statuses with which a `Response` takes no body: https://fetch.spec.whatwg.org/#null-body-status */
const bodiless = [204, 205];

const mostExcerptCharacters = 512;

const refusedRedirects = new WeakSet<FlinksConnectionError>();

/** Whether an answer came, and it was a redirect. */
export function isRefusedRedirect(error: FlinksConnectionError): boolean {
  return refusedRedirects.has(error);
}

const mintOperation = generateAuthorizeTokenPath.slice(generateAuthorizeTokenPath.lastIndexOf("/") + 1);

/** Node's own `fetch`, before anybody put another in its place. */
const nodeFetch = globalThis.process?.versions?.["undici"] && globalThis.fetch;

/** Headers that are of use in a log and hold nothing of the user's. */
const loggedHeaders = [
  "content-type",
  "content-length",
  "date",
  "retry-after",
  "server",
  "x-request-id",
  "cf-ray",
];

/**
 * @throws {FlinksTimeoutError} no whole answer within `call.timeoutMs`
 * @throws {FlinksConnectionError} no answer, or a redirect
 * @throws {FlinksResponseError} an answer that is no JSON or too long
 * @throws the signal's reason, if it aborted
 */
export async function exchange(
  request: OutgoingRequest,
  fetch: typeof globalThis.fetch,
  { signal, timeoutMs, maxResponseBytes, secrets }: Omit<Call, "retry">,
): Promise<Answer> {
  throwIfAborted(signal);
  for (const secret of secretsIn(request)) secrets.add(secret);
  let made: Mask | undefined;
  const mask: Mask = (text) => {
    made ??= maskOf(secrets);
    return made(text);
  };
  const controller = new AbortController();
  let ended: (() => unknown) | undefined;
  let stop: (reason: unknown) => void;
  // Raced with the round trip, since a `fetch` that somebody supplies may not heed signals.
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const end = (reason: () => unknown) => {
    ended ??= reason;
    stop(undefined);
    controller.abort();
  };
  const onAbort = () => end(() => signal?.reason);
  const timer = setTimeout(() => end(() => timeoutError(request, timeoutMs)), timeoutMs);
  signal?.addEventListener("abort", onAbort);
  try {
    return await Promise.race([
      stopped,
      roundTrip(request, fetch, { signal: controller.signal, maxResponseBytes, mask }),
    ]);
  } catch (error) {
    // Whatever is left of the answer is not wanted: this frees the connection.
    controller.abort();
    // Made here and not by the timer, so that the stack leads back to the caller.
    if (ended !== undefined) throw ended();
    if (error instanceof FlinksError) throw error;
    throw new FlinksConnectionError(
      `No answer to ${nameOf(request)}: the connection failed. The cause tells how; the request may have arrived ` +
        "all the same.",
      { cause: safeCause(error, mask) },
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

async function roundTrip(
  request: OutgoingRequest,
  fetch: typeof globalThis.fetch,
  { signal, maxResponseBytes, mask }: { signal: AbortSignal; maxResponseBytes: number; mask: Mask },
): Promise<Answer> {
  const { method, url, headers, body } = request;
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : fetch === nodeFetch ? sentOnce(body, headers) : { body }),
    signal,
    // Not "error", which workerd refuses: https://developers.cloudflare.com/workers/runtime-apis/request/
    redirect: "manual",
  });
  const { status } = response;
  if (response.redirected || response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    const refused = new FlinksConnectionError(
      `${nameOf(request)} was answered with a redirect (HTTP ${status}), which is never followed, as it could ` +
        "carry credentials to another host. Check instance or baseUrl, and any proxy in between.",
    );
    refusedRedirects.add(refused);
    throw refused;
  }
  const text = await readText(response, maxResponseBytes, signal);
  // Without the text: where it was cut, the beginning of a secret may stand, which no mask would find.
  const isSecret = (status < 400 && nameOf(request) === mintOperation) || !isJsonObject(request.body ?? "{");
  const answer = { status, headers: new Headers(response.headers), text: text ?? "", mask, isSecret };
  if (text === undefined) {
    throw unreadable(answer, `${nameOf(request)} was answered with more than ${maxResponseBytes} bytes`);
  }
  const json = bodiless.includes(status) ? undefined : parsed(text);
  // The other way around, a status that is no number would pass.
  if (!(status >= 200 && status <= 599) || json === undefined) {
    throw unreadable(answer, `${nameOf(request)} was answered with something that is no JSON`);
  }
  return { ...answer, body: json };
}

/**
 * A body that can be sent once. The Fetch standard has a request sent anew that was answered with 421, and
 * Node does it, unless the body is a stream (https://fetch.spec.whatwg.org/#http-fetch, step 9); a password or
 * an MFA answer must not go out twice. With its length set, it travels as a text would. What another `fetch`
 * would make of a stream is not known, so that gets the text.
 */
function sentOnce(text: string, headers: Headers): RequestInit {
  const bytes = new TextEncoder().encode(text);
  headers.set("content-length", `${bytes.length}`);
  return {
    body: new Response(bytes).body,
    duplex: "half",
    // Or Node 24.14 takes a 401 to a stream for a failed connection: https://github.com/nodejs/undici/issues/4910
    credentials: "omit",
  };
}

/** The body to its last byte, or `undefined` if it has more than `most`. */
async function readText(response: Response, most: number, signal: AbortSignal): Promise<string | undefined> {
  const { body } = response;
  if (body === null) return "";
  if (typeof body?.getReader !== "function") {
    // Of a fetch that has no web streams, such as node-fetch or somebody's stand-in.
    const text = await response.text();
    return text.length > most ? undefined : text;
  }
  const reader = body.getReader();
  // For a fetch that heeds no signal: what is left of the answer is not wanted.
  signal.addEventListener("abort", () => void reader.cancel().catch(() => {}));
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; bytes <= most; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
  return undefined;
}

/** `undefined` if the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The SyntaxError quotes the text, so it goes nowhere.
    return undefined;
  }
}

function timeoutError(request: OutgoingRequest, timeoutMs: number): FlinksTimeoutError {
  return new FlinksTimeoutError(
    `No whole answer to ${nameOf(request)} within ${timeoutMs} ms. A live call may take 210 s; the call may have ` +
      "arrived all the same.",
    { timeoutMs },
  );
}

/** An answer that is not the API's. `what` is a sentence without its full stop. */
export function unreadable(answer: Omit<Answer, "body">, what: string): FlinksResponseError {
  const { status, text, mask, isSecret } = answer;
  return new FlinksResponseError(
    `${what} (HTTP ${status}). ${status >= 500 ? "A gateway may have failed; try again later." : "Is the address the API's? The excerpt shows what came."}`,
    {
      status,
      headers: logged(answer),
      bodyExcerpt: isSecret ? withheld : mask(text).slice(0, mostExcerptCharacters),
    },
  );
}

/** The answer's headers that may stand on an error, secrets masked. */
export function logged({ headers, mask }: Pick<Answer, "headers" | "mask">): Record<string, string> {
  return Object.fromEntries(
    loggedHeaders.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, mask(value)]];
    }),
  );
}

/** The operation's name: the last segment of the path, which the document fixes. */
function nameOf({ url }: OutgoingRequest): string {
  return url.slice(url.lastIndexOf("/") + 1).replace(/\?.*/s, "");
}

/** What of the request no error may show. Read from what is sent, so that no caller can forget one. */
function secretsIn({ headers, body }: OutgoingRequest): string[] {
  if (body !== undefined && !isJsonObject(body)) return [body];
  const { Username, Password, SecurityResponses } = fieldsOf<AuthorizeRequest>(parsed(body ?? ""));
  const answers = Object.values((SecurityResponses as object | null | undefined) ?? {}).flat();
  return [headers.get(keyHeader), Username, Password, ...answers].filter(
    (secret): secret is string => typeof secret === "string",
  );
}

/** Whether a body has the document's form. Only `client.http` can send another, of which no secret is known. */
function isJsonObject(body: string): boolean {
  return body.startsWith("{");
}

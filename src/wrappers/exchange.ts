/**
 * One HTTP request and its whole answer, guarded. Every request of this package goes through here, those of
 * `client.http` included: the time limit and the signal, redirects refused, bodies bounded, and anything that
 * is no JSON turned away. What throws here throws one of our errors, with secrets masked.
 *
 * @module
 */

import { onAbort, throwIfAborted } from "./abortable.ts";
import { safeCause } from "./cause.ts";
import { FlinksConnectionError, FlinksError, FlinksResponseError, FlinksTimeoutError } from "./errors.ts";
import type { Call } from "./options.ts";
import { type Mask, maskOf, withheld } from "./redact.ts";
import { type AuthorizeRequest, fieldsOf, isText, keyHeader } from "./wire.ts";

/** A request as its parts. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
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
  /** What was asked, which no error may hold. */
  readonly request: OutgoingRequest;
}

/** Statuses with which a `Response` takes no body: https://fetch.spec.whatwg.org/#null-body-status */
const bodiless = [204, 205];

/** Made when it is first used, as it takes a millisecond, which importing this package must not cost. */
let decoder: InstanceType<typeof TextDecoder> | undefined;

const { undici, deno } = globalThis.process?.versions ?? {};

/** Node's or Deno's own `fetch`, which may send a request twice, before anybody put another in its place. */
const repeatingFetch = (undici ?? deno) && globalThis.fetch;

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

/** What ends an exchange that takes too long. */
const timedOut = Symbol();

/**
 * @throws {FlinksTimeoutError} no whole answer within `call.timeoutMs`
 * @throws {FlinksConnectionError} no answer, or a redirect
 * @throws {FlinksResponseError} an answer that is no JSON or too long
 * @throws the signal's reason, if it aborted
 */
export async function exchange(
  request: OutgoingRequest,
  fetch: typeof globalThis.fetch,
  call: Call,
): Promise<Answer> {
  const { signal, timeoutMs, secrets, sent } = call;
  throwIfAborted(signal);
  sent.push(request);
  let made: Mask | undefined;
  const mask: Mask = (text) => {
    made ??= maskOf([...secrets, ...sent.flatMap(secretsIn)]);
    return made(text);
  };
  const controller = new AbortController();
  const round: Round = { signal: controller.signal, mask, reader: undefined };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unlisten: (() => void) | undefined;
  try {
    // A `fetch` that somebody supplies may not heed signals.
    return await new Promise<Answer>((resolve, reject) => {
      timer = setTimeout(reject, timeoutMs, timedOut);
      unlisten = onAbort(signal, reject);
      roundTrip(request, fetch, call, round).then(resolve, reject);
    });
  } catch (error) {
    // Whatever is left of the answer is not wanted: this frees the connection, of a fetch that heeds no signal, too.
    controller.abort();
    round.reader?.cancel().catch(() => {});
    throwIfAborted(signal);
    if (error instanceof FlinksError) throw error;
    const late = "The request may have arrived all the same.";
    // Made here and not by the timer, so that the stack leads back to the caller.
    if (error === timedOut) {
      throw new FlinksTimeoutError(
        `No whole answer to ${nameOf(request)} within ${timeoutMs} ms (a live call may take 210 s). ${late}`,
        { timeoutMs },
      );
    }
    if (isNodesRefusal(error)) throw redirectRefused(request);
    throw new FlinksConnectionError(`No answer to ${nameOf(request)}: the connection failed. ${late}`, {
      cause: safeCause(error, mask),
    });
  } finally {
    clearTimeout(timer);
    unlisten?.();
  }
}

interface Round {
  readonly signal: AbortSignal;
  readonly mask: Mask;
  /** What reads the answer, from when it does. */
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
}

async function roundTrip(
  request: OutgoingRequest,
  fetch: typeof globalThis.fetch,
  { maxResponseBytes }: Call,
  round: Round,
): Promise<Answer> {
  const { method, url, headers, body = null } = request;
  const { signal, mask } = round;
  const response = await fetch(url, {
    method,
    // A copy, as somebody's `fetch` may take the key out, which no error may show all the same.
    headers: { ...headers },
    body,
    signal,
    // Not "error", which workerd refuses: https://developers.cloudflare.com/workers/runtime-apis/request/
    redirect: "manual",
    ...(body !== null && fetch === repeatingFetch && sentOnce(body, headers)),
  });
  const { status } = response;
  if (response.redirected || response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    throw redirectRefused(request);
  }
  const text = await readText(response, maxResponseBytes, round);
  // Without a text that is too long: where it was cut, the beginning of a secret may stand, which no mask would find.
  const answer = { request, status, headers: response.headers, text: text ?? "", body: parsed(text), mask };
  if (text === undefined) throw unreadable(answer, `has more than ${maxResponseBytes} bytes`);
  // The other way around, a status that is no number would pass.
  if (!(status >= 200 && status <= 599) || bodiless.includes(status) || answer.body === undefined) {
    throw unreadable(answer, "is no JSON");
  }
  return answer;
}

function redirectRefused(request: OutgoingRequest): FlinksConnectionError {
  return new FlinksConnectionError(
    `${nameOf(request)} was answered with a redirect, which is never followed. Check instance or baseUrl.`,
    { redirected: true },
  );
}

/** Whether Node's `fetch` refused a redirect by itself: it says so in the cause alone, which of MSW's is a text. */
function isNodesRefusal(error: unknown): boolean {
  const cause = (error as { cause?: { message?: unknown } } | undefined)?.cause;
  return (cause?.message ?? cause) === "unexpected redirect";
}

/**
 * A body that can be sent once. The Fetch standard has a request sent anew that was answered with 421, and
 * Node does it, unless the body is a stream (https://fetch.spec.whatwg.org/#http-fetch, step 9); so does Deno
 * when a kept connection is cut (https://github.com/denoland/deno/issues/35610). A password, an MFA answer or a
 * token must not go out twice. With its length set, it travels as a text would, except in Deno, which sends it in
 * chunks. What another `fetch` would make of a stream is not known, so that gets the text.
 */
function sentOnce(text: string, headers: OutgoingRequest["headers"]): RequestInit {
  const bytes = new TextEncoder().encode(text);
  return {
    headers: { ...headers, "content-length": `${bytes.length}` },
    // Not a Response's, which Deno takes for the bytes that it holds, nor a Blob's, which takes twice the time.
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    }),
    duplex: "half",
    // Or Node 24.14 takes a 401 to a stream for a failed connection: https://github.com/nodejs/undici/issues/4910
    credentials: "omit",
    // Under "manual" Node copies what it could send again, which costs a tenth of the whole call:
    // https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, step 8.
    redirect: undici === undefined ? "manual" : "error",
  };
}

/** The body to its last byte, or `undefined` if it has more than `most`. */
async function readText(response: Response, most: number, round: Round): Promise<string | undefined> {
  const reader = response.body?.getReader?.();
  if (reader === undefined) {
    // No body, or that of a fetch that has no web streams, such as node-fetch or somebody's stand-in.
    const text = await response.text();
    return text.length > most ? undefined : text;
  }
  round.reader = reader;
  let bytes = new Uint8Array();
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) {
      // In one go, which costs a fraction of decoding a stream.
      decoder ??= new TextDecoder();
      return decoder.decode(bytes.subarray(0, length));
    }
    const needed = length + value.byteLength;
    if (needed > most) return undefined;
    // The first chunk is most answers' last and is not copied; room doubles, so that a body of small chunks takes no
    // more memory than one of large ones.
    if (length === 0) bytes = value;
    else {
      if (bytes.byteLength < needed) {
        const room = new Uint8Array(2 * needed);
        room.set(bytes);
        bytes = room;
      }
      bytes.set(value, length);
    }
    length = needed;
  }
}

/** `undefined` if the text is no JSON. */
function parsed(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The SyntaxError quotes the text, so it goes nowhere.
    return undefined;
  }
}

/** An answer that is not the API's. `what` is a predicate without its full stop. */
export function unreadable(answer: Answer, what: string): FlinksResponseError {
  const { request, status, text, mask } = answer;
  // The body may show a secret that no mask knows.
  const isSecret = (status < 400 && request.url.endsWith("/GenerateAuthorizeToken")) || isOpaque(request);
  return new FlinksResponseError(
    `The answer to ${nameOf(request)} ${what} (HTTP ${status}). Is the address the API's, or did a proxy answer?`,
    { status, headers: logged(answer), bodyExcerpt: isSecret ? withheld : excerptOf(mask(text)) },
  );
}

/** Longer than any message seen, and short enough for a log. */
export function excerptOf(text: string): string {
  return text.slice(0, 512);
}

/** The answer's headers that may stand on an error, secrets masked. */
export function logged({ headers, mask }: Answer): Record<string, string> {
  // Somebody's `fetch` may have its headers in another form.
  const given = new Headers(headers);
  return Object.fromEntries(
    loggedHeaders.filter((name) => given.has(name)).map((name) => [name, mask(`${given.get(name)}`)]),
  );
}

/** The operation's name: the last segment of the path, which the document fixes. */
export function nameOf({ url }: OutgoingRequest): string {
  return url.replace(/\?.*/s, "").replace(/.*\//s, "");
}

/** What of the request no error may show. Read from what is sent, so that no caller can forget one. */
function secretsIn(request: OutgoingRequest): string[] {
  const { headers, body } = request;
  const { Username, Password, SecurityResponses } = fieldsOf<AuthorizeRequest>(parsed(body));
  const answers = Object.values((SecurityResponses as object | null | undefined) ?? {});
  return [headers[keyHeader], isOpaque(request) && body, Username, Password, answers].flat(2).filter(isText);
}

/** Whether a body has not the document's form. Only `client.http` can send such, of which no secret is known. */
function isOpaque({ body }: OutgoingRequest): boolean {
  return body !== undefined && !body.startsWith("{");
}

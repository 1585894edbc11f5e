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
import { type AuthorizeRequest, fieldsOf, generateAuthorizeTokenPath, keyHeader } from "./wire.ts";

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

const mostExcerptCharacters = 512;

const refusedRedirects = new WeakSet<FlinksConnectionError>();

/** Whether an answer came, and it was a redirect. */
export function isRefusedRedirect(error: FlinksConnectionError): boolean {
  return refusedRedirects.has(error);
}

const mintOperation = nameOf({ url: generateAuthorizeTokenPath });

/** Made when it is first used, as it takes a millisecond, which importing this package must not cost. */
let decoder: InstanceType<typeof TextDecoder> | undefined;

const noBytes = new Uint8Array();

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
  const { signal, timeoutMs, sent } = call;
  throwIfAborted(signal);
  sent.push(request);
  let made: Mask | undefined;
  const mask: Mask = (text) => {
    made ??= maskOf([...call.secrets, ...sent.flatMap(secretsIn)]);
    return made(text);
  };
  const controller = new AbortController();
  let ended: (() => unknown) | undefined;
  let stop: (reason: unknown) => void;
  const round: Round = { signal: controller.signal, mask, reader: undefined };
  const end = (reason: () => unknown) => {
    ended ??= reason;
    stop(undefined);
    controller.abort();
  };
  const timer = setTimeout(() => end(() => timeoutError(request, timeoutMs)), timeoutMs);
  const unlisten = onAbort(signal, () => end(() => signal?.reason));
  try {
    return await new Promise<Answer>((resolve, reject) => {
      // A `fetch` that somebody supplies may not heed signals.
      stop = reject;
      roundTrip(request, fetch, call, round).then(resolve, reject);
    });
  } catch (error) {
    // Whatever is left of the answer is not wanted: this frees the connection, of a fetch that heeds no signal, too.
    controller.abort();
    round.reader?.cancel().catch(() => {});
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
    unlisten();
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
  { maxResponseBytes, retry }: Call,
  round: Round,
): Promise<Answer> {
  const { method, url, headers, body: sent } = request;
  const { signal, mask } = round;
  // What may be repeated may be repeated by Node, which does so only where it was refused, but not by Deno, where a
  // token may be spent.
  const isOnce = fetch === repeatingFetch && (retry.retries === 0 || deno !== undefined);
  const response = await fetch(url, {
    method,
    // A copy, as somebody's `fetch` may take the key out, which no error may show all the same.
    headers: { ...headers },
    ...(sent === undefined ? undefined : isOnce ? sentOnce(sent, headers) : { body: sent }),
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
  const text = await readText(response, maxResponseBytes, round);
  const body = text === undefined || bodiless.includes(status) ? undefined : parsed(text);
  // Without the text: where it was cut, the beginning of a secret may stand, which no mask would find.
  const answer = { request, status, headers: response.headers, text: text ?? "", body, mask };
  if (text === undefined) {
    throw unreadable(answer, `${nameOf(request)} was answered with more than ${maxResponseBytes} bytes`);
  }
  // The other way around, a status that is no number would pass.
  if (!(status >= 200 && status <= 599) || body === undefined) {
    throw unreadable(answer, `${nameOf(request)} was answered with something that is no JSON`);
  }
  return answer;
}

/**
 * A body that can be sent once. The Fetch standard has a request sent anew that was answered with 421, and
 * Node does it, unless the body is a stream (https://fetch.spec.whatwg.org/#http-fetch, step 9); so does Deno
 * when a kept connection is cut (https://github.com/denoland/deno/issues/35610). A password or an MFA answer
 * must not go out twice. With its length set, it travels as a text would, except in Deno, which sends it in
 * chunks. What another `fetch` would make of a stream is not known, so that gets the text.
 */
function sentOnce(text: string, headers: OutgoingRequest["headers"]): RequestInit {
  const bytes = new TextEncoder().encode(text);
  return {
    headers: { ...headers, "content-length": `${bytes.length}` },
    // Not a Response's, which Deno takes for the bytes that it holds.
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    }),
    duplex: "half",
    // Or Node 24.14 takes a 401 to a stream for a failed connection: https://github.com/nodejs/undici/issues/4910
    credentials: "omit",
  };
}

/** The body to its last byte, or `undefined` if it has more than `most`. */
async function readText(response: Response, most: number, round: Round): Promise<string | undefined> {
  const { body } = response;
  if (body === null) return "";
  if (typeof body?.getReader !== "function") {
    // Of a fetch that has no web streams, such as node-fetch or somebody's stand-in.
    const text = await response.text();
    return text.length > most ? undefined : text;
  }
  const reader = body.getReader();
  round.reader = reader;
  let bytes: Uint8Array = noBytes;
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) {
      // In one go, which costs a fraction of decoding a stream.
      decoder ??= new TextDecoder();
      return decoder.decode(bytes.subarray(0, length));
    }
    if (length + value.byteLength > most) return undefined;
    bytes = appended(bytes, length, value);
    length += value.byteLength;
  }
}

/**
 * `length` bytes and a chunk, in a buffer that may have room for more. The first chunk is most answers' last and is
 * not copied; room doubles, so that a body of small chunks takes no more memory than one of large ones.
 */
function appended(bytes: Uint8Array, length: number, chunk: Uint8Array): Uint8Array {
  if (length === 0) return chunk;
  const needed = length + chunk.byteLength;
  let room = bytes;
  if (room.byteLength < needed) {
    room = new Uint8Array(2 * needed);
    room.set(bytes);
  }
  room.set(chunk, length);
  return room;
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
export function unreadable(answer: Answer, what: string): FlinksResponseError {
  const { request, status, text, mask } = answer;
  // The body may show a secret that no mask knows.
  const isSecret = (status < 400 && nameOf(request) === mintOperation) || !isJsonObject(request.body ?? "{");
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
export function logged(answer: Pick<Answer, "headers" | "mask">): Record<string, string> {
  // Somebody's `fetch` may have its headers in another form.
  const headers = new Headers(answer.headers);
  return Object.fromEntries(
    loggedHeaders.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, answer.mask(value)]];
    }),
  );
}

/** The operation's name: the last segment of the path, which the document fixes. */
function nameOf({ url }: Pick<OutgoingRequest, "url">): string {
  return url.slice(url.lastIndexOf("/") + 1).replace(/\?.*/s, "");
}

/** What of the request no error may show. Read from what is sent, so that no caller can forget one. */
function secretsIn({ headers, body }: OutgoingRequest): string[] {
  if (body !== undefined && !isJsonObject(body)) return [body];
  const { Username, Password, SecurityResponses } = fieldsOf<AuthorizeRequest>(parsed(body ?? ""));
  const answers = Object.values((SecurityResponses as object | null | undefined) ?? {}).flat();
  return [headers[keyHeader], Username, Password, ...answers].filter(
    (secret): secret is string => typeof secret === "string",
  );
}

/** Whether a body has the document's form. Only `client.http` can send another, of which no secret is known. */
function isJsonObject(body: string): boolean {
  return body.startsWith("{");
}

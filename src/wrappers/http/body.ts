/**
 * Reading the body of a response: at most so many bytes, and not a byte more after the end.
 *
 * @module
 */
import { type FlinksFetchResponse, headerOf } from "./call.ts";
import type { LazyAbortController } from "./signals.ts";

/** A body, piece by piece. */
interface Source {
  next(): PromiseLike<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  /** Frees the connection. */
  cancel(): void;
}

/**
 * @param controller ends the reading, also that of a `fetch` that ignores signals
 * @returns `undefined` if the body is longer than `maxBytes`
 */
export async function readBody(
  response: FlinksFetchResponse,
  maxBytes: number,
  controller: LazyAbortController,
): Promise<string | undefined> {
  const source = sourceOf(response.body);
  if (source === undefined) {
    if (controller.isAborted) return undefined;
    const text: unknown = await response.text();
    if (typeof text !== "string") return "";
    return text.length <= maxBytes ? text : undefined;
  }
  controller.onAbort(() => source.cancel());
  const decoder = decoderFor(charsetOf(response));
  let text = "";
  let bytes = new Uint8Array();
  let length = 0;
  let total = 0;
  while (!controller.isAborted) {
    const { done, value } = await source.next();
    if (done) return text + decode(bytes.subarray(0, length), decoder);
    const chunk = toBytes(value);
    total += chunk.byteLength;
    if (total > maxBytes) break;
    if (decoder !== undefined && length + chunk.byteLength > blockLength) {
      text += decoder.decode(bytes.subarray(0, length), { stream: true });
      length = 0;
    }
    bytes = append(bytes, length, chunk);
    length += chunk.byteLength;
  }
  source.cancel();
  return undefined;
}

/** Statements can be 100 MB. Decoded block by block, their bytes are never in memory as a whole next to their text. */
const blockLength = 256 * 1024;

/** The first chunk is usually the last. Room doubles, so that many small chunks take no more memory than a few large ones. */
function append(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
  chunk: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
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

/** Web streams have a reader, which can be cancelled while it reads; Node's streams, of node-fetch, are iterable. */
function sourceOf(body: unknown): Source | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const stream = body as Partial<ReadableStream<unknown>>;
  if (typeof stream.getReader === "function") {
    const reader = stream.getReader();
    return {
      next: () => reader.read(),
      cancel: () => ignoringErrors(() => reader.cancel()),
    };
  }
  if (!(Symbol.asyncIterator in body)) return undefined;
  const iterator = (body as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    cancel: () =>
      ignoringErrors(() => ("destroy" in body ? (body as { destroy(): unknown }).destroy() : iterator.return?.())),
  };
}

function toBytes(chunk: unknown): Uint8Array<ArrayBuffer> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  // By its shape: test environments have bytes from another realm.
  if (!Number.isInteger(Object(chunk).byteLength)) throw new TypeError("A chunk of the response's body is not bytes.");
  return chunk as Uint8Array<ArrayBuffer>;
}

/** A reader of the user's may have no `cancel`, or one that throws or rejects. */
function ignoringErrors(work: () => unknown): void {
  try {
    Promise.resolve(work()).catch(() => {});
  } catch {
    // Nothing is left to free.
  }
}

/** What the response declares (RFC 9110, 8.3.2). */
function charsetOf({ headers }: FlinksFetchResponse): string | undefined {
  return /charset="?([\w-]+)/i.exec(`${headerOf(headers, "content-type")}`)?.[1];
}

/** `undefined` in Jest's jsdom environment, which has no `TextDecoder`. */
function decoderFor(charset: string | undefined): InstanceType<typeof TextDecoder> | undefined {
  if (typeof TextDecoder === "undefined") return undefined;
  try {
    return new TextDecoder(charset);
  } catch {
    // An unknown label. JSON is UTF-8 (RFC 8259, 8.1).
    return new TextDecoder();
  }
}

function decode(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder> | undefined): string {
  return decoder?.decode(bytes) ?? decodeURIComponent(bytes.reduce(percentEncoded, ""));
}

function percentEncoded(text: string, byte: number): string {
  return `${text}%${byte.toString(16).padStart(2, "0")}`;
}

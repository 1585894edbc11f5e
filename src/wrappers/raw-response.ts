/**
 * Turns undici's response into the one that the exchange reads: headers by name, and a decompressed body.
 *
 * @module
 */

/** Bytes from undici 6, strings from the others. */
type Text = { toString(encoding: "latin1"): string };
type HeaderValue = Text | readonly Text[];
export type RawHeaders = readonly HeaderValue[] | Readonly<Record<string, HeaderValue>>;

export function readHeaders(raw: RawHeaders): { get(name: string): string | null } {
  const headers = new Map<string, string>();
  const add = (name: HeaderValue, value: HeaderValue) => {
    const key = textOf(name).toLowerCase();
    const earlier = headers.get(key);
    headers.set(key, earlier === undefined ? textOf(value) : `${earlier}, ${textOf(value)}`);
  };
  if (Array.isArray(raw)) for (let at = 0; at < raw.length; at += 2) add(raw[at], raw[at + 1]);
  else for (const [name, value] of Object.entries(raw)) add(name, value);
  return { get: (name) => headers.get(name.toLowerCase()) ?? null };
}

function textOf(value: HeaderValue): string {
  return Array.isArray(value) ? value.map(textOf).join(", ") : value.toString("latin1");
}

type Unpacker = "createGunzip" | "createInflate" | "createInflateRaw" | "createBrotliDecompress";

/** What this file needs of Node, whose types the package does without. */
declare const process: {
  getBuiltinModule(name: "node:zlib"): Readonly<Record<Unpacker, () => AsyncIterable<Uint8Array>>>;
  getBuiltinModule(name: "node:stream"): {
    pipeline<To>(from: AsyncIterable<Uint8Array>, to: To, callback: () => void): To;
  };
};

/** The function of `node:zlib` for each `content-encoding`. Only `deflate` needs the first byte. */
const unpackers: Readonly<Record<string, (firstByte: number) => Unpacker>> = {
  gzip: () => "createGunzip",
  "x-gzip": () => "createGunzip",
  br: () => "createBrotliDecompress",
  // Some servers leave out the zlib header (RFC 9110, 8.4.1.2).
  deflate: (firstByte) => ((firstByte & 15) === 8 ? "createInflate" : "createInflateRaw"),
};

/** @param encoding the `content-encoding`; a body with another one, or none, is returned as it is */
export function unpacked(
  body: AsyncIterableIterator<Uint8Array>,
  encoding: string | null,
): AsyncIterableIterator<Uint8Array> {
  const unpackerFor = unpackers[`${encoding}`.toLowerCase()];
  return unpackerFor === undefined ? body : unpack(body, unpackerFor);
}

/** Piece by piece, so that the reader can stop in time. */
async function* unpack(
  packed: AsyncIterableIterator<Uint8Array>,
  unpackerFor: (firstByte: number) => Unpacker,
): AsyncGenerator<Uint8Array> {
  const first = await packed.next();
  // A response can have an encoding and no content.
  if (first.done) return;
  const { value } = first;
  const whole = async function* () {
    yield value;
    yield* packed;
  };
  const unpacker = process.getBuiltinModule("node:zlib")[unpackerFor(Number(value[0]))]();
  yield* process.getBuiltinModule("node:stream").pipeline(whole(), unpacker, () => {});
}

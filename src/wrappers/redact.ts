/**
 * Masks secrets in text that a server sent, before any of it stands on an error. Servers echo what they were
 * sent, and not always as it was: escaped for JSON, URLs or HTML, or several of these in turn, in other case,
 * with letters replaced that they cannot write. So text and secret are compared in three forms, each coarser
 * than the one before, and what matched is cut out of the text as it stood.
 *
 * @module
 */

/** Gives a text without the secrets that it was made for. */
export type Mask = (text: string) => string;

const masked = "[redacted]";
const withheld = "[withheld: it repeats a secret too short to be cut out]";

/** Below this length a secret is found inside ordinary words: cutting it out would tell what it is. */
const shortest = 4;

/** Each layer of escaping takes one; a body in a message in a body has three, and a limit there has to be. */
const mostDecodings = 16;

/** How much of a text is looked at; an error shows far less. */
const longestText = 16_384;

/** The most characters that one character of a secret takes up when it is encoded twice over. */
const longestEncoding = 16;

export function maskOf(secrets: Iterable<string>): Mask {
  const known = [...new Set(secrets)].filter((secret) => secret !== "");
  const longest = Math.max(0, ...known.map((secret) => secret.length));

  return (text) => {
    // What stands behind the cut may be the rest of a secret, so the part that a secret could reach goes too.
    const isWhole = text.length <= longestText;
    const visible = isWhole ? text.length : Math.max(0, longestText - longest * longestEncoding);
    const haystacks = formsOf(text.slice(0, longestText));

    const hidden: Span[] = [];
    for (const secret of known) {
      const needles = formsOf(secret);
      for (const [coarseness, haystack] of haystacks.entries()) {
        const needle = (needles[coarseness] as Form).text;
        // Three letters of a skeleton stand in any text by chance, and decoding may leave nothing at all.
        if (needle.length < shortest && (needle === "" || haystack === haystacks[2])) continue;
        const found = occurrences(haystack, needle);
        if (found.length > 0 && needle.length < shortest) return withheld;
        hidden.push(...found);
      }
    }
    return withoutSpans(text.slice(0, visible), hidden);
  };
}

/** From where to where in the source text, end excluded. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text in lower case, each character with the span of the source that it stands for. */
interface Form {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** The text as it stands; decoded until nothing is left to decode; and of that the ASCII letters and digits. */
function formsOf(text: string): [Form, Form, Form] {
  const spans = Array.from({ length: text.length }, (_, at) => ({ start: at, end: at + 1 }));
  const plain = { text: lowerCase(text), spans };
  let decoded: Form = plain;
  for (let round = 0; round < mostDecodings; round++) {
    const next = decodedOnce(decoded);
    if (next.text === decoded.text) break;
    decoded = next;
  }
  return [plain, decoded, skeletonOf(decoded)];
}

function skeletonOf({ text, spans }: Form): Form {
  const kept = [...text.matchAll(/[a-z0-9]/g)];
  return { text: kept.map(([unit]) => unit).join(""), spans: kept.map(({ index }) => spans[index] as Span) };
}

/** Unit by unit and never longer than before, so that places in both texts stay the same. */
function lowerCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

const encoded =
  /(?<percent>(?:%[0-9a-f]{2})+)|&#x0*(?<hex>[0-9a-f]{1,6});?|&#0*(?<decimal>\d{1,7});?|&(?<name>amp|lt|gt|quot|apos|nbsp);?|\\u(?<unit>[0-9a-f]{4})|\\(?<escaped>[\s\S])|(?<plus>\+)/g;

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const controls: Record<string, string | undefined> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function decodedOnce(form: Form): Form {
  let text = "";
  const spans: Span[] = [];
  const keep = (from: number, to: number) => {
    text += form.text.slice(from, to);
    spans.push(...form.spans.slice(from, to));
  };
  let rest = 0;
  for (const match of form.text.matchAll(encoded)) {
    const [whole] = match;
    const plain = lowerCase(decodeMatch(match.groups as Record<string, string | undefined>));
    keep(rest, match.index);
    rest = match.index + whole.length;
    const start = form.spans[match.index]?.start as number;
    const end = form.spans[rest - 1]?.end as number;
    text += plain;
    for (let unit = 0; unit < plain.length; unit++) spans.push({ start, end });
  }
  keep(rest, form.text.length);
  return { text, spans };
}

function decodeMatch(groups: Record<string, string | undefined>): string {
  const { percent, hex, decimal, name, unit, escaped } = groups;
  if (percent !== undefined) return fromBytes(percent);
  if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
  if (decimal !== undefined) return fromCodePoint(Number(decimal));
  if (name !== undefined) return named[name] as string;
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (escaped !== undefined) return controls[escaped] ?? escaped;
  // A plus, which is a form's space.
  return " ";
}

function fromBytes(percent: string): string {
  const bytes = percent
    .slice(1)
    .split("%")
    .map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

function occurrences({ text, spans }: Form, needle: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    const first = spans[at] as Span;
    const last = spans[at + needle.length - 1] as Span;
    found.push({ start: first.start, end: last.end });
  }
  return found;
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let result = "";
  let rest = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start >= rest) result += text.slice(rest, start) + masked;
    rest = Math.max(rest, end);
  }
  return result + text.slice(rest);
}

/**
 * Keeps secrets out of text that a server sent, before any of it stands on an error. Servers repeat what they
 * were sent: as it was, which is cut out; or escaped for JSON, URLs or HTML, several of these in turn, in other
 * case, with letters replaced that they cannot write. A text that could be read as a secret in any such way is
 * withheld as a whole: to say which part of it is the secret would take more than is known.
 *
 * @module
 */

/** Gives a text without the secrets that it was made for. */
export type Mask = (text: string) => string;

const redacted = "[redacted]";
export const withheld = "[withheld: it may repeat a secret]";

/** Below this length a secret is found inside ordinary words: cutting it out would tell what it is. */
const shortest = 4;

/** How much of a text is looked at; an error shows far less. */
const longestText = 16_384;

/** How much of a secret is looked for: pictures are answers, too. */
const longestNeedle = 256;

/** What stands closer to a cut may be the beginning of an escaped secret. */
const margin = 4_096;

/** In how many ways a text is read at most. One that is escaped further is withheld. */
const mostReadings = 64;

export function maskOf(secrets: Iterable<string>): Mask {
  const known = [...new Set(secrets)].filter((secret) => secret !== "");
  const verbatim = known
    .filter(({ length }) => length >= shortest && length <= longestNeedle)
    // In lookahead, so that occurrences may overlap.
    .map((secret) => new RegExp(`(?=(${secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}))`, "gi"));
  const needles = known.map((secret) => formsOf(secret.slice(0, longestNeedle)));

  return (text) => {
    const shown = withoutMatches(text.slice(0, longestText), verbatim);
    if (mayRepeat(shown, needles)) return withheld;
    return text.length > longestText ? shown.slice(0, longestText - margin) : shown;
  };
}

/** Cuts out all that is matched, and what overlaps or touches as one. */
function withoutMatches(text: string, patterns: readonly RegExp[]): string {
  const spans = patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ index, 1: found }) => ({ start: index, end: index + (found as string).length }))
    .sort((a, b) => a.start - b.start);
  let result = "";
  let rest = 0;
  for (const { start, end } of spans) {
    if (start >= rest) result += text.slice(rest, start) + redacted;
    rest = Math.max(rest, end);
  }
  return result + text.slice(rest);
}

/** A text as it is compared: without case; without accents as well; and the ASCII letters and digits of both. */
type Forms = readonly [upper: string, folded: string, ascii: string, foldedAscii: string];

function formsOf(text: string): Forms {
  const upper = text.toUpperCase();
  const folded = upper.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().replaceAll("+", " ");
  return [upper, folded, asciiOf(upper), asciiOf(folded)];
}

function asciiOf(text: string): string {
  return text.replace(/[^A-Z0-9]/g, "");
}

/** Whether any reading of a text holds one of the secrets. */
function mayRepeat(text: string, needles: readonly Forms[]): boolean {
  const readings = new Set([text]);
  for (const reading of readings) {
    if (readings.size > mostReadings) return true;
    const haystack = formsOf(reading);
    for (const needle of needles) {
      const found = needle.some(
        // Three letters stand in any text by chance, and a form may be empty.
        (form, at) => form.length >= (at < 2 ? 1 : shortest) && haystack[at]?.includes(form),
      );
      // Of a secret made of signs, names of entities leave nothing to compare.
      if (found || (needle[3].length < shortest && /&[a-z]+;/i.test(reading))) return true;
    }
    for (const decode of decoders) readings.add(decode(reading));
  }
  return false;
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const controls: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Each undoes one kind of escaping, once. Apart, since what stands before a secret may look like another kind. */
const decoders: readonly ((text: string) => string)[] = [
  // Whoever escapes for a URL leaves letters and digits alone, so these may belong to the secret …
  (text) => text.replace(/(?:%(?!3\d|[46][1-9a-f]|[57][0-9a])[0-9a-f]{2})+/gi, fromPercent),
  // … or everything is escaped.
  (text) =>
    text
      .replace(/(?:%[0-9a-f]{2})+/gi, fromPercent)
      .replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => fromCodePoint(Number.parseInt(hex, 16))),
  (text) =>
    text
      .replace(/&#x0*([0-9a-f]{1,6});?/gi, (_, hex: string) => fromCodePoint(Number.parseInt(hex, 16)))
      .replace(/&#0*(\d{1,7});?/g, (_, decimal: string) => fromCodePoint(Number(decimal)))
      .replace(/&(amp|lt|gt|quot|apos);?/gi, (_, name: string) => named[name.toLowerCase()] as string)
      // A letter with an accent is named after the letter. Others are as if left out.
      .replace(/&([a-z])(?:acute|grave|circ|uml|cedil|tilde|ring|slash|caron);/gi, "$1\u0301")
      .replace(/&szlig;/gi, "ß")
      .replace(/&[a-z]+;/gi, ""),
  (text) =>
    text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, (_, unit, byte, escaped) =>
      escaped === undefined
        ? fromCodePoint(Number.parseInt(unit ?? byte, 16))
        : (controls[escaped.toLowerCase()] ?? escaped),
    ),
];

function fromPercent(percent: string): string {
  const bytes = percent
    .slice(1)
    .split("%")
    .map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

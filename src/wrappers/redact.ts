/**
 * Masks secrets in text that a server sent, before any of it stands on an error. Servers echo what they were
 * sent, and not always as it was: JSON-escaped, URL-encoded, HTML-escaped, or several of these in turn. So
 * text and secret are both decoded, several times over, and compared without case at every step; what matched
 * is cut out of the text as it stood.
 *
 * @module
 */

/** Gives a text without the secrets that it was made for. */
export type Mask = (text: string) => string;

const masked = "[redacted]";
const withheld = "[withheld: it repeats a secret too short to be cut out]";

/** Below this length a secret is found inside ordinary words: cutting it out would tell what it is. */
const shortest = 4;

/** Text that was escaped for JSON, for HTML and for a URL, one after the other, is read back. */
const mostDecodings = 3;

/** How much of a text is looked at; an error shows far less. */
const longestText = 65_536;

/** The most characters that one character of a secret takes up when it is encoded twice over. */
const longestEncoding = 16;

export function maskOf(secrets: Iterable<string>): Mask {
  const known = [...new Set(secrets)].filter((secret) => secret !== "");
  const longest = Math.max(0, ...known.map((secret) => secret.length));

  return (text) => {
    // What stands behind the cut may be the rest of a secret, so the part that a secret could reach goes too.
    const whole = text.length <= longestText;
    const visible = whole ? text.length : Math.max(0, longestText - longest * longestEncoding);
    const forms = decodings(text.slice(0, longestText));

    const hidden: Span[] = [];
    for (const secret of known) {
      const [plain, ...decoded] = decodings(secret).map((form) => form.text);
      // What decodes to less than a word stands in too many texts by chance.
      const needles = [plain as string, ...decoded.filter((needle) => needle.length >= shortest)];
      for (const form of forms) {
        for (const needle of needles) {
          const found = occurrences(form, needle);
          if (found.length > 0 && secret.length < shortest) return withheld;
          hidden.push(...found);
        }
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

/** The text as it stands, and what is left of it each time it is decoded once more. */
function decodings(text: string): Form[] {
  const spans = Array.from({ length: text.length }, (_, at) => ({ start: at, end: at + 1 }));
  const forms: Form[] = [{ text: lowerCase(text), spans }];
  for (let round = 0; round < mostDecodings; round++) {
    const last = forms[round] as Form;
    const next = decodedOnce(last);
    if (next.text === last.text) break;
    forms.push(next);
  }
  return forms;
}

/** Unit by unit and never longer than before, so that places in both texts stay the same. */
function lowerCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

const encoded =
  /(?<percent>(?:%[0-9a-f]{2})+)|&#x0*(?<hex>[0-9a-f]{1,6});?|&#0*(?<decimal>\d{1,7});?|&(?<name>amp|lt|gt|quot|apos|nbsp);?|\\u(?<unit>[0-9a-f]{4})|\\(?<control>[bfnrt])|(?<slash>\\)|(?<plus>\+)/g;

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const controls: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

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
  const { percent, hex, decimal, name, unit, control, plus } = groups;
  if (percent !== undefined) return fromBytes(percent);
  if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
  if (decimal !== undefined) return fromCodePoint(Number(decimal));
  if (name !== undefined) return named[name] as string;
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (control !== undefined) return controls[control] as string;
  // A backslash before any other character only escapes it; a plus is a form's space.
  return plus === undefined ? "" : " ";
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

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

export const withheld = "[withheld: it may repeat a secret]";

/** Fewer letters or digits stand in any text by chance, and cutting them out would tell what they were. */
const fewest = 4;

/** How much of a secret is looked for: pictures are answers, too. */
const longestNeedle = 256;

/** How much of a text is looked at; what is shown ends before, as an escaped secret may begin near the end. */
const [longestText, mostShown] = [16_384, 12_288];

/** In how many ways a text is read at most. One that is escaped further is withheld. */
const mostReadings = 64;

export function maskOf(secrets: readonly string[]): Mask {
  const known = [...new Set(secrets)].filter((secret) => secret !== "");
  const verbatim = known
    .filter(({ length }) => length >= fewest && length <= longestNeedle)
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  // An empty pattern would match everywhere.
  const pattern = new RegExp(`(?:${verbatim.join("|") || "$."})+`, "gi");
  const needles = known.map((secret) => secret.slice(0, longestNeedle));
  // What a secret has of escapes itself is undone with those of the text.
  const forms = needles.flatMap(readingsOf).filter(({ length }) => length >= fewest);
  const signs = needles.filter((needle) => formsOf(needle).some(({ length }) => length < fewest));

  return (text) => {
    const shown = text.slice(0, longestText).replace(pattern, "[redacted]");
    const readings = readingsOf(shown);
    const mayRepeat =
      readings.length > 2 * mostReadings ||
      forms.some((form) => readings.some((reading) => reading.includes(form))) ||
      // Of a secret made of signs, escapes leave nothing to compare.
      (signs.length > 0 && /[%&\\]/.test(shown)) ||
      signs.some((secret) => folded(shown).includes(folded(secret)));
    return mayRepeat ? withheld : shown.slice(0, mostShown);
  };
}

/** What a text is in the end, in each of the ways to undo its escapes. */
function readingsOf(text: string): string[] {
  const readings = new Set([text]);
  for (const reading of readings) {
    if (readings.size <= mostReadings) readings.add(decoded(reading, false)).add(decoded(reading, true));
  }
  return [...readings].flatMap(formsOf);
}

/** The letters and digits that every encoding can write, without and with those below accents and in ligatures. */
function formsOf(text: string): readonly string[] {
  return [text.toLowerCase(), folded(text)].map((form) => form.replace(/[^a-z\d]/g, ""));
}

/** Without case and accents. */
function folded(text: string): string {
  return text.toUpperCase().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * With one layer of escapes undone, or those of signs alone: whoever escapes leaves letters and digits as they are, so
 * what looks like an escaped one may belong to the secret. What is not ASCII is left out, as it is not compared.
 */
function decoded(text: string, signsOnly: boolean): string {
  return text.replace(
    /(?:%|\\x)([\da-f]{2})|[%\\]u([\da-f]{4})|&#x([\da-f]+);?|&#(\d+);?|&[a-z]+;|\\[\\bfnrt]/gi,
    (escaped: string, byte, unit, hex, decimal) => {
      if (/&amp;|\\\\/i.test(escaped)) return escaped.charAt(0);
      const code = decimal ?? Number.parseInt(byte ?? unit ?? hex, 16);
      const character = code < 128 ? String.fromCharCode(code) : "";
      return signsOnly && /\w/.test(character) ? escaped : character;
    },
  );
}

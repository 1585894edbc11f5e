import { describe, expect, it } from "vitest";
import { maskOf } from "../../src/wrappers/redact.ts";

const secret = `p4ss "w<o>r'd" é&+%41\\n/😀\n end`;

const encodings: [string, (text: string) => string][] = [
  ["as it is", (text) => text],
  ["in capitals", (text) => text.toUpperCase()],
  ["as JSON", (text) => JSON.stringify(text).slice(1, -1)],
  [
    "as JSON in ASCII",
    (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ],
  ["as PHP's JSON", (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/")],
  ["as a part of a URL", encodeURIComponent],
  ["the same in small letters", (text) => encodeURIComponent(text).toLowerCase()],
  ["as a form's field", (text) => new URLSearchParams({ "": text }).toString().slice(1)],
  [
    "as HTML",
    (text) =>
      text.replace(
        /[&<>"']/g,
        (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" })[c] as string,
      ),
  ],
  ["as HTML by decimal numbers", (text) => Array.from(text, (c) => `&#${c.codePointAt(0)};`).join("")],
  [
    "as HTML by hexadecimal numbers",
    (text) => Array.from(text, (c) => `&#x00${c.codePointAt(0)?.toString(16)};`).join(""),
  ],
];

const withheld = "[withheld: it may repeat a secret]";

describe("a secret that is repeated as it is, or in other case", () => {
  it.each(encodings.slice(0, 2))("is cut out %s, and what stands around it is left", (_, encode) => {
    const mask = maskOf([secret]);
    expect(mask(`You sent ${encode(secret)}, which is wrong.`)).toBe("You sent [redacted], which is wrong.");
    expect(mask(encode(secret))).toBe("[redacted]");
    expect(mask(`${encode(secret)}|${encode(secret)}`)).toBe("[redacted]|[redacted]");
  });

  it("leaves nothing of others that it holds or touches", () => {
    expect(maskOf(["cdef", "abcdefgh", "xyzw"])("-abcdefgh-xyzw-cdef-xyzwcdef-")).toBe(
      "-[redacted]-[redacted]-[redacted]-[redacted]-",
    );
    for (const secrets of [
      ["abcd", "abcdefgh"],
      ["abcdefgh", "abcd"],
    ]) {
      expect(maskOf(secrets)("-abcdefgh-abcd-")).toBe("-[redacted]-[redacted]-");
    }
  });

  it("is found by its beginning if it is longer than 256 characters, and the text withheld", () => {
    const long = Array.from({ length: 300 }, (_, at) => at).join("");
    expect(maskOf([long.slice(0, 256)])(`-${long.slice(0, 256)}-`)).toBe("-[redacted]-");
    expect(maskOf([long])(`-${long}-`)).toBe(withheld);
    expect(maskOf([long])(`-${long.slice(0, 257)}-`)).toBe(withheld);
  });
});

describe.each(encodings.slice(2))("a secret that is repeated %s", (_, encode) => {
  it("makes the text be withheld", () => {
    expect(maskOf([secret])(`You sent ${encode(secret)}, which is wrong.`)).toBe(withheld);
  });

  it.each(encodings)("and then %s", (_name, again) => {
    expect(maskOf([secret])(again(`<${encode(secret)}>`))).toBe(withheld);
  });

  it("is found without letters or digits, too", () => {
    const symbols = `é<&>"'+%/😀\n\t\r\b\f ¿?`;
    expect(maskOf([symbols])(`<${encode(symbols)}>`)).toBe(withheld);
  });
});

describe("a secret is found", () => {
  it.each([
    ["behind what looks like an escape", "night@owl", "BANK%5Cnight%40owl"],
    ["behind a backslash in a form", "night owl 77", "CORP\\night+owl+77"],
    ["behind a backslash in JSON and HTML", "night&owl1", '"BANK\\\\night&amp;owl1"'],
    ["behind what looks like an entity", "gto@home77", "a=1&gto%40home77"],
    ["behind a per cent sign", "41bird@x77", "100%41bird%40x77"],
    ["with its accents named", "café-Montréal", "caf&eacute;-Montr&eacute;al"],
    ["with its ligatures named", "cœur-straße", "c&oelig;ur-stra&szlig;e"],
    ["with its signs named", "P@ssw0rd!x", "P&commat;ssw0rd&excl;x"],
    ["made of signs, and named", "$#@!*12", "&dollar;&num;&commat;&excl;&ast;12"],
    ["in capitals that are longer", "straßenbahn9", "STRASSENBAHN9"],
    ["in Greek capitals", "κωδικός", "ΚΩΔΙΚΌΣ"],
    ["in another normal form", "café-secret", "cafe\u0301-secret"],
    ["without its accents", "pässwörd-é", "password-e"],
    ["with JavaScript's bytes", "P@ssw0rd!", "P\\x40ssw0rd\\x21"],
    ["with JavaScript's old URLs", "wörter-buch", "w%u00f6rter-buch"],
    ["with every letter escaped", "abcd", "%61%62%63%64"],
    ["with every letter escaped, and signs", "a§§§b", "%61%C2%A7%C2%A7%C2%A7%62"],
    ["behind a per cent sign, with signs", "41§§§§", "100%41%C2%A7%C2%A7%C2%A7%C2%A7"],
    ["behind a per cent sign, with a digit", "35bird@x77", "100%35bird%40x77"],
    ["behind a per cent sign, with another letter", "5abird@x77", "100%5abird%40x77"],
    ["of accents, and named", "éàü1", "&eacute;&agrave;&uuml;1"],
    ["of signs, and named without their ends", `<>"'&`, "&lt&gt&quot&apos&amp"],
    ["in JSON in capitals", "a\nb\tc", "A\\NB\\TC"],
    ["with an entity that is not closed", "§§&§§", "§§&amp§§"],
    ["with a decimal one", "§§&§§", "§§&#38§§"],
    ["with a hexadecimal one", "§§&§§", "§§&#x26§§"],
    ["with letters by decimal numbers that are not closed", "night-owl", "&#110&#105&#103&#104&#116-owl"],
    ["with letters by hexadecimal ones", "night-owl", "&#x6e&#x69&#x67&#x68&#x74-owl"],
    ["with an apostrophe", "§§'§§", "§§&apos;§§"],
    ["with a blank behind a backslash, as a shell has it", "§§ §§", "§§\\ §§"],
    ["with a byte order mark", "§§\ufeff§§", "§§%ef%bb%bf§§"],
    ["with the last character that there is", "§§\u{10ffff}§§", "§§&#x10ffff;§§"],
    ["with letters replaced that could not be written", "pä55-w0rd!", "p?55-w0rd!"],
    ["with others put in their place", "pä55-w0rd!", "P\ufffd55 W0RD"],
    ["in another encoding", "pä55-w0rd!", "p%E4_55&-w0rd"],
    ["by four letters or digits", "ä-bcd-e", "-bcd.e-"],
    ["that decodes to next to nothing", "%41%42", "-%2541%2542-"],
    ["of backslashes", "\\\\\\\\", "-\\\\\\\\\\\\\\\\-"],
    ["of a mark alone", "\u0301", "e\u0301"],
  ])("%s: %j in %j", (_, known, text) => {
    expect(maskOf([known])(`<${text}>`)).toMatch(/^\[withheld|^<-?\[redacted\]-?>$/);
    // The rest of the text is left where the secret is another.
    expect(maskOf(["another-s3cret"])(`<${text}>`)).toBe(`<${text}>`);
  });

  it("not by three letters, which stand in any text by chance", () => {
    expect(maskOf(["ö-bc-d"])("-bc.d-")).toBe("-bc.d-");
  });

  it("by any escape, if it is made of signs: nothing would be left to compare", () => {
    for (const text of ["100 %", "a\\b", "&nbsp;"]) {
      expect(maskOf(["§§§§"])(text)).toBe(withheld);
      expect(maskOf(["§abcd§"])(text)).toBe(text);
    }
  });
});

it("four letters or digits, such as a PIN, are enough to leave a page with entities as it is", () => {
  expect(maskOf(["1234"])("<p>Bad&nbsp;gateway</p>")).toBe("<p>Bad&nbsp;gateway</p>");
});

describe("text without a secret is left as it is", () => {
  it.each(["", "plain", "50 % off &amp; more \\n &nbsp; &#xffffff; %zz &unknown; a+b \ud800 İ"])(
    "%j",
    (text) => {
      expect(maskOf([secret])(text)).toBe(text);
      expect(maskOf([])(text)).toBe(text);
      expect(maskOf([""])(text)).toBe(text);
    },
  );
});

describe("a secret of less than four characters", () => {
  it("withholds the text it is found in: a gap in a word would tell what was cut out", () => {
    expect(maskOf(["no"])("Unknown")).toBe(withheld);
    expect(maskOf(["é"])("%C3%A9")).toBe(withheld);
  });

  it("leaves other text alone", () => {
    expect(maskOf(["no"])("wrong")).toBe("wrong");
  });
});

describe("text that is escaped over and over", () => {
  const layers = (count: number) => `<ab%${"25".repeat(count - 1)}2Fcd>`;

  it("is read in sixty-four ways", () => {
    expect(maskOf(["ab/cd"])(layers(63))).toBe(withheld);
    expect(maskOf(["other-secret"])(layers(63))).toBe(layers(63));
  });

  it("is withheld beyond, whatever it holds", () => {
    expect(maskOf(["other-secret"])(layers(64))).toBe(withheld);
  });

  it("takes no time to speak of", () => {
    // In each of a million ways to undo them one after the other.
    const nested = `%${"25".repeat(200)}41 &${"amp;".repeat(200)} ${"\\".repeat(2 ** 12)}`;
    const before = performance.now();
    expect(maskOf([secret])(nested)).toBe(withheld);
    expect(maskOf([secret])(`%${"25".repeat(8_000)}41`)).toBe(withheld);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe("long text", () => {
  it("is shown up to 12 288 characters, and looked at as much further as an escaped secret could reach", () => {
    const mask = maskOf(["secret"]);
    const most = "-".repeat(16_384);
    expect(mask(most)).toBe("-".repeat(12_288));
    expect(mask(most.slice(0, 12_288))).toBe(most.slice(0, 12_288));
    expect(mask(`${most.slice(6)}s%65cret`)).toBe("-".repeat(12_288));
    expect(mask(`${most.slice(8)}s%65cret`)).toBe(withheld);
    // What is cut off is not searched either, and leaves no mark.
    expect(mask(`${most}secret`)).toBe("-".repeat(12_288));
  });

  it("is cut so that no part of a secret can be left at its end", () => {
    const long = "s".repeat(100);
    for (const before of [16_384 - 100, 16_384 - 50, 16_384 - 1]) {
      expect(maskOf([long])(`${"-".repeat(before)}${long}`)).toMatch(/^-{12288,}(?:\[redacted\])?$/);
    }
  });
});

it("secrets of megabytes, as pictures are, take no time to speak of", () => {
  const pictures = Array.from({ length: 10 }, (_, at) => `${at}`.repeat(1_000_000));
  const before = performance.now();
  const mask = maskOf(pictures);
  for (let times = 0; times < 100; times++) expect(mask("connect ECONNREFUSED")).toBe("connect ECONNREFUSED");
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(mask(`<${pictures[3]}>`)).toBe(withheld);
});

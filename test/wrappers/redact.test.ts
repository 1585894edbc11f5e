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

describe.each(encodings)("%s", (_, encode) => {
  it("a secret is cut out, and what stands around it is left", () => {
    const mask = maskOf([secret]);
    expect(mask(`You sent ${encode(secret)}, which is wrong.`)).toBe("You sent [redacted], which is wrong.");
    expect(mask(encode(secret))).toBe("[redacted]");
    expect(mask(`${encode(secret)}|${encode(secret)}`)).toBe("[redacted]|[redacted]");
  });

  it.each(encodings)("and then %s", (_name, again) => {
    expect(maskOf([secret])(again(`<${encode(secret)}>`))).not.toMatch(/p4ss|w.?o.?r.?d|end/i);
  });
});

describe("a secret without letters or digits, of which decoding alone finds the trace", () => {
  it.each(encodings)("%s", (_, encode) => {
    const symbols = `é<&>"'+%/😀\n\t\r\b\f ¿?`;
    expect(maskOf([symbols])(`<${encode(symbols)}>`)).toBe("<[redacted]>");
  });

  it.each([
    ["&", "§§&amp§§", "an entity without its semicolon"],
    ["&", "§§&#38§§", "a decimal one"],
    ["&", "§§&#x26§§", "a hexadecimal one"],
    ["'", "§§&apos;§§", "an entity"],
    [" ", "§§&nbsp;§§", "a blank that does not break"],
    [" ", "§§\\ §§", "a blank behind a backslash, as a shell has it"],
    ["\ufeff", "§§%ef%bb%bf§§", "a byte order mark"],
    ["\u{10ffff}", "§§&#x10ffff;§§", "the last character that there is"],
  ])("%j in %j, %s", (character, text) => {
    expect(maskOf([`§§${character}§§`])(`-${text}-`)).toBe("-[redacted]-");
  });

  it("is not found where a number that stands for no character parts it", () => {
    expect(maskOf(["§§§§"])("§§&#x110000;§§")).toBe("§§&#x110000;§§");
  });
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

it("several secrets, one inside the other or overlapping, leave nothing behind", () => {
  expect(maskOf(["abcdef", "cdefgh", "cdef", "xyzw"])("-abcdefgh-xyzw-cdef-")).toBe(
    "-[redacted]-[redacted]-[redacted]-",
  );
});

it("a secret that decodes to next to nothing is found all the same", () => {
  expect(maskOf(["%41%42"])("-%2541%2542-")).toMatch(/^\[withheld/);
  expect(maskOf(["\\\\\\\\"])("-\\\\\\\\-")).toBe("-[redacted]-");
});

it("a secret is found although what is not ASCII was replaced, and what is no letter or digit escaped", () => {
  const mask = maskOf(["pä55-w0rd!"]);
  for (const mangled of ["p?55-w0rd!", "P\ufffd55 W0RD", "p%E4_55&-w0rd", "p...55.w0rd"]) {
    expect(mask(`<${mangled}>`)).toMatch(/^<\[redacted\]!?>$/);
  }
});

it("four letters or digits are enough to find a secret by; three stand in any text by chance", () => {
  expect(maskOf(["ä-bcd-e"])("-bcd.e-")).toBe("-[redacted]-");
  expect(maskOf(["ä-bc-d"])("-bc.d-")).toBe("-bc.d-");
});

it("a capital whose small letter is longer does not move the cut", () => {
  expect(maskOf(["secret"])("İİ Secret!")).toBe("İİ [redacted]!");
});

it("sixteen layers of escaping are taken off, and no more", () => {
  const layers = (count: number) => `<ab%${"25".repeat(count - 1)}2Fcd>`;
  expect(maskOf(["ab/cd"])(layers(16))).toBe("<[redacted]>");
  expect(maskOf(["ab/cd"])(layers(17))).toBe(layers(17));
});

it("a secret that is its own beginning and end is found where it overlaps itself", () => {
  expect(maskOf(["abab"])("-ababab-")).toBe("-[redacted]-");
});

describe("a secret of less than four characters", () => {
  it("withholds the text it is found in: a gap in a word would tell what was cut out", () => {
    expect(maskOf(["no"])("Unknown")).toBe("[withheld: it repeats a secret too short to be cut out]");
    expect(maskOf(["é"])("%C3%A9")).toBe("[withheld: it repeats a secret too short to be cut out]");
  });

  it("leaves other text alone", () => {
    expect(maskOf(["no"])("wrong")).toBe("wrong");
  });
});

describe("long text", () => {
  it("is whole up to 16 384 characters; beyond, as much is cut as a secret could reach", () => {
    const mask = maskOf(["secret"]);
    const most = "-".repeat(16_384);
    expect(mask(most)).toBe(most);
    const shown = "-".repeat(16_384 - 16 * "secret".length);
    expect(mask(`${most}-`)).toBe(shown);
    // What is cut off is not searched either, and leaves no mark.
    expect(mask(`${most}secret`)).toBe(shown);
  });

  it("is cut so that no part of a secret can be left at its end", () => {
    const long = "s".repeat(100);
    for (const before of [16_384 - 100, 16_384 - 50, 16_384 - 1]) {
      const shown = maskOf([long])(`${"-".repeat(before)}${long}`);
      expect(shown).toMatch(/^-+(\[redacted\])?$/);
      expect(shown.length).toBeGreaterThan(14_000);
    }
  });

  it("shows nothing where a secret could fill it all", () => {
    expect(maskOf(["s".repeat(10_000)])("s".repeat(20_000))).not.toContain("s");
  });

  it("that is encoded over and over takes no time to speak of", () => {
    const nested = `%${"25".repeat(8_000)}41`;
    const secrets = Array.from({ length: 8 }, (_, at) => nested.slice(0, -1 - at));
    const before = performance.now();
    maskOf(secrets)(nested);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

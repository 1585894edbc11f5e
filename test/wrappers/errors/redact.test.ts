/** Masking has a contract of its own: what is replaced in a text, and what is left alone. */
import { describe, expect, it } from "vitest";
import { cleanOrOmit, createRedact } from "../../../src/wrappers/errors/redact.ts";
import { cpuTimeOf } from "../../helpers/cpu-time.ts";

const password = `p4ss! "w<o>r'd" (é)~*&+%41\\n/😀`;

/** @param quotes each quote and its escaped form */
function inHtml(...quotes: string[]): string {
  const pairs = ["&", "&amp;", "<", "&lt;", ">", "&gt;", ...quotes];
  return pairs.reduce((text, sign, at) => (at % 2 === 0 ? text.replaceAll(sign, `${pairs[at + 1]}`) : text), password);
}

describe("a secret is replaced", () => {
  it.each<[string, string]>([
    ["verbatim", password],
    ["in other case", password.toUpperCase()],
    ["in JSON", JSON.stringify(password).slice(1, -1)],
    ["in a form", new URLSearchParams({ "": password }).toString().slice(1)],
    ["in a URL, by encodeURIComponent", encodeURIComponent(password)],
    ["in a URL, in small letters", encodeURIComponent(password).toLowerCase()],
    ["in a URL, with blanks as %20", new URLSearchParams({ "": password }).toString().slice(1).replaceAll("+", "%20")],
    ["in HTML by Express", inHtml('"', "&quot;", "'", "&#39;")],
    ["in HTML by React", inHtml('"', "&quot;", "'", "&#x27;")],
    ["in HTML by PHP", inHtml('"', "&quot;", "'", "&#039;")],
    ["in HTML by Go", inHtml('"', "&#34;", "'", "&#39;")],
    ["in XHTML", inHtml('"', "&quot;", "'", "&apos;")],
  ])("%s, and the text around it is left", (_, echo) => {
    const redact = createRedact([password]);
    expect(redact(`You sent ${echo}, which is wrong.`)).toBe("You sent [redacted], which is wrong.");
    expect(redact(`${echo}|${echo}`)).toBe("[redacted]|[redacted]");
  });

  it.each([
    ["abcdef", "abcdefgh"],
    ["abcdefgh", "abcdef"],
  ])("as a whole where it contains another one: %s, %s", (...secrets) => {
    expect(createRedact(secrets)("-abcdefgh-abcdef-")).toBe("-[redacted]-[redacted]-");
  });

  it("that has only its upper case in common with the text", () => {
    // The micro sign and the capital letter mu.
    expect(createRedact(["\u00b5-secret-1"])("<\u039c-SECRET-1>")).toBe("<[redacted]>");
  });

  it("that has only its lower case in common with the text", () => {
    // The Kelvin sign and "k".
    expect(createRedact(["kiwi-secret"])("<\u212aiwi-secret>")).toBe("<[redacted]>");
  });

  it("whose lower case depends on the letters around it", () => {
    // The last letter is a final sigma only at the end of a word.
    expect(createRedact(["ΟΔΟΣ-ΟΔΟΣ"])("<ΟΔΟΣ-ΟΔΟΣΑ>")).toBe("<[redacted]Α>");
  });

  it.each(["$&", ".*", "[a-z]+", "(", "\\d", "^$|?", "a{2}/", "\ud800"])("that looks like a pattern: %j", (secret) => {
    expect(createRedact([secret])(`<${secret}>`)).toBe("<[redacted]>");
    expect(createRedact([secret])("<abc aa 77>")).toBe("<abc aa 77>");
  });

  it("that is as long as a picture", async () => {
    const pictures = Array.from({ length: 5 }, (_, at) => `${at}+/`.repeat(30_000));
    const text = `<${pictures[3]}> <s3cret> <${encodeURIComponent(`${pictures[4]}`)}>`;
    const mask = () => createRedact([...pictures, "s3cret"])(text);
    // A regular expression of this length takes tens of seconds to compile, and then fails.
    const time = await cpuTimeOf(() => expect(mask()).toBe("<[redacted]> <[redacted]> <[redacted]>"));
    expect(time).toBeLessThan(2_000);
    expect(createRedact(pictures)("connect ECONNREFUSED")).toBe("connect ECONNREFUSED");
  });
});

describe("a short secret is replaced as a whole word only", () => {
  it.each([
    ["No", "Not found. No institution knows it. no!", "Not found. [redacted] institution knows it. [redacted]!"],
    ["1", "HTTP 11, 1 of 21, id-1-x", "HTTP 11, [redacted] of 21, id-[redacted]-x"],
    ["2952", "fd4e2952-95a8 2952", "fd4e2952-95a8 [redacted]"],
    ["Erin", "catering by Erin", "catering by [redacted]"],
    ["é", "été é", "été [redacted]"],
    ["12345", "123456 12345", "123456 [redacted]"],
  ])("%s", (secret, text, expected) => {
    expect(createRedact([secret])(text)).toBe(expected);
  });

  it("and one of six characters anywhere", () => {
    expect(createRedact(["123456"])("a1234567")).toBe("a[redacted]7");
  });
});

it.each([[[]], [[undefined]], [["", undefined]]])("without secrets (%j) a text is left as it is", (secrets) => {
  const text = "50 % off &amp; more \\n &nbsp; a+b \ud800 İ";
  expect(createRedact(secrets)(text)).toBe(text);
  expect(createRedact([...secrets, password])(text)).toBe(text);
});

it("a fact is returned if it is free of secrets, and otherwise left out", () => {
  const redact = createRedact(["1", "s3cret"]);
  expect(cleanOrOmit("fd4e2951-95a8", redact)).toBe("fd4e2951-95a8");
  expect(cleanOrOmit("fd4e-1-95a8", redact)).toBeUndefined();
  expect(cleanOrOmit("the-s3cret", redact)).toBeUndefined();
  expect(cleanOrOmit(undefined, redact)).toBeUndefined();
});

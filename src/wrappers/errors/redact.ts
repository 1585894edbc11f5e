/**
 * Keeps secrets out of error text. Servers sometimes echo what they were sent, as it was or escaped once for JSON, a
 * URL or HTML; these four forms are replaced. This guards against a secret in a log by accident. It does not guard
 * against a server that disguises one: that server was sent the secret anyway.
 *
 * @module
 */

/** Returns the text with every known secret replaced by `[redacted]`. */
export type Redact = (text: string) => string;

/** A shorter secret only matches as a whole word, or "No" would be cut out of "Not found". */
const shortSecretLength = 6;

/** A longer one, such as a picture, would take seconds to compile, or fail with an error that quotes it. */
const maxPatternLength = 256;

export function createRedact(secrets: readonly (string | undefined)[]): Redact {
  const given = secrets.flatMap((secret) => secret || []);
  const shortest = Math.min(...given.map(({ length }) => length));
  let mask: Redact | undefined;
  return (text) => {
    // No form of a secret is shorter than the secret. Many headers and messages are shorter than all of them.
    if (text.length < shortest) return text;
    mask ??= createMask(given);
    return mask(text);
  };
}

function createMask(secrets: readonly string[]): Redact {
  const forms = new Set(secrets.flatMap(formsOf));
  // Longest first, so that a secret that contains another one is replaced as a whole.
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  const long = sorted.filter(({ length }) => length > maxPatternLength);
  const short = sorted.slice(long.length);
  const spellings = short.map(spellingsOf);
  let pattern: RegExp | undefined;
  return (text) => {
    const rest = long.reduce((rest, form) => rest.replaceAll(form, "[redacted]"), text);
    const spelled = spellingsOf(rest);
    // Compiling the pattern takes longer than all else about an error, and hardly any text needs it.
    if (!spellings.some((forms) => forms.some((form, at) => spelled[at]?.includes(form)))) return rest;
    pattern ??= new RegExp(short.map(patternOf).join("|"), "giu");
    return rest.replace(pattern, "[redacted]");
  };
}

/** The lower case of some letters depends on those around them, and "µ" and "Μ" have only their upper case in common. */
function spellingsOf(text: string): string[] {
  return [text, text.toLowerCase(), text.toUpperCase()];
}

/** A fact such as an id or a header: returned if it is free of secrets, and otherwise left out, never rewritten. */
export function cleanOrOmit(text: string | undefined, redact: Redact): string | undefined {
  return text !== undefined && redact(text) === text ? text : undefined;
}

/** Node's own causes are three deep, with at most a handful of addresses side by side. */
const maxCauseDepth = 4;
const maxCauseLength = 2_000;

/**
 * What is useful in a log from an error of a foreign `fetch`: an allow-list of fields, copied. The original may hold
 * its request, and may throw when it is read.
 */
export function safeCause(error: unknown, redact: Redact, depth = 0): Error | undefined {
  if (!isError(error) || depth > maxCauseDepth) return undefined;
  const cause = safeCause(read(error, "cause"), redact, depth + 1);
  const copy = new Error(textOf(read(error, "message"), redact) ?? "", cause && { cause });
  for (const key of ["name", "code", "errno", "syscall", "hostname", "address", "port"]) {
    const value = read(error, key);
    const safe = typeof value === "number" ? value : factOf(value, redact);
    if (safe !== undefined) Object.defineProperty(copy, key, { value: safe });
  }
  return copy;
}

/** Masked before it is cut, so that no part of a secret is left at the end. */
function textOf(value: unknown, redact: Redact): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.length > 50 * maxCauseLength ? "[too long]" : redact(value).slice(0, maxCauseLength);
}

function factOf(value: unknown, redact: Redact): string | undefined {
  return typeof value === "string" && value.length <= maxCauseLength ? cleanOrOmit(value, redact) : undefined;
}

/** By its tag too: test environments have errors from another realm. A Proxy may throw at each of these. */
function isError(value: unknown): value is object {
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    return false;
  }
}

function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function formsOf(secret: string): string[] {
  // Ids, keys and tokens are the same in every form.
  if (/^[\w.-]+$/.test(secret)) return [secret];
  const inForm = new URLSearchParams([["", secret]]).toString().slice(1);
  const inUrl = inForm.replaceAll("+", "%20");
  // `encodeURIComponent` leaves these signs alone. It throws at half a surrogate pair.
  const inComponent = inUrl.replace(/%(?:21|27|28|29|7E)/g, decodeURIComponent);
  return [secret, JSON.stringify(secret).slice(1, -1), inForm, inUrl, inComponent, ...inHtml(secret)];
}

/** Template engines escape the quotes in different ways. */
function inHtml(secret: string): string[] {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return ["&quot;", "&#34;"].flatMap((quote) =>
    ["&#39;", "&#039;", "&#x27;", "&apos;"].map((apostrophe) =>
      text.replaceAll('"', quote).replaceAll("'", apostrophe),
    ),
  );
}

function patternOf(form: string): string {
  const verbatim = form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return form.length < shortSecretLength ? `(?<![\\p{L}\\p{N}])${verbatim}(?![\\p{L}\\p{N}])` : verbatim;
}

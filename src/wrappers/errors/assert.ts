/**
 * Checks on what callers pass in. A message names the thing and what it must be, and never shows the value: it may be
 * a secret in the wrong place.
 *
 * @module
 */
import { FlinksUsageError, type UsageErrorCode } from "./errors.ts";

/** An object whose fields have not been checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws {@link FlinksUsageError} unless the condition holds */
export function assert(
  condition: unknown,
  message: string,
  code: UsageErrorCode = "invalid_options",
): asserts condition {
  if (!condition) throw new FlinksUsageError(message, { code });
}

export function assertObject(value: unknown, name: string, code?: UsageErrorCode): asserts value is Fields {
  assert(isObject(value), `${name} must be an object.`, code);
}

/** Rejects unknown fields, so that a typo fails instead of being ignored. */
export function assertFields(
  value: unknown,
  known: readonly string[],
  name: string,
  code?: UsageErrorCode,
): asserts value is Fields {
  assertObject(value, name.replace(/^the/, "The"), code);
  const extra = Object.keys(value).find((field) => !known.includes(field));
  assert(extra === undefined, `Unknown field "${extra}" in ${name}. Expected: ${known.join(", ")}.`, code);
}

export function assertString(value: unknown, name: string, code?: UsageErrorCode): asserts value is string {
  assert(typeof value === "string" && value !== "", `${name} must be a non-empty string.`, code);
}

export function assertBoolean(
  value: unknown,
  name: string,
  code?: UsageErrorCode,
): asserts value is boolean | undefined {
  assert(value === undefined || typeof value === "boolean", `${name} must be true or false.`, code);
}

/** The upper limit is the most that `setTimeout` takes; with more it fires at once. */
export function assertInteger(
  value: unknown,
  name: string,
  min = 0,
  max = 2_147_483_647,
  code?: UsageErrorCode,
): asserts value is number {
  assert(
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    `${name} must be a whole number from ${min} to ${max}.`,
    code,
  );
}

/** Keeps `..` and slashes out of paths. */
export function assertPathSegment(value: unknown, name: string, code?: UsageErrorCode): asserts value is string {
  assert(
    typeof value === "string" && /^[\w-]+$/.test(value),
    `${name} must be one path segment of letters, digits, hyphens and underscores.`,
    code,
  );
}

/** A key or token that a header can hold as it is (RFC 9110, 5.5). `Headers` rejects others with an error that quotes them. */
export function assertHeaderValue(value: unknown, name: string, code?: UsageErrorCode): asserts value is string {
  assert(
    typeof value === "string" && /^(?!\s)[\t -~\x80-\xff]+(?<!\s)$/.test(value),
    `${name} must be a non-empty string that fits in an HTTP header: Latin-1 characters, no line breaks, no surrounding whitespace.`,
    code,
  );
}

/** One label of a host name (RFC 1123, 2.1): keeps dots and slashes out of the host. */
export function assertInstance(value: unknown, code?: UsageErrorCode): asserts value is string {
  assert(
    typeof value === "string" && /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(value),
    'instance must be a name such as "toolbox": letters, digits and inner hyphens, at most 63.',
    code,
  );
}

/** Exactly one of two fields. The hint is for a missing environment variable. */
export function assertExactlyOne(fields: Fields, hint: string): void {
  const names = Object.keys(fields).join(" and ");
  const set = Object.values(fields).filter((value) => value !== undefined).length;
  assert(set > 0, `Set exactly one of ${names} (got neither). ${hint}`);
  assert(set === 1, `Set exactly one of ${names} (got both).`);
}

/** @param base what a relative URL is relative to; without it, only an absolute one is accepted */
export function parseUrl(url: unknown, name: string, code?: UsageErrorCode, base?: string): URL {
  try {
    assert(typeof url === "string", "");
    return new URL(url, base);
  } catch {
    // The parser's error quotes the URL, which may hold a password.
    assert(false, `${name} must be a${base ? "" : " whole"} URL, such as https://example.com.`, code);
  }
}

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isStrings(value: unknown): value is string[] {
  // Spread, because `every` skips holes.
  return Array.isArray(value) && [...value].every((item) => typeof item === "string");
}

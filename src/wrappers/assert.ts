/**
 * Assertions on what callers pass in. They name the thing and what it must be, and never show a value: it may
 * be a secret that ended up in the wrong place.
 *
 * @module
 */
import { FlinksUsageError } from "./errors.ts";

/** An object that is neither `null` nor an array, its fields not believed yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * @param what what to change, and how: in two parts where the first varies, so that no call makes a sentence that it
 * does not need
 */
export function must(isSo: unknown, what: string, how = ""): asserts isSo {
  if (!isSo) throw new FlinksUsageError(what + how);
}

export function assertObject(value: unknown, what: string): asserts value is Fields {
  must(typeof value === "object" && value && !Array.isArray(value), what, " must be an object.");
}

/** Refuses fields that nobody reads: a misspelt one would be without effect, and nobody would know. */
export function assertFields(
  value: unknown,
  known: readonly string[],
  what: string,
): asserts value is Fields {
  assertObject(value, what);
  for (const field of Object.keys(value)) {
    if (!known.includes(field)) must(false, `${what} cannot take "${field}", only ${known.join(", ")}.`);
  }
}

/** With `T`, a type of the document's: one that is no text does not compile, and one that lists texts is believed. */
export function assertString<T extends string = string>(value: unknown, what: string): asserts value is T {
  must(typeof value === "string" && value, what, " must be a string that is not empty.");
}

export function assertInteger(
  value: unknown,
  what: string,
  min = 0,
  // `setTimeout` takes no more, and ends at once instead.
  max = 2_147_483_647,
): asserts value is number {
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    must(false, `${what} must be a whole number from ${min} to ${max}.`);
  }
}

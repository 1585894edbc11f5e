/**
 * Assertions on what callers pass in. They name the thing and what it must be, and never show a value: it may
 * be a secret that ended up in the wrong place.
 *
 * @module
 */
import { FlinksUsageError } from "./errors.ts";

/** An object that is neither `null` nor an array, its fields not believed yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function assertObject(value: unknown, what: string): asserts value is Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FlinksUsageError(`${what} must be an object, not ${kindOf(value)}.`);
  }
}

/** Refuses fields that nobody reads: a misspelt one would be without effect, and nobody would know. */
export function assertKnownFields(value: Fields, known: readonly string[], what: string): void {
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue;
    const meant = known.find((name) => name.toLowerCase() === field.toLowerCase());
    const hint = meant === undefined ? `It takes ${known.join(", ")}.` : `Did you mean ${meant}?`;
    throw new FlinksUsageError(`${what} cannot take a field "${field}". ${hint}`);
  }
}

/** With `T`, a type of the document's: one that is no text does not compile, and one that lists texts is believed. */
export function assertString<T extends string = string>(value: unknown, what: string): asserts value is T {
  if (typeof value !== "string") {
    throw new FlinksUsageError(`${what} must be a string, not ${kindOf(value)}.`);
  }
  if (value === "") throw new FlinksUsageError(`${what} must not be empty.`);
}

export function assertOptionalString<T extends string = string>(
  value: unknown,
  what: string,
): asserts value is T | undefined {
  if (value !== undefined) assertString(value, what);
}

export function assertOptionalBoolean(value: unknown, what: string): asserts value is boolean | undefined {
  if (value !== undefined && typeof value !== "boolean") {
    throw new FlinksUsageError(`${what} must be true or false, not ${kindOf(value)}.`);
  }
}

export function assertInteger(
  value: unknown,
  what: string,
  { min, max }: { min: number; max: number },
): asserts value is number {
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw new FlinksUsageError(`${what} must be a whole number from ${min} to ${max}.`);
  }
}

/** Without the fields that are `undefined`, which a program means to leave out. */
export function defined<T extends object>(fields: { readonly [Field in keyof T]: T[Field] | undefined }): T {
  const result: Partial<T> = {};
  for (const field in fields) {
    const value = fields[field];
    if (value !== undefined) result[field] = value;
  }
  return result as T;
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return value === undefined ? "undefined" : `a ${typeof value}`;
}

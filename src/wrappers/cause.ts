/**
 * The cause of a failed connection, made safe. A `fetch` that somebody supplies may throw an error that holds
 * its request, and whatever prints our error prints its cause.
 *
 * @module
 */
import type { Mask } from "./redact.ts";

/** How deep causes are followed. Node's own are three deep. */
const mostDepth = 8;

/**
 * The error itself if no secret can be read off it, or a copy of what a log needs of it: name, message, stack,
 * `code` and causes, with secrets masked.
 */
export function safeCause(error: unknown, mask: Mask, depth = 0): unknown {
  if (isHarmless(error, mask, depth)) return error;
  if (!isError(error) || depth > mostDepth) return undefined;
  const copy = new Error(mask(`${error.message}`), { cause: safeCause(error.cause, mask, depth + 1) });
  for (const key of ["name", "stack", "code"] as const) {
    const value = error[key];
    if (typeof value === "string") Object.defineProperty(copy, key, { value: mask(value) });
  }
  return copy;
}

/** Whether all that can be read off a value, inherited properties included, is free of secrets. */
function isHarmless(value: unknown, mask: Mask, depth: number): boolean {
  // A function may print anything when a logger calls it; a bound one calls itself native.
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null) return mask(String(value)) === String(value);
  // Other objects (a Request, Headers, a Map) show more than their properties.
  if (depth > mostDepth || !(isError(value) || isPlain(value))) return false;
  try {
    for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
      if (isOfTheLanguage(at)) continue;
      for (const key of Reflect.ownKeys(at)) {
        // Of a class of somebody's the constructor is no more than its name.
        if (key === "constructor" && at !== value) continue;
        if (
          !isHarmless(String(key), mask, depth) ||
          !isHarmless(Reflect.get(at, key, value), mask, depth + 1)
        ) {
          return false;
        }
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** By its tag, as test environments have errors of another realm, which are instances of another `Error`. */
function isError(value: unknown): value is Error & { code?: unknown } {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return Array.isArray(value) || (prototype !== null && Object.getPrototypeOf(prototype) === null);
}

/** Such as `TypeError.prototype`, whose methods show nothing but what they are called on. */
function isOfTheLanguage(prototype: object): boolean {
  const maker: unknown = prototype.constructor;
  return (
    typeof maker === "function" &&
    maker.prototype === prototype &&
    Function.prototype.toString.call(maker).endsWith("{ [native code] }")
  );
}

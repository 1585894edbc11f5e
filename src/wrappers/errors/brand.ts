/**
 * How an error is recognised, whichever copy of this package it comes from.
 *
 * @module
 */

/**
 * Marks the errors of every copy of this package. A program can load two, one with `import` and one with `require`,
 * and `instanceof` must hold across both.
 */
export const brand = Symbol.for("flinks-client.error");

/** The brand of a value, whatever the value is. */
export function brandOf(value: unknown): unknown {
  try {
    return (value as { [brand]?: unknown })[brand];
  } catch {
    // `null` throws, and so may a Proxy.
    return undefined;
  }
}

/**
 * Invented values that never change: the same text gives the same number, id or amount in every runtime.
 *
 * @module
 */

/** A number of 32 bits: FNV-1a, stirred at the end, since similar texts would give similar numbers. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A whole number from `min` to `max`. */
export function between(min: number, max: number, text: string): number {
  return min + (hash(text) % (max - min + 1));
}

/** 32 hexadecimal digits. */
export function hexOf(text: string): string {
  return [0, 1, 2, 3].map((part) => hash(`${text}/${part}`).toString(16).padStart(8, "0")).join("");
}

/** A UUID of version 8, which is the one for values of one's own (RFC 9562). */
export function uuidOf(text: string): string {
  return hexOf(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-8$3-8$4-$5");
}

/** JSON, the ways through it, and how a place in it is named. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at a path of own names. */
export function at(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => {
    const isThere = typeof found === "object" && found !== null && Object.hasOwn(found, key);
    return isThere ? (found as JsonObject)[key] : undefined;
  }, value);
}

/** What a reference stands for. */
export function resolved(value: Json | undefined, document: JsonObject, hops = 0): Json | undefined {
  const pointer = at(value, ["$ref"]);
  if (typeof pointer !== "string") return value;
  if (hops > 20) throw new Error(`${quoted(pointer)} refers to itself.`);
  const keys = pointer.split("/").slice(1).map(decodeURIComponent);
  const path = keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return resolved(at(document, path), document, hops + 1);
}

/** A JSON pointer, for messages. */
export function pointerOf(keys: readonly string[]): string {
  return `#${keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`.slice(0, 200);
}

/** A value of somebody else's, for messages. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

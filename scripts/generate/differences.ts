/** Where two documents differ in what they say, however they say it. */
import { isDeepStrictEqual } from "node:util";
import { data, maps } from "./form.ts";
import { at, isObject, type Json, type JsonObject, resolved } from "./tree.ts";

export interface Difference {
  /** In a reader's words: operation, status, field. */
  readonly where: readonly string[];
  /** The last keyword or name on the way, and the keyword before it. */
  readonly key: string;
  readonly parent: string;
  /** Whether users send it: of a request or a parameter. */
  readonly isSent: boolean;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** A value, and the document that its references lead into. */
type Part = { readonly value: Json | undefined; readonly document: JsonObject };

const prose = new Set("info title summary description example examples externalDocs tags operationId".split(" "));

/** Whether it is of words alone, which no program can depend on. */
export function isProse({ key, parent }: Difference): boolean {
  return prose.has(key) && !maps.has(parent);
}

export function differences(one: Part, other: Part): Difference[] {
  const found: Difference[] = [];
  const seen = { true: new Map<Json, Set<Json>>(), false: new Map<Json, Set<Json>>() };
  const compare = (where: readonly string[], key: string, parent: string, before?: Json, after?: Json) => {
    const isSent = /^(?:request$|(?:path|query|header|cookie) )/.test(where[1] ?? "");
    const isName = maps.has(parent);
    const isData = !isName && data.has(key);
    const [a, b] = isData ? [before, after] : [plain(before, one.document), plain(after, other.document)];
    if (isData || !isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) {
      if (!isDeepStrictEqual(a, b)) found.push({ where, key, parent, isSent, before: a, after: b });
      return;
    }
    const others = seen[`${isSent}`].get(a) ?? new Set();
    if (others.has(b)) return;
    seen[`${isSent}`].set(a, others.add(b));
    const [x, y] = [named(a), named(b)];
    for (const name of new Set([...Object.keys(x), ...Object.keys(y)])) {
      const above = isName ? "" : key;
      compare(wordsOf(where, name, above), name, above, at(x, [name]), at(y, [name]));
    }
  };
  compare([], "", "", one.value, other.value);
  return found;
}

const plainOnes = new WeakMap<object, Json>();

/** A value as if it had been written out: with what it refers to, and all of `allOf` in one. */
function plain(value: Json | undefined, document: JsonObject): Json | undefined {
  const node = resolved(value, document);
  if (!isObject(node) || plainOnes.has(node)) return isObject(node) ? plainOnes.get(node) : node;
  const { allOf, ...result } = node;
  if (isObject(result["properties"])) result["required"] ??= [];
  if (allOf !== undefined && !Array.isArray(allOf)) result["allOf"] = allOf;
  for (const part of Array.isArray(allOf) ? allOf : []) {
    for (const [key, inner] of Object.entries((plain(part, document) ?? {}) as JsonObject)) {
      const own = result[key];
      if (isObject(own) && isObject(inner)) result[key] = { ...inner, ...own };
      else result[key] = Array.isArray(own) && Array.isArray(inner) ? [...own, ...inner] : (own ?? inner);
    }
  }
  plainOnes.set(node, result);
  return result;
}

function isTree(value: Json | undefined): value is JsonObject | Json[] {
  return typeof value === "object" && value !== null;
}

/** The items of a list by what tells them apart, so that their order does not count. */
function named(value: JsonObject | Json[]): JsonObject {
  if (!Array.isArray(value)) return value;
  const nameOf = (item: Json, index: number) =>
    isObject(item) && item["in"] ? `${item["in"]} ${item["name"]}` : index;
  return Object.fromEntries(value.map((item, index) => [isTree(item) ? nameOf(item, index) : item, item]));
}

function wordsOf(where: readonly string[], key: string, parent: string): readonly string[] {
  if (where.length === 1 && key === "requestBody") return [...where, "request"];
  if (key === "items" && parent !== "properties") return [...where, "[]"];
  const isWord = maps.has(parent) || parent === "parameters" || parent === "required";
  return isWord && key !== "application/json" ? [...where, key] : where;
}

/** Two documents → what changed, and what it means for code that uses the types made of them. */
import { type Difference, differences, isProse } from "../generate/differences.ts";
import { maps } from "../generate/form.ts";
import { operationOf, operationsOf, type Source } from "../generate/sources.ts";
import { at, type Json, type JsonObject, quoted } from "../generate/tree.ts";
import { type Change, code } from "./markdown.ts";

/** @param sources whose operations are compared wherever they have moved */
export function compareDocuments(before: JsonObject, after: JsonObject, sources: readonly Source[]): Change[] {
  const partOf = (document: JsonObject) => ({ value: byOperation(document, sources), document });
  return differences(partOf(before), partOf(after)).map(changeOf);
}

function byOperation(document: JsonObject, sources: readonly Source[]): JsonObject {
  const { openapi, paths, components, ...rest } = document;
  const all = operationsOf(document);
  // On a page of its own, it may have another name.
  const only = sources.length === 1 && all.length === 1 ? all[0] : undefined;
  const names = new Map(sources.map((each) => [(operationOf(document, each) ?? only)?.join(" "), each.operationId]));
  const operations = all.map(([path, method]): [string, Json] => {
    const name = names.get(`${path} ${method}`) ?? `${method.toUpperCase()} ${path}`;
    return [name, { path, method, ...(at(paths, [path, method]) as JsonObject) }];
  });
  return {
    ...rest,
    operations: Object.fromEntries(operations),
    schemas: Object.keys(at(components, ["schemas"]) ?? {}),
  };
}

function changeOf(difference: Difference): Change {
  const { where, key, parent, before, after } = difference;
  const isWhole = maps.has(parent) || (typeof (before ?? after) === "object" && key !== "enum");
  const subject = where.at(-1) === key ? "" : `${code(key)} `;
  let what = `${code(key)} changed from ${code(quoted(before))} to ${code(quoted(after))}.`;
  if (parent === "required") what = before === undefined ? "is required now." : "may be absent now.";
  else if (isProse(difference)) what = `${code(key)} changed.`;
  else if (isWhole && before === undefined) what = `${subject}is new.`;
  else if (isWhole && after === undefined) what = `${subject}was removed.`;
  else if (key === "nullable") what = after === true ? "may be `null` now." : "is never `null` now.";
  return { where, what, impact: impactOf(difference, isWhole) };
}

function impactOf(difference: Difference, isWhole: boolean): Change["impact"] {
  const { key, parent, isSent, before, after } = difference;
  const isNew = before === undefined;
  const added = at(after, ["required"]) === true ? "major" : "minor";
  /** Of what is read, more than before breaks code; of what is sent, less does. */
  const rated = (isMore: boolean) => (isMore === isSent ? "minor" : "major");
  const hasAll = (list?: Json, other?: Json) => [other].flat().every((value) => value && [list].flat().includes(value));
  if (parent === "schemas") return "patch";
  if (maps.has(parent)) return isNew ? added : "major";
  if (isProse(difference) || /^(?:format|deprecated|discriminator|x-.*)$/.test(key)) return "patch";
  if (key === "type" && `${before} ${after}`.match(/^(?:integer number|number integer)$/)) return "patch";
  if (parent === "required") return rated(!isNew);
  if (key === "required" || key === "nullable") return rated((after === true) === (key === "nullable"));
  if (key === "enum") return rated(isSent ? !after || hasAll(after, before) : !!before && !hasAll(before, after));
  if (parent === "oneOf" || parent === "anyOf") return rated(isNew);
  if (isWhole || key === "additionalProperties") return isNew ? added : "major";
  return isSent || ["path", "method", "type", "url"].includes(key) || parent === "security" ? "major" : "patch";
}

/** Two documents → what changed, and what it means for code that uses the types made of them. */
import { prose } from "../generate/corrections.ts";
import { type Difference, differences } from "../generate/differences.ts";
import { methods } from "../generate/form.ts";
import { operationOf, operationsOf, type Source } from "../generate/sources.ts";
import { at, type Json, type JsonObject, quoted } from "../generate/tree.ts";
import { type Change, code } from "./markdown.ts";

/** Keywords that hold something that has a name, or are called like one. */
const holders = new Set("paths responses content headers properties parameters schemas".split(" "));
const wholes = new Set([...holders, ...methods, "items", "schema", "requestBody"]);

/** @param source whose operation is compared wherever it has moved */
export function compareDocuments(before: JsonObject, after: JsonObject, source?: Source): Change[] {
  const partOf = ({ openapi, components, ...rest }: JsonObject, document: JsonObject) => {
    return { value: { ...rest, schemas: Object.keys(at(components, ["schemas"]) ?? {}) }, document };
  };
  const [from, to] = [before, after].map(
    (document) => source && (operationOf(document, source) ?? operationsOf(document)[0]),
  );
  const [old, now] = [from, to].map((operation) => `${operation?.[1].toUpperCase()} ${operation?.[0]}`) as [
    string,
    string,
  ];
  const moved =
    from && to && old !== now ? { [to[0]]: { [to[1]]: at(before["paths"], from) as Json } } : before["paths"];
  const found = differences(partOf({ ...before, paths: moved as Json }, before), partOf(after, after)).map(changeOf);
  return old === now ? found : [{ where: [old], what: `moved to ${code(now)}.`, impact: "major" }, ...found];
}

function changeOf(difference: Difference): Change {
  const { where, key, parent, before, after } = difference;
  const whole = wholes.has(key) || holders.has(parent);
  let what = `${code(key)} changed from ${code(quoted(before))} to ${code(quoted(after))}.`;
  if (prose.has(key)) what = `${code(key)} changed.`;
  else if (parent === "required") what = before === undefined ? "is required now." : "may be absent now.";
  else if (key === "nullable") what = after === true ? "may be `null` now." : "is never `null` now.";
  else if (whole && before === undefined) what = "is new.";
  else if (whole && after === undefined) what = "was removed.";
  const verbs = methods
    .filter((method) => at(after ?? before, [method]))
    .map((method) => `${method.toUpperCase()} ${key}`);
  return { where: parent === "paths" ? verbs : where, what, impact: impactOf(difference, whole) };
}

function impactOf({ key, parent, isSent, before, after }: Difference, isWhole: boolean): Change["impact"] {
  const isNew = before === undefined;
  /** Of what is read, more than before breaks code; of what is sent, less does. */
  const rated = (isMore: boolean) => (isMore === isSent ? "minor" : "major");
  const hasAll = (list: Json | undefined, other: Json | undefined) =>
    !Array.isArray(list) || (Array.isArray(other) && other.every((value) => list.includes(value)));
  const isNumber = [before, after].every((type) => type === "integer" || type === "number");
  if (prose.has(key) || parent === "schemas" || /^(?:format|deprecated|x-.*)$/.test(key)) return "patch";
  if (key === "type" && isNumber) return "patch";
  if (isWhole || key === "additionalProperties") return isNew && at(after, ["required"]) !== true ? "minor" : "major";
  if (parent === "required") return rated(!isNew);
  if (key === "required" || key === "nullable") return rated((after === true) === (key === "nullable"));
  if (key === "enum") return rated(isSent ? hasAll(after, before) : !hasAll(before, after));
  if (parent === "oneOf" || parent === "anyOf") return rated(isNew);
  return ["type", "url", "security"].includes(key) || parent === "security" || isSent ? "major" : "patch";
}

/** The text of a document → its content. No tool sees a document that has not been through here. */
import { parseDocument, visit } from "yaml";
import { at, isObject, type Json, type JsonObject, pointerOf, quoted, resolved } from "./tree.ts";

const most = { characters: 2_000_000, values: 200_000, levels: 100, schemas: 500 };
/** What a linter, bundler, generator or mock would follow to files and other hosts. */
const references = new Set(["$ref", "$dynamicRef", "$recursiveRef", "externalValue", "operationRef"]);

/** @throws an error that names the document and the place in it that is refused */
export function readContent(text: string, name: string): JsonObject {
  if (text.length > most.characters) throw new Error(`${name} is longer than ${most.characters} characters.`);
  const yaml = parseDocument(text, { merge: true });
  const [error] = yaml.errors;
  // After its first line comes an excerpt.
  const reason = error?.message.split(/:?\n/)[0]?.replace(/.*call stack.* at/, "It is nested too deeply at");
  if (error !== undefined) throw new Error(`${name} is not YAML: ${reason}.`);
  visit(yaml, {
    Node(_, { tag, range }) {
      if (tag === undefined) return;
      const line = text.slice(0, range?.[0]).split("\n").length;
      throw new Error(`${name} has the YAML tag ${quoted(tag)} in line ${line}, which is refused.`);
    },
  });
  // A bomb of aliases is stopped below, by the number of values that it stands for.
  const content = yaml.toJS({ maxAliasCount: -1 }) as Json;
  const version = at(content, ["openapi"]) ?? at(content, ["swagger"]);
  if (!isObject(content) || !/^3\.[01]\.\d+$/.test(String(content["openapi"]))) {
    throw new Error(`${name} is not an OpenAPI 3.0 or 3.1 document: its version is ${quoted(version)}.`);
  }
  inspect(content, name);
  return content;
}

function inspect(content: JsonObject, name: string): void {
  const schemas = at(content, ["components", "schemas"]) ?? {};
  const inside = new Map<Json | undefined, boolean>();
  let values = 0;
  const check = (value: Json, place: readonly string[]): void => {
    const refuse = (reason: string): never => {
      throw new Error(`${name}: ${pointerOf(place)} ${reason}`);
    };
    /** There is no type of a schema that is made of itself. */
    const compose = (schema: Json | undefined): void => {
      if (inside.get(schema)) refuse("is made of itself.");
      if (inside.has(schema)) return;
      inside.set(schema, true);
      for (const key of ["allOf", "anyOf", "oneOf"]) {
        for (const part of [at(schema, [key]) ?? []].flat()) compose(resolved(part, content));
      }
      inside.set(schema, false);
    };
    if (++values > most.values) refuse(`is beyond the ${most.values} values that are read.`);
    if (place.length > most.levels) refuse(`is nested deeper than ${most.levels} levels.`);
    if (value === schemas && Object.keys(value).length > most.schemas) refuse(`has more than ${most.schemas} schemas.`);
    if (typeof value !== "object" || value === null) return;
    const isMapping = place.at(-1) === "mapping" && place.at(-2) === "discriminator";
    for (const [key, inner] of Object.entries(value)) {
      if (key === "__proto__" || /[\p{Cc}\u2028\u2029]/u.test(key)) refuse(`has the name ${quoted(key)}.`);
      const isReference = isMapping || (references.has(key) && typeof inner === "string");
      const isInside = String(inner).startsWith("#/") || (isMapping && at(schemas, [String(inner)]) !== undefined);
      if (isReference && !isInside) refuse(`refers to ${quoted(inner)}: nothing outside of the document is read.`);
      check(inner, [...place, key]);
    }
    if (resolved(value, content) === undefined) refuse(`refers to ${quoted(at(value, ["$ref"]))}, which is not there.`);
    compose(value);
  };
  check(content, []);
}

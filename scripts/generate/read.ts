/** The text of a document → its content. No tool sees a document that has not been through here. */
import { parseDocument } from "yaml";
import { at, isObject, type Json, type JsonObject, pointerOf, quoted, resolved } from "./tree.ts";

const most = { characters: 2_000_000, values: 200_000, levels: 100, schemas: 500 };
/** What a linter, bundler, generator or mock would follow to files and other hosts. */
const references = new Set(["$ref", "$dynamicRef", "$recursiveRef", "externalValue", "operationRef"]);
const inside = /^#\/(?:[^%]|%[0-7][0-9a-f])*$/i;

/** @throws an error that names the document and the place in it that is refused */
export function readContent(text: string, name: string): JsonObject {
  if (text.length > most.characters) throw new Error(`${name} is longer than ${most.characters} characters.`);
  const yaml = parseDocument(text, { merge: true, schema: "core", resolveKnownTags: false });
  // A tag is but a warning. After its first line comes an excerpt.
  const [problem] = [...yaml.errors, ...yaml.warnings].map(({ message }) => message.split(/:?\n/)[0]);
  const reason = problem?.replace(/.*call stack.* at/, "It is nested too deeply at");
  if (reason !== undefined) throw new Error(`${name} is not plain YAML: ${reason}.`);
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
  let values = 0;
  const check = (value: Json, place: readonly string[]): void => {
    const refuse = (reason: string): never => {
      throw new Error(`${name}: ${pointerOf(place)} ${reason}`);
    };
    if (++values > most.values) refuse(`is beyond the ${most.values} values that are read.`);
    if (place.length > most.levels) refuse(`is nested deeper than ${most.levels} levels, or holds itself.`);
    if (value === schemas && Object.keys(value).length > most.schemas) refuse(`has more than ${most.schemas} schemas.`);
    if (typeof value !== "object" || value === null) return;
    const isMapping = place.at(-1) === "mapping" && place.at(-2) === "discriminator";
    for (const [key, inner] of Object.entries(value)) {
      // Redocly calls methods of every object that it reads, such as hasOwnProperty (openapi-core, resolve.ts).
      if (key in {} || /[\p{Cc}\u2028\u2029]/u.test(key)) refuse(`has the name ${quoted(key)}.`);
      const isReference = isMapping || (references.has(key) && typeof inner === "string");
      const isInside = () => inside.test(String(inner)) || (isMapping && at(schemas, [String(inner)]) !== undefined);
      if (isReference && !isInside()) refuse(`refers to ${quoted(inner)}: nothing outside of the document is read.`);
      check(inner, [...place, key]);
    }
    const pointer = at(value, ["$ref"]);
    if (typeof pointer !== "string") return;
    const target = resolved(value, content) ?? refuse(`refers to ${quoted(pointer)}, which is not there.`);
    // A schema may hold itself in a field, but nothing can be made of itself, or be written out where it is used.
    const isPart = ["allOf", "anyOf", "oneOf"].includes(place.at(-2) ?? "");
    if (isPart || !pointer.startsWith("#/components/schemas/")) check(target, [...place, pointer]);
  };
  check(content, []);
}

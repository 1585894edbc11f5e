/** Says the same in the form that is bundled, OpenAPI 3.0.3, so that corrections find what they correct. */
import { at, isObject, type Json, type JsonObject, resolved } from "./tree.ts";

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** Keywords whose value is a map, in which a name is not a keyword. */
const sections = "schemas responses headers requestBodies securitySchemes links callbacks pathItems";
export const maps = new Set(`${sections} paths operations content properties variables scopes`.split(" "));
/** Keywords whose value is data, in which nothing is a keyword. */
export const data = new Set("info example examples default enum const value".split(" "));

type Owner = JsonObject & { parameters: JsonObject[] };

/** References to schemas and examples alone, parameters in their operation, no slash at the end of an address. */
export function withSameForm(content: JsonObject): JsonObject {
  const { info = {}, servers = [], tags = [], security = [], paths = {}, components = {} } = changed(content, content);
  const { pathItems: _, ...parts } = components as JsonObject;
  const items = Object.entries(paths as Record<string, Owner>).map(([path, { parameters: shared = [], ...item }]) => {
    for (const operation of methods.flatMap((method) => (item[method] as Owner | undefined) ?? [])) {
      // An operation's own parameters take the place of those of the path.
      const all = [...shared, ...(operation.parameters ?? [])];
      const named = new Map(all.map((parameter) => [`${parameter["in"]} ${parameter["name"]}`, parameter]));
      if (named.size > 0) operation.parameters = [...named.values()];
    }
    return [withoutSlash(path), item];
  });
  for (const server of servers as JsonObject[]) server["url"] = withoutSlash(String(server["url"]));
  return { openapi: "3.0.3", info, servers, security, tags, paths: Object.fromEntries(items), components: parts };
}

/** A copy in which each object that holds keywords is in the form of 3.0.3. */
function changed(whole: JsonObject, document: JsonObject, isMap = false): JsonObject {
  const isElsewhere = !isMap && /^#(?!\/components\/schemas\/)/.test(String(whole["$ref"]));
  const node = isElsewhere ? (resolved(whole, document) as JsonObject) : whole;
  const copy = Object.entries(node).map(([key, value]): [string, Json] => {
    const inner = (each: Json) => (isObject(each) ? changed(each, document, !isMap && maps.has(key)) : each);
    if (!isMap && data.has(key)) return [key, value];
    return [key, Array.isArray(value) ? value.map(inner) : inner(value)];
  });
  return isMap ? Object.fromEntries(copy) : to30(Object.fromEntries(copy), document);
}

/** OpenAPI 3.1 has JSON Schemas, in which null is a type. In 3.0.3, `nullable` needs a type beside it. */
function to30(node: JsonObject, document: JsonObject): JsonObject {
  for (const key of ["type", "anyOf", "oneOf"]) {
    const list = node[key];
    if (!Array.isArray(list)) continue;
    const others = list.filter((item) => item !== "null" && at(item, ["type"]) !== "null");
    if (others.length === list.length && key !== "type") continue;
    if (others.length < list.length) node["nullable"] = true;
    delete node[key];
    if (key !== "type") node[others.length === 1 ? "allOf" : key] = others;
    else if (others.length === 1) node["type"] = others[0] as Json;
    else node["anyOf"] = others.map((type) => ({ type }));
  }
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((key) => at(node, [key, 0]) ?? []);
  const type = at(resolved(parts[0], document), ["type"]) ?? typeof at(node, ["enum", 0]);
  if (node["nullable"] === true && type !== "undefined") node["type"] ??= type;
  const { const: only, examples, discriminator } = node;
  if (only !== undefined) node["enum"] = [only];
  if (Array.isArray(examples)) node["example"] ??= examples[0] ?? null;
  if (Array.isArray(examples)) delete node["examples"];
  for (const key of Object.keys(node)) if (/^(?:\$(?!ref$)|content[A-Z]|const$)/.test(key)) delete node[key];
  const mapping = at(discriminator, ["mapping"]);
  // Redocly takes a bare name for the name of a file.
  const full = (to: Json) => String(to).replace(/^(?!#)/, "#/components/schemas/");
  if (isObject(mapping)) for (const [name, to] of Object.entries(mapping)) mapping[name] = full(to);
  return node;
}

function withoutSlash(address: string): string {
  return address.replace(/(?<=.)\/+$/, "");
}

/** Says the same in the form that is bundled, OpenAPI 3.0.3, so that corrections find what they correct. */
import { at, isObject, type Json, type JsonObject, resolved } from "./tree.ts";

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** Keywords whose value is a map, in which a name is not a keyword. */
export const maps = new Set(
  "paths responses content headers properties patternProperties schemas links callbacks variables scopes".split(" "),
);
/** Keywords whose value is data, in which nothing is a keyword. */
export const data = new Set("info example examples default enum const value".split(" "));

/** References to schemas alone, parameters in their operation, full names, no slash at the end of an address. */
export function withSameForm(content: JsonObject): JsonObject {
  const document = changed(content, content);
  const paths = Object.entries((document["paths"] ?? {}) as Record<string, JsonObject>).map(([path, whole]) => {
    const { parameters: shared = [], ...item } = whole as Record<string, JsonObject> & {
      parameters?: JsonObject[];
    };
    for (const method of methods) {
      const operation = item[method] as (JsonObject & { parameters?: JsonObject[] }) | undefined;
      if (operation === undefined || shared.length === 0) continue;
      const own = operation.parameters ?? [];
      const isOwn = (one: JsonObject) =>
        own.some((other) => one["name"] === other["name"] && one["in"] === other["in"]);
      operation.parameters = [...own, ...shared.filter((one) => !isOwn(one))];
    }
    return [withoutSlash(path), item];
  });
  const servers = ((document["servers"] ?? []) as JsonObject[]).map((server) => ({
    ...server,
    url: withoutSlash(String(server["url"])),
  }));
  const { schemas = {}, securitySchemes } = (document["components"] ?? {}) as JsonObject;
  const components = { schemas, ...(securitySchemes && { securitySchemes }) };
  return { ...document, openapi: "3.0.3", servers, paths: Object.fromEntries(paths), components };
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
  const { const: only, examples, discriminator } = node;
  for (const key of ["type", "anyOf", "oneOf"]) {
    const list = node[key];
    if (!Array.isArray(list)) continue;
    const others = list.filter((item) => item !== "null" && at(item, ["type"]) !== "null");
    if (others.length < list.length) node["nullable"] = true;
    if (others.length < list.length || key === "type") delete node[key];
    if (key === "type")
      Object.assign(node, others.length === 1 ? { type: others[0] } : { anyOf: others.map((type) => ({ type })) });
    else if (others.length < list.length) node[others.length === 1 ? "allOf" : key] = others;
  }
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((key) => at(node, [key, 0]) ?? []);
  const type = at(resolved(parts[0], document), ["type"]) ?? typeof at(node, ["enum", 0]);
  if (node["nullable"] === true && type !== "undefined") node["type"] ??= type;
  if (only !== undefined) node["enum"] = [only];
  if (Array.isArray(examples)) node["example"] ??= examples[0] ?? null;
  if (Array.isArray(examples)) delete node["examples"];
  delete node["const"];
  const mapping = at(discriminator, ["mapping"]);
  // Redocly takes a bare name for the name of a file.
  const full = (to: Json) => String(to).replace(/^(?!#)/, "#/components/schemas/");
  if (isObject(mapping)) for (const [name, to] of Object.entries(mapping)) mapping[name] = full(to);
  return node;
}

function withoutSlash(address: string): string {
  return address.replace(/(?<=.)\/+$/, "");
}

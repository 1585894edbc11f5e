/** The bundled document → `src/generated/`. The one file that knows the generator. */
import { createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { operationsOf } from "./sources.ts";
import { at, type JsonObject, quoted } from "./tree.ts";

const header = "// Made by `npm run generate` from openapi/flinks.yaml. Do not edit.\n\n";
/** The vendor's domain. Keys are sent there, so a document does not move it without somebody's word. */
export const serverPattern = /^https:\/\/\{instance\}[\w-]*\.private\.fin\.ag$/;
const rules = { struct: "error", "no-unresolved-refs": "error", "operation-operationId-unique": "error" } as const;

/** @throws an error if the document is not valid OpenAPI: the generator has Redocly look at it first */
export async function generateSchema(document: JsonObject): Promise<string> {
  // openapi-typescript gives every field the type of the additional ones, and hides the names of the others.
  const declared = (_: string, node: JsonObject) =>
    node?.["properties"] && node["type"] === "object" ? { ...node, additionalProperties: false } : node;
  const copy: unknown = JSON.parse(JSON.stringify(document), declared);
  // A default tells what the server does when a field is missing; it does not make the field required.
  const options = { redocly: await createConfig({ rules }), defaultNonNullable: false, silent: true };
  return header + astToString(await openapiTS(copy as OpenAPI3, options));
}

/** Types cannot carry the address of the API. */
export function generateServer(document: JsonObject): string {
  const items = Object.values(document["paths"] as Record<string, JsonObject>);
  // Servers of a path or an operation take the place of the others (OpenAPI 3.0.3, Path Item Object).
  const owners = [document, ...items, ...items.flatMap((item) => Object.values(item))];
  const urls = owners.map((owner) => ((at(owner, ["servers"]) ?? []) as JsonObject[]).map(({ url }) => String(url)));
  const [server, ...more] = urls.flat().filter((url) => serverPattern.test(url));
  if (server === undefined || more.length > 0 || urls.slice(1).flat().length > 0) {
    throw new Error(
      "openapi/flinks.yaml: one server is expected, https://{instance}….private.fin.ag, and there is " +
        `${quoted(urls.flat())}. Keys are sent there: if that is right, change scripts/generate/typescript.ts.`,
    );
  }
  return `${header}/** Where an instance answers. */\nexport const serverUrl = ${JSON.stringify(server)};\n`;
}

/** Nor can they carry which operations there are. */
export function generateOperations(document: JsonObject): string {
  const lines = operationsOf(document).map(([path, method]) => {
    const verb = method.toUpperCase();
    const name = String(at(document["paths"], [path, method, "operationId"]) ?? `${verb} ${path}`);
    const key = /^[a-z]\w*$/i.test(name) ? name : `[${JSON.stringify(name)}]`;
    return `  ${key}: { method: "${verb}", path: ${JSON.stringify(path)} },\n`;
  });
  return `${header}/** Every operation of the document, by operationId; one without an operationId is named by its method and path. */
export const operations = {\n${lines.join("")}} as const;\n`;
}

/** The bundled document → TypeScript types. The one file that knows the generator. */
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const header = "// Made by `npm run generate` from openapi/flinks.yaml. Do not edit.\n\n";

export async function generateSchema(document: string): Promise<string> {
  // A default tells what the server does when a field is missing; it does not make the field required.
  const ast = await openapiTS(parse(document), { defaultNonNullable: false, silent: true });
  return header + astToString(ast);
}

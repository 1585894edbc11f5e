/** The bundled document → the address of the API, which types cannot carry. */
import { parse } from "yaml";

export function generateServer(document: string): string {
  const { servers } = parse(document) as { servers?: { url: string }[] };
  const [server, ...others] = servers ?? [];
  if (server === undefined || others.length > 0 || !server.url.includes("{instance}")) {
    throw new Error(
      "openapi/flinks.yaml: one server whose URL has an {instance} is expected under `servers`.",
    );
  }
  return `// Made by \`npm run generate\` from openapi/flinks.yaml. Do not edit.

/** Where an instance answers. */
export const serverUrl = ${JSON.stringify(server.url)};
`;
}

/** The bundled document → the address of the API, which types cannot carry. */
import { parse } from "yaml";

/** The vendor's domain. Keys are sent there, so a document does not move it without somebody's word. */
const serverPattern = /^https:\/\/\{instance\}[\w-]*\.private\.fin\.ag$/;

export function generateServer(document: string): string {
  const { servers, paths = {} } = parse(document) as { servers?: { url: string }[]; paths?: object };
  // Servers of a path or an operation take the place of these (OpenAPI 3.0.3, Path Item Object).
  const others = Object.entries<object>(paths as Record<string, object>).flatMap(([path, item]) =>
    [item, ...Object.values(item)].some((part) => Object.hasOwn(Object(part), "servers")) ? [path] : [],
  );
  if (others.length > 0) {
    throw new Error(
      `openapi/flinks.yaml: ${others.join(", ")} has servers of its own, and the client sends to one for all. Keys ` +
        "are sent there: if that is right, change scripts/generate/server.ts.",
    );
  }
  const [server, ...more] = (servers ?? []).filter(({ url }) => serverPattern.test(url));
  if (server === undefined || more.length > 0) {
    throw new Error(
      "openapi/flinks.yaml: one server is expected, https://{instance}….private.fin.ag, and there is " +
        `${JSON.stringify(servers?.map(({ url }) => url))}. Keys are sent there: if that is right, change ` +
        "scripts/generate/server.ts.",
    );
  }
  return `// Made by \`npm run generate\` from openapi/flinks.yaml. Do not edit.

/** Where an instance answers. */
export const serverUrl = ${JSON.stringify(server.url)};
`;
}

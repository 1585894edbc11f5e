/** The bundled document → the list of its operations, which types cannot carry. */
import { parse } from "yaml";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

interface Document {
  readonly paths?: Record<string, Record<string, { operationId?: string }>>;
}

export function generateOperations(document: string): string {
  const { paths = {} } = parse(document) as Document;
  const lines = Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => {
        const verb = method.toUpperCase();
        const name = item[method]?.operationId ?? `${verb} ${path}`;
        const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
        return `  ${key}: { method: ${JSON.stringify(verb)}, path: ${JSON.stringify(path)} },\n`;
      }),
  );
  return `// Made by \`npm run generate\` from openapi/flinks.yaml. Do not edit.

/** Every operation of the document, by operationId; one without an operationId is named by its method and path. */
export const operations = {
${lines.join("")}} as const;
`;
}

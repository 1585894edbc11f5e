/** The vendor's pages, served from 127.0.0.1: each with the document that is committed, or with something else. */
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { type Received, type Reply, startServer } from "../helpers/http-server.ts";

interface Source {
  readonly operationId: string;
  readonly file: string;
  readonly page: string;
}
// biome-ignore lint/suspicious/noExplicitAny: an edit may do anything to a document.
export type Document = any;

export const sourcesPath = "openapi/sources.yaml";
export const { operations: sources } = parse(readFileSync(sourcesPath, "utf8")) as { operations: Source[] };

export function block(yaml: string, info = "yaml POST /v3/…"): string {
  return `\`\`\`\`${info}\n${yaml}\`\`\`\``;
}

export function page(...blocks: string[]): string {
  const words = "# /Authorize\n\nWords, and `openapi:` among them.\n\n## OpenAPI";
  return `${words}\n\n${blocks.join("\n\nMore words.\n\n")}\n\nThe end.\n`;
}

/** The text of a document after an edit. */
export function edited(text: string, edit: (document: Document) => unknown): string {
  const document = parse(text);
  edit(document);
  return stringify(document, { aliasDuplicateObjects: false });
}

/** A response, a body, a change of the document, or what goes wrong on the way. */
export type Answer =
  | Reply
  | string
  | ((text: string, origin: string) => string)
  | { readonly fault: "stall" | "reset" | "cut" | "latin1" };

/** @param answers by operationId. Gives the arguments with which sync visits the pages */
export async function servePages(
  answers: Record<string, Answer> = {},
): Promise<{ baseUrl: string; args: string[]; received: Received[] }> {
  const { baseUrl, received } = await startServer(async ({ url, headers }, response) => {
    const source = sources.find((each) => new URL(each.page).pathname === url);
    if (source === undefined) return { status: 404 };
    const text = readFileSync(source.file, "utf8");
    const answer = answers[source.operationId] ?? ((same: string) => same);
    if (typeof answer === "function") return { body: page(block(answer(text, `http://${headers.host}`))) };
    if (typeof answer === "string") return { body: answer };
    if (!("fault" in answer)) return answer;
    if (answer.fault === "reset") response.destroy();
    if (answer.fault === "stall") response.write("# /Authorize\n");
    if (answer.fault === "latin1") response.end(Buffer.from(page(block(`# é\n${text}`)), "latin1"));
    if (answer.fault === "cut") {
      response.writeHead(200, { "content-length": text.length });
      response.write(text.slice(0, 1000), () => response.destroy());
    }
    return undefined;
  });
  return { baseUrl, args: ["--base", baseUrl], received };
}

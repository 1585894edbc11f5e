/** A page → the OpenAPI document on it, byte for byte, and the operation whose document it is. */
import { parse } from "node:path";
import { contentOf } from "../generate/merge.ts";
import { operationOf, type Source } from "../generate/sources.ts";
import { type JsonObject, quoted } from "../generate/tree.ts";
import { generateSchema, serverPattern } from "../generate/typescript.ts";
import type { Page } from "./pages.ts";

const openApi = /(?:^|[{,]\s*)["']?(?:openapi|swagger)["']?[ \t]*:/m;
// CommonMark, 4.5: a fence is closed by one of the same character that is at least as long.
const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*(?:ya?ml|json)\b[^\n]*\n([\s\S]*?)(?:^ {0,3}(\1)[`~]*[ \t]*$|(?![\s\S]))/gim;

/** The one fenced block of a page that is an OpenAPI document, or the whole text if it is one itself. */
export function documentOn(page: string | Error = ""): string {
  if (page instanceof Error) throw page;
  const text = page.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const title = /<title[^>]*>\s*([^<]*)/i.exec(text)?.[1];
  if (/^\s*<(?!!--)/.test(text)) throw new Error(`It is HTML, with the title ${quoted(title)}, and not Markdown.`);
  const blocks = [...text.matchAll(fence)].filter(([, , content = ""]) => openApi.test(content));
  const [block] = blocks;
  if (openApi.test(text.slice(0, block?.index))) return text;
  if (block === undefined) throw new Error("It is without a block of OpenAPI.");
  if (blocks.length > 1) throw new Error(`It has ${blocks.length} blocks of OpenAPI, where one is expected.`);
  if (block[3] === undefined) throw new Error("It is cut: its block of OpenAPI does not end.");
  return block[2] as string;
}

/** @throws an error that says why the document is not of one of our operations, or not valid */
export async function sourceOf(text: string, page: Page, sources: readonly Source[]): Promise<Source> {
  const content = contentOf({ text, file: page.name });
  const described = sources.filter((source) => operationOf(content, source) !== undefined);
  const isOurs = (content["servers"] as JsonObject[]).some(({ url }) => serverPattern.test(String(url)));
  const called = page.source ?? sources.find(({ file }) => parse(file).name === parse(page.name).name);
  const source = described.find((each) => each === page.source) ?? described[0] ?? (isOurs ? called : undefined);
  if (source === undefined) throw new Error("It describes another API: it has none of our operations.");
  if (page.source && page.source !== source) throw new Error(`It has the document of ${source.operationId} instead.`);
  await generateSchema(content);
  return source;
}

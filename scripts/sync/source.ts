/** A SOURCE (a file or an address; a page or bare YAML) → the vendor's document, byte for byte, checked. */
import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { redocly } from "../redocly.ts";

const configFile = new URL("redocly.yaml", import.meta.url);
const fetchTimeoutMs = 30_000;

/**
 * @param source a file's path, or an address: https:, or http: on this machine
 * @throws an error that says what is wrong with the source
 */
export async function readDocument(source: string): Promise<string> {
  const document = extractDocument((await readSource(source)).replace(/^\ufeff/, ""), source);
  await assertDocument(document, source);
  return document;
}

async function readSource(source: string): Promise<string> {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    return readFile(source, "utf8").catch((error: Error) => {
      throw new Error(`${source} cannot be read: ${error.message}`);
    });
  }
  const url = new URL(source);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) {
    throw new Error(`${source} is neither a file nor an https: address.`);
  }
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) }).catch((error: Error) => {
    const { cause } = error;
    throw new Error(
      `${source} cannot be reached: ${cause instanceof Error ? cause.message || cause.name : error.message}`,
    );
  });
  if (!response.ok) throw new Error(`${source} answers HTTP ${response.status}.`);
  return response.text();
}

/** The YAML of a page's one fenced block that is an OpenAPI document, or the whole text if it is one itself. */
function extractDocument(text: string, source: string): string {
  // CommonMark, 4.5: a fence is closed by one of the same character that is at least as long.
  const fenced = [...text.matchAll(/^(`{3,}|~{3,})[ \t]*ya?ml\b[^\n]*\n([\s\S]*?)^\1[`~]*[ \t\r]*$/gim)];
  if (fenced.length === 0 && isOpenApi(text)) return text;
  const blocks = fenced.map(([, , content]) => content as string).filter(isOpenApi);
  const [document, ...others] = blocks;
  if (document === undefined) {
    throw new Error(
      `${source} has no fenced block of YAML with an OpenAPI document, and is none itself. If it is the page as a ` +
        "browser gets it, take its Markdown.",
    );
  }
  if (others.length > 0) {
    throw new Error(`${source} has ${blocks.length} OpenAPI documents, and which one is meant cannot be told.`);
  }
  return document;
}

/** By a field of the outermost mapping, so that a document whose YAML is broken is told from none. */
function isOpenApi(text: string): boolean {
  return /^(?:openapi|swagger)[ \t]*:/m.test(text);
}

async function assertDocument(document: string, source: string): Promise<void> {
  const yaml = parseDocument(document);
  const [error] = yaml.errors;
  if (error !== undefined) throw new Error(`The YAML of ${source} is broken: ${error.message}`);
  const { openapi, paths } = yaml.toJS() as { openapi?: unknown; paths?: Record<string, { post?: unknown }> };
  if (!/^3\.\d+\.\d+$/.test(String(openapi))) {
    throw new Error(`${source} is no OpenAPI 3 document: its version is ${JSON.stringify(openapi)}.`);
  }
  const isOurs = Object.entries(paths ?? {}).some(
    ([path, item]) => path.endsWith("/BankingServices/Authorize") && item?.post !== undefined,
  );
  if (!isOurs) throw new Error(`${source} describes another API: it has no POST of …/BankingServices/Authorize.`);
  const foreign = foreignReference(yaml.toJS());
  if (foreign !== undefined) {
    throw new Error(`${source} refers to ${foreign}, which is no part of it, and nobody follows it there.`);
  }
  const { failed, stdout } = await redocly(["lint", "document.yaml", "--config", "redocly.yaml"], {
    "document.yaml": document,
    "redocly.yaml": await readFile(configFile, "utf8"),
  });
  if (failed) throw new Error(`${source} is no valid OpenAPI document:\n${stdout.trim()}`);
}

/** A reference out of the document: whoever resolved it would read files and visit hosts that it names. */
function foreignReference(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "$ref" && typeof inner === "string" && !inner.startsWith("#/")) return inner;
    const found = foreignReference(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Everything in this repository that is made, from what it is made from. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Bundle, bundleDocument } from "./document.ts";
import { errorsPage } from "./errors-page.ts";
import { generateOperations } from "./operations.ts";
import { generateSchema } from "./schema.ts";
import { generateServer } from "./server.ts";

export interface Made extends Bundle {
  /** Path → content. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * @param upstream the vendor's document, as YAML
 * @param corrections the overlay, as YAML
 */
export async function makeFiles(upstream: string, corrections: string): Promise<Made> {
  const bundle = await bundleDocument(upstream, corrections);
  const { document } = bundle;
  const files = new Map([
    ["openapi/flinks.yaml", document],
    ["src/generated/schema.ts", await generateSchema(document)],
    ["src/generated/server.ts", generateServer(document)],
    ["src/generated/operations.ts", generateOperations(document)],
    ["docs/errors.md", errorsPage()],
  ]);
  return { ...bundle, files };
}

/** Paths of files that are missing or have another content. */
export async function staleFiles(files: Made["files"]): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    if ((await readIfThere(path)) !== content) stale.push(path);
  }
  return stale;
}

/** Writes what is stale, and gives the paths of what it wrote. */
export async function writeFiles(files: Made["files"]): Promise<string[]> {
  const stale = await staleFiles(files);
  for (const path of stale) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, files.get(path) as string);
  }
  return stale;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Everything in this repository that is made, from what it is made from. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parse, stringify } from "yaml";
import { errorsPage } from "../errors-page.ts";
import { correct, type Overlay } from "./corrections.ts";
import { type Merged, mergeDocuments } from "./merge.ts";
import { readSources, type Source } from "./sources.ts";
import type { JsonObject } from "./tree.ts";
import { generateOperations, generateSchema, generateServer } from "./typescript.ts";

export interface Inputs {
  readonly sources: readonly Source[];
  readonly corrections: Overlay;
}

export interface Made extends Merged {
  /** With the corrections. */
  readonly corrected: JsonObject;
  /** Path → content. */
  readonly files: ReadonlyMap<string, string>;
}

const header = "# Made by `npm run generate` from openapi/sources.yaml and openapi/corrections.yaml. Do not edit.\n";
// YAML 1.1, which other tools read, has dates and more booleans: what would be one there is quoted.
const yaml = { aliasDuplicateObjects: false, lineWidth: 0, singleQuote: true, version: "1.1" } as const;

export async function readInputs(): Promise<Inputs> {
  const corrections = parse(await readFile("openapi/corrections.yaml", "utf8")) as Overlay;
  return { sources: await readSources(), corrections };
}

export async function makeFiles({ sources, corrections }: Inputs): Promise<Made> {
  const merged = mergeDocuments(sources);
  const corrected = correct(merged.document, corrections);
  const files = new Map([
    ["openapi/flinks.yaml", header + stringify(corrected, yaml)],
    ["src/generated/schema.ts", await generateSchema(corrected)],
    ["src/generated/server.ts", generateServer(corrected)],
    ["src/generated/operations.ts", generateOperations(corrected)],
    ["docs/errors.md", errorsPage()],
  ]);
  return { ...merged, corrected, files };
}

/** Writes the files that are missing or have another content, unless it is only a check, and gives their paths. */
export async function updateFiles(files: Made["files"], isCheck = false): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    if ((await readFile(path, "utf8").catch(() => undefined)) === content) continue;
    stale.push(path);
    if (isCheck) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return stale;
}

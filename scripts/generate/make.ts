/** Everything in this repository that is made, from what it is made from. */
import { readFile, writeFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { errorsPage } from "../errors-page.ts";
import { correct, type Overlay } from "./corrections.ts";
import { mergeDocuments } from "./merge.ts";
import { readSources } from "./sources.ts";
import { generateOperations, generateSchema, generateServer } from "./typescript.ts";

export type Inputs = Awaited<ReturnType<typeof readInputs>>;
export type Made = Awaited<ReturnType<typeof makeFiles>>;

const header = "# Made by `npm run generate` from openapi/sources.yaml and openapi/corrections.yaml. Do not edit.\n";
// YAML 1.1, which other tools read, has dates and more booleans: what would be one there is quoted.
const yaml = { aliasDuplicateObjects: false, lineWidth: 0, singleQuote: true, version: "1.1" } as const;

export async function readInputs() {
  const corrections = parse(await readFile("openapi/corrections.yaml", "utf8")) as Overlay;
  return { sources: await readSources(), corrections };
}

/** The documents in one, the same with the corrections, and the content of each file that is made of that, by path. */
export async function makeFiles({ sources, corrections }: Inputs) {
  const merged = mergeDocuments(sources);
  const corrected = correct(merged, corrections);
  const files = new Map([
    ["openapi/flinks.yaml", header + stringify(corrected, yaml)],
    ["src/generated/schema.ts", await generateSchema(corrected)],
    ["src/generated/server.ts", generateServer(corrected)],
    ["src/generated/operations.ts", generateOperations(corrected)],
    ["docs/errors.md", errorsPage()],
  ]);
  return { merged, corrected, files };
}

/** Writes the files that are missing or have another content, unless it is only a check, and gives their paths. */
export async function updateFiles(files: Made["files"], isCheck = false): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    if ((await readFile(path, "utf8").catch(() => undefined)) === content) continue;
    stale.push(path);
    if (!isCheck) await writeFile(path, content);
  }
  return stale;
}

/** openapi/sources.yaml, and the documents that it lists. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { methods } from "./form.ts";
import type { JsonObject } from "./tree.ts";

export const sourcesPath = "openapi/sources.yaml";

/** One operation, and where it comes from, as openapi/sources.yaml says, with the text of its file. */
export interface Source {
  readonly operationId: string;
  readonly method: string;
  readonly file: string;
  readonly source: "vendor" | "interim";
  readonly page?: string | null;
  readonly text: string;
}

export async function readSources(): Promise<Source[]> {
  const { operations } = parse(await readFile(sourcesPath, "utf8")) as { operations: Source[] };
  return Promise.all(operations.map(async (source) => ({ ...source, text: await readFile(source.file, "utf8") })));
}

export function operationsOf({ paths }: JsonObject): [path: string, method: string][] {
  return Object.entries((paths ?? {}) as Record<string, JsonObject>).flatMap(([path, item]) =>
    methods.filter((method) => item[method] !== undefined).map((method): [string, string] => [path, method]),
  );
}

/** A source's operation, whatever else a document has: the path has its name in it. Of versions, the first. */
export function operationOf(document: JsonObject, { operationId, method }: Source) {
  const sorted = operationsOf(document).sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1));
  const called = sorted.filter(([path]) => path.toLowerCase().split("/").includes(operationId.toLowerCase()));
  return called.find(([, each]) => each === method.toLowerCase()) ?? called[0];
}

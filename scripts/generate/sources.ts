/** openapi/sources.yaml and the documents that it lists. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

export const sourcesPath = "openapi/sources.yaml";

/** One operation's document. */
export interface Source {
  readonly operationId: string;
  readonly file: string;
  /** `interim`: written by us, until the vendor's page can be had. */
  readonly source: "vendor" | "interim";
  /** The address of the vendor's page. */
  readonly page?: string | null;
}

export interface SourceDocument extends Source {
  readonly text: string;
}

export async function readSources(): Promise<SourceDocument[]> {
  const { operations } = parse(await readFile(sourcesPath, "utf8")) as { operations: Source[] };
  return Promise.all(
    operations.map(async (source) => ({ ...source, text: await readFile(source.file, "utf8") })),
  );
}

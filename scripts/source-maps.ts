/** Source maps lead to the sources that ship, and say nothing about the rest. A part of the build. */
import { readFile, writeFile } from "node:fs/promises";
import { decode, encode } from "@jridgewell/sourcemap-codec";

/**
 * Leaves out of a map what leads elsewhere than to `src`: openapi-fetch, which the CommonJS half contains, lies
 * nowhere that its map could know.
 */
export async function keepOwnSources(file: string): Promise<void> {
  const map: { sources: string[]; mappings: string } = JSON.parse(await readFile(file, "utf8"));
  const sources = map.sources.filter((source) => source.startsWith("../src/"));
  const lines = decode(map.mappings).map((line) =>
    line.map((segment): typeof segment => {
      if (segment.length === 1) return segment;
      const [column, from, ...rest] = segment;
      const to = sources.indexOf(map.sources[from] as string);
      return to === -1 ? [column] : ([column, to, ...rest] as typeof segment);
    }),
  );
  await writeFile(file, JSON.stringify({ ...map, sources, mappings: encode(lines) }));
}

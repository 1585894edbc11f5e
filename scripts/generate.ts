/**
 * Makes everything in this repository that is made: `openapi/flinks.yaml`, `src/generated/`, `docs/errors.md`.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { correctionsPath, upstreamPath } from "./generate/document.ts";
import { makeFiles, staleFiles, writeFiles } from "./generate/make.ts";

const usage = `Usage: npm run generate [-- --check]

Makes openapi/flinks.yaml (the documents that openapi/sources.yaml lists, bundled, with openapi/corrections.yaml
applied), src/generated/ from it, and docs/errors.md from src/wrappers/codes.ts.

  --check   change nothing; fail if anything made is stale or was edited by hand
  --help    show this text
`;

const { values: flags } = parseArgs({
  options: { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});

if (flags.help) {
  process.stdout.write(usage);
} else {
  await run(flags.check).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function run(check: boolean): Promise<void> {
  const [upstream, corrections] = await Promise.all([
    readFile(upstreamPath, "utf8"),
    readFile(correctionsPath, "utf8"),
  ]);
  const { files, obsolete, overruled } = await makeFiles(upstream, corrections);
  for (const place of overruled) console.log(`notice: ours differs, so the vendor's counts: ${place}`);
  for (const name of obsolete) {
    console.log(`obsolete: ${name} in openapi/corrections.yaml changes nothing any more; drop it`);
  }
  const stale = check ? await staleFiles(files) : await writeFiles(files);
  if (check && stale.length > 0) {
    throw new Error(
      `Stale or edited by hand: ${stale.join(", ")}\n` +
        "Run `npm run generate` and commit what it writes. To change these files, change what they are made " +
        "from: openapi/upstream, openapi/interim, openapi/corrections.yaml, src/wrappers/codes.ts or scripts/generate.",
    );
  }
  for (const path of stale) console.log(`made ${path}`);
  if (stale.length === 0) console.log("everything that is made is up to date");
}

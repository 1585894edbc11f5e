/**
 * Fetches the vendor's document and makes everything anew that is made from it.
 *
 * @module
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { bundleDocument, correctionsPath, upstreamPath } from "./generate/document.ts";
import { writeFiles } from "./generate/make.ts";
import { compareDocuments } from "./sync/compare.ts";
import { createReaderFinder } from "./sync/readers.ts";
import { reportOf } from "./sync/report.ts";
import { readDocument } from "./sync/source.ts";

const usage = `Usage: npm run sync -- SOURCE

Takes the vendor's OpenAPI document from SOURCE: a file or an https: address, of the documentation page
(Markdown with the YAML in a fenced block) or of bare YAML. Writes ${upstreamPath}
if it differs, runs the generator, and prints a report in Markdown.

  --help    show this text

Exit status: 0 done; 1 SOURCE is no good, and no file was touched; 2 the document was taken, but the client
cannot follow it by itself: the report says why.
`;

const { values: flags, positionals } = parseArgs({
  options: { help: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [source, ...others] = positionals;

if (flags.help) {
  process.stdout.write(usage);
} else if (source === undefined || source === "" || others.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 1;
} else {
  await run(source).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function run(source: string): Promise<void> {
  const after = await readDocument(source);
  const before = await readFile(upstreamPath, "utf8");
  const corrections = await readFile(correctionsPath, "utf8");
  const sync = await compareDocuments(before, await bundleDocument(before, corrections), after, corrections);
  // Before anything is written: the types that name the readers are those of the document before.
  const report = reportOf(sync, createReaderFinder(process.cwd()));

  if (before !== after) {
    await writeFile(upstreamPath, after);
    console.error(`wrote ${upstreamPath}`);
  }
  if (sync.after instanceof Error) {
    process.exitCode = 2;
  } else {
    for (const path of await writeFiles(sync.after.files)) console.error(`made ${path}`);
  }
  process.stdout.write(report);
}

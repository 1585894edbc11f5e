/** Takes the vendor's documents from its pages, and makes everything again that is made from them. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { makeFiles, readInputs, updateFiles } from "./generate/make.ts";
import { type Source, sourcesPath } from "./generate/sources.ts";
import { documentOn, sourceOf } from "./sync/document.ts";
import { findPages, readPage } from "./sync/pages.ts";
import { reportOf } from "./sync/report.ts";

const usage = `Usage: npm run sync [-- SOURCE] [-- --base URL] [-- --timeout-ms N]

Takes the vendor's OpenAPI documents from SOURCE: a file, a folder, or an https: address, of documentation pages
(Markdown with a fenced block) or of bare documents. Without SOURCE, from every page that ${sourcesPath}
lists. Writes those that differ to openapi/upstream, runs the generator, and prints a report.

  --base URL        visit the listed pages there, and not at their own host
  --timeout-ms N    how long a page may take (default: 30000)

Exit status: 0 done; 1 SOURCE cannot be used, and nothing was changed; 2 the client cannot follow what was taken, and the
report says why; 3 some pages could not be fetched, and the report names them.
`;

async function run(from: string | undefined, timeoutMs: number, base?: string): Promise<number> {
  const inputs = await readInputs();
  const { taken, problems } = await takeDocuments(inputs.sources, from, timeoutMs, base);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0 && from !== undefined && taken.size === 0) return 1;

  const sources = inputs.sources.map((source): Source => {
    const text = taken.get(source) ?? source.text;
    if (text === source.text) return source;
    return { ...source, text, source: "vendor", file: `openapi/upstream/${basename(source.file)}` };
  });
  const skipped = inputs.sources.filter(({ page }) => from === undefined && !page);
  const notices = skipped.map(({ operationId }) => `${operationId} has no page in ${sourcesPath}. It was skipped.`);
  const after = { ...inputs, sources };
  const old = await makeFiles(inputs).catch((error: Error) => error);
  const made = await makeFiles(after).catch((error: Error) => error);
  process.stdout.write(reportOf({ inputs, made: old }, { inputs: after, made }, [...notices, ...problems]));
  await writeSources(inputs.sources, sources);
  if (made instanceof Error) return 2;
  await updateFiles(made.files);
  return problems.length > 0 ? 3 : 0;
}

async function takeDocuments(sources: readonly Source[], from: string | undefined, timeoutMs: number, base?: string) {
  const [taken, problems] = [new Map<Source, string>(), [] as string[]];
  const pages = await findPages(from, sources, base);
  // All at once, so that no page waits, and no connection dies, while the document of another is looked at.
  const reads = await Promise.all(pages.map((page) => readPage(page, timeoutMs).catch((error: Error) => error)));
  for (const [index, page] of pages.entries()) {
    try {
      const text = documentOn(reads[index]);
      const source = await sourceOf(text, page, sources);
      if (taken.has(source)) throw new Error(`It is a second document of ${source.operationId}.`);
      taken.set(source, text);
    } catch (error) {
      const reason = (error as Error).message.replace(/.*call stack.*/, "It is nested too deeply.");
      const advice = "By hand: open the page in a browser, save its Markdown, and run `npm run sync -- FILE`.";
      problems.push(`${page.name} was not taken. ${reason} ${advice}`);
    }
  }
  return { taken, problems };
}

async function writeSources(before: readonly Source[], after: readonly Source[]): Promise<void> {
  let list = await readFile(sourcesPath, "utf8");
  for (const [index, { file, text }] of after.entries()) {
    const old = before[index];
    if (old === undefined || old.text === text) continue;
    await writeFile(file, text);
    if (old.file !== file) await rm(old.file);
    list = list.replace(`file: ${old.file}\n    source: interim`, `file: ${file}\n    source: vendor`);
  }
  await writeFile(sourcesPath, list);
}

const text = { type: "string" } as const;
const options = { base: text, "timeout-ms": { ...text, default: "30000" }, help: { type: "boolean" } } as const;
try {
  const { values: flags, positionals } = parseArgs({ options, allowPositionals: true });
  if (flags.help) process.stdout.write(usage);
  else if (positionals.length > 1) throw new Error(usage);
  else process.exitCode = await run(positionals[0], Number(flags["timeout-ms"]), flags.base);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

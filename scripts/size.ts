/**
 * What the package weighs: bytes, time to import, work for the compiler.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { bytesOf, importMs, instantiationsOf, type Program } from "./size/measure.ts";

const usage = `Usage: npm run size

Measures what is in dist, built anew: bytes of bundled programs, minified and compressed; the time that the import
adds to an empty program; the types that a program has the compiler make. What is over its budget is named, and the
exit status is 1.

  --help   show this text
`;

const open = `import { createFlinksClient } from "flinks-client";
const flinks = createFlinksClient({ instance: "toolbox", customerId: "c", secretKey: "k" });
const outcome = await flinks.authorize({ LoginId: "l" });
if (outcome.status === "authorized") console.log(outcome.requestId);`;

const programs: readonly Program[] = [
  { name: "one call", code: open, mostBrotli: 11_000 },
  { name: "the whole client", code: 'export * from "flinks-client";', mostBrotli: 11_000 },
  { name: "the sandbox", code: 'export * from "flinks-client/sandbox";', mostBrotli: 5_000 },
  { name: "openapi-fetch, in it", code: 'export { default } from "openapi-fetch";' },
];
const mostImportMs = 8;
const mostInstantiations = 25_000;

const { values: flags } = parseArgs({ options: { help: { type: "boolean", default: false } } });
if (flags.help) process.stdout.write(usage);
else {
  const over: string[] = [];
  console.log("| | minified | gzip | brotli | budget |\n| --- | ---: | ---: | ---: | ---: |");
  for (const program of programs) {
    const { minified, gzip, brotli } = await bytesOf(program);
    const { name, mostBrotli } = program;
    console.log(`| ${name} | ${minified} | ${gzip} | ${brotli} | ${mostBrotli ?? ""} |`);
    if (brotli > (mostBrotli ?? brotli)) over.push(`${name}: ${brotli} bytes, of ${mostBrotli}`);
  }
  const ms = await importMs("flinks-client");
  console.log(`\nImport: ${ms.toFixed(1)} ms more than an empty program (budget ${mostImportMs})`);
  if (ms > mostImportMs) over.push(`import: ${ms.toFixed(1)} ms, of ${mostImportMs}`);
  const instantiations = instantiationsOf(open);
  console.log(`Types of one call: ${instantiations} instantiations (budget ${mostInstantiations})`);
  if (instantiations > mostInstantiations) {
    over.push(`types: ${instantiations} instantiations, of ${mostInstantiations}`);
  }
  if (over.length > 0) {
    console.error(`\nOver budget:\n  ${over.join("\n  ")}`);
    process.exitCode = 1;
  }
}

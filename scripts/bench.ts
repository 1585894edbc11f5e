/** Compares the client, on `fetch` and on undici, with what a program would write by hand. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { measure } from "./bench/measure.ts";
import { reportOf } from "./bench/report.ts";

const usage = `Usage: npm run bench [-- --quick]

Builds the package, measures it and writes docs/performance.md, in about nine minutes. The machine should have nothing
else to do. The exit status is 1 if a budget is not kept.

  --quick   prints the report of a short run, in under a minute. It writes nothing and does not fail,
            because a short run is easily disturbed
  --help    shows this text
`;

const { values: flags } = parseArgs({ options: { quick: { type: "boolean" }, help: { type: "boolean" } } });

if (flags.help) process.stdout.write(usage);
else if (flags.quick) process.stdout.write(reportOf(await measure(3, 100)).markdown);
else {
  const { markdown, isWithinBudgets } = reportOf(await measure(9, 800));
  await writeFile("docs/performance.md", markdown);
  if (!isWithinBudgets) {
    console.error("A budget is not kept: docs/performance.md says which.");
    process.exitCode = 1;
  }
}

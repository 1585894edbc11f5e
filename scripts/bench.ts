/**
 * Measures the client beside others that do the same work, and writes down what came of it.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { verdictsOn } from "./bench/budgets.ts";
import { build, compile } from "./bench/processes.ts";
import { reportOf } from "./bench/report.ts";
import { runBench } from "./bench/run.ts";

const reportPath = "docs/performance.md";

const usage = `Usage: npm run bench [-- --quick] [--built]

Builds the package, measures flinks-client, hand-written fetch, openapi-fetch, axios, ky, flinks-api and node-flinks
against a server on this machine, and writes ${reportPath}. Takes some eight minutes, on a machine that
does nothing else. Exit status 1 if a budget is not kept.

  --quick    a glance: few rounds, the report on standard output, exit status 0; about a minute
  --built    measures dist/ as it is
  --help     show this text
`;

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    built: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (flags.help) process.stdout.write(usage);
else await bench();

async function bench(): Promise<void> {
  if (!flags.built) build();
  await compile();
  const effort = flags.quick
    ? { rounds: 3, heapRounds: 1, share: 0.1 }
    : { rounds: 9, heapRounds: 3, share: 1 };
  const results = await runBench(effort, (line) => console.error(line));
  const verdicts = verdictsOn(results);
  const report = reportOf(results, verdicts, effort);
  if (flags.quick) {
    process.stdout.write(report);
    return;
  }
  await writeFile(reportPath, report);
  console.error(`made ${reportPath}`);
  for (const { what, isKept } of verdicts) {
    if (isKept) continue;
    console.error(`not kept: ${what}`);
    process.exitCode = 1;
  }
}

/**
 * Runs the properties of test/properties for long.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { properties } from "../test/properties/properties.ts";

const usage = `Usage: npm run fuzz [-- --runs N] [--seed N] [--jobs N]

Tries the properties of test/properties on a million cases, or on N. A failure prints its seed and the smallest
case that was found, and the exit status is 1.

  --runs N   how many cases in all; default 1000000
  --seed N   the first seed; default: another one each time
  --jobs N   how many processes; default: one for each core
  --help     show this text
`;

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: `${Date.now() % 2 ** 31}` },
    jobs: { type: "string", default: `${availableParallelism()}` },
    help: { type: "boolean", default: false },
  },
});
const [runs, seed, jobs] = [flags.runs, flags.seed, flags.jobs].map(Number) as [number, number, number];

if (flags.help) process.stdout.write(usage);
else if (![runs, seed, jobs].every(Number.isSafeInteger) || jobs < 1) {
  process.stderr.write(usage);
  process.exitCode = 1;
} else if (jobs === 1) await runHere();
else await Promise.all(Array.from({ length: jobs }, (_, job) => runElsewhere(job)));

async function runHere(): Promise<void> {
  const numRuns = Math.ceil(runs / properties.length);
  for (const { name, property } of properties) {
    const started = performance.now();
    const result = await fc.check(property, { numRuns, seed });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (result.failed) {
      console.error(`${name}: failed\n${fc.defaultReportMessage(result)}`);
      process.exitCode = 1;
    } else console.log(`${name}: ${result.numRuns} cases in ${seconds} s, seed ${seed}`);
  }
}

async function runElsewhere(job: number): Promise<void> {
  const script = process.argv[1] as string;
  const share = ["--runs", `${Math.ceil(runs / jobs)}`, "--seed", `${seed + job}`, "--jobs", "1"];
  const child = spawn(process.execPath, [...process.execArgv, script, ...share], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) process.exitCode = 1;
}

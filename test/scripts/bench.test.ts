import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { type Job, jobs, type Sample, type Samples } from "../../scripts/bench/measure.ts";
import { reportOf } from "../../scripts/bench/report.ts";

/** Samples of two rounds. In the second, the machine was half as fast for everybody. */
function samplesOf(calls: number, cpu: number): Samples {
  const rounds = (callsPerSecond: number, cpu: number): Sample[] => [
    { callsPerSecond, cpu },
    { callsPerSecond: callsPerSecond / 2, cpu: cpu * 2 },
  ];
  return {
    "hand-written fetch": rounds(1000, 100),
    "flinks-client": rounds(calls, cpu),
    "openapi-fetch": rounds(800, 130),
  };
}

function resultsOf(calls: number, cpu: number): Map<Job, Samples> {
  return new Map(jobs.map((job) => [job, samplesOf(calls, cpu)]));
}

it("compares samples of the same round, so that a slow round is slow for all", () => {
  const { markdown } = reportOf(resultsOf(960, 110));
  expect(markdown).toContain("| flinks-client | 0.96 (0.96–0.96) | 1.10 (1.10–1.10) |");
  expect(markdown).toContain("| hand-written fetch | 1000 (500–1000) | 200 (100–200) µs |");
});

it.each([
  ["keeps its budgets", 950, 115, true, 0],
  ["makes too few calls per second", 940, 115, false, 1],
  ["takes too much CPU", 950, 116, false, 1],
  ["is slower than openapi-fetch", 790, 115, false, 5],
  ["takes more CPU than openapi-fetch", 950, 131, false, 5],
])("says so if flinks-client %s", (_, calls, cpu, isWithinBudgets, exceeded) => {
  const report = reportOf(resultsOf(calls, cpu));
  expect(report.isWithinBudgets).toBe(isWithinBudgets);
  expect(report.markdown.match(/\*\*no\*\*/g) ?? []).toHaveLength(exceeded);
});

it("explains its options", async () => {
  const bench = ["node_modules/tsx/dist/cli.mjs", "scripts/bench.ts", "--help"];
  const { stdout } = await promisify(execFile)(process.execPath, bench);
  expect(stdout).toContain("Usage: npm run bench");
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { ClientName } from "../../scripts/bench/clients.ts";
import { errorJob, inFlightJob, type Job, jobs, type Samples, singleJob } from "../../scripts/bench/measure.ts";
import { reportOf } from "../../scripts/bench/report.ts";

/** Samples of two rounds. In the second, the machine was half as fast for everybody. */
function samplesOf(changed: Partial<Record<ClientName, [calls: number, cpu: number]>>): Samples {
  const all = { ...good, ...changed };
  const rounds = Object.entries(all).map(([name, [callsPerSecond, cpu]]) => [
    name,
    [
      { callsPerSecond, cpu },
      { callsPerSecond: callsPerSecond / 2, cpu: cpu * 2 },
    ],
  ]);
  return Object.fromEntries(rounds);
}

const good: Record<ClientName, [calls: number, cpu: number]> = {
  "hand-written fetch": [1000, 100],
  "flinks-client": [960, 110],
  "flinks-client on undici": [3500, 30],
  "undici.request": [4000, 25],
  "undici.request, bare": [4_900, 20],
  "openapi-fetch": [800, 130],
};

function resultsOf(changed: Parameters<typeof samplesOf>[0], changedJobs = jobs): Map<Job, Samples> {
  return new Map(jobs.map((job) => [job, samplesOf(changedJobs.includes(job) ? changed : {})]));
}

it("compares samples of the same round, so that a slow round is slow for all", () => {
  const { markdown } = reportOf(resultsOf({}));
  expect(markdown).toContain("| flinks-client | 0.96 (0.96–0.96) | 1.10 (1.10–1.10) |");
  expect(markdown).toContain("| flinks-client on undici | 3.50 (3.50–3.50) | 0.30 (0.30–0.30) |");
  expect(markdown).toContain("| hand-written fetch | 1000 (500–1000) | 200 (100–200) µs |");
});

it.each<[string, Parameters<typeof samplesOf>[0], number, Job[]?]>([
  ["keeps its budgets", {}, 0],
  ["makes too few calls per second", { "flinks-client": [940, 110] }, 1],
  ["takes too much CPU", { "flinks-client": [960, 116] }, 1],
  ["makes too few calls on undici", { "flinks-client on undici": [3_490, 30] }, 1, [inFlightJob]],
  ["takes too much CPU on undici", { "flinks-client on undici": [3_500, 31] }, 1, [inFlightJob]],
  ["is too far from undici.request", { "undici.request": [4_200, 25] }, 1],
  ["is too far from undici.request as it is", { "undici.request, bare": [5_100, 20] }, 1],
  ["is too slow one at a time", { "flinks-client on undici": [1_190, 30] }, 1, [singleJob]],
  ["takes too much CPU for an error", { "flinks-client on undici": [3_500, 38] }, 1, [errorJob]],
  ["is slower than openapi-fetch", { "openapi-fetch": [970, 130] }, 5],
  ["takes more CPU than openapi-fetch", { "openapi-fetch": [800, 109] }, 5],
])("says so if flinks-client %s", (_, changed, exceeded, changedJobs) => {
  const report = reportOf(resultsOf(changed, changedJobs));
  expect(report.isWithinBudgets).toBe(exceeded === 0);
  expect(report.markdown.match(/\*\*no\*\*/g) ?? []).toHaveLength(exceeded);
});

it("explains its options", async () => {
  const bench = ["node_modules/tsx/dist/cli.mjs", "scripts/bench.ts", "--help"];
  const { stdout } = await promisify(execFile)(process.execPath, bench);
  expect(stdout).toContain("Usage: npm run bench");
});

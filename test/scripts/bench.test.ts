import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { adapters } from "../../scripts/bench/adapters.ts";
import { budgets, verdictsOn } from "../../scripts/bench/budgets.ts";
import { type Round, spreadOf } from "../../scripts/bench/measure.ts";
import { reportOf } from "../../scripts/bench/report.ts";
import { type Results, rowsOf } from "../../scripts/bench/run.ts";
import { type ClientName, scenarios } from "../../scripts/bench/scenarios.ts";
import { answers, keys, requestId } from "../../scripts/bench/wire.ts";

const tsx = "node_modules/tsx/dist/cli.mjs";

function round(callsPerSecond: number, cpuMicroseconds: number): Round {
  return { callsPerSecond, cpuMicroseconds, wallMicroseconds: 1e6 / callsPerSecond };
}

/** Hand-written `fetch` takes 100 of everything, openapi-fetch 200. */
function resultsOf(calls: number, cpu: number, heap: number, delay: number): Results {
  const times = new Map<ClientName, Round[] | string>([
    ["handWritten", [round(1000, 100), round(500, 200)]],
    ["flinksClient", [round(calls, cpu), round(calls / 2, cpu * 2)]],
    ["openapiFetch", [round(500, 200), round(250, 400)]],
    ["nodeFlinks", "cannot"],
  ]);
  const heaps = new Map<ClientName, number[]>([
    ["handWritten", [100]],
    ["flinksClient", [heap]],
    ["openapiFetch", [200]],
  ]);
  const names = Object.keys(scenarios) as (keyof typeof scenarios)[];
  return {
    scenarios: new Map(names.map((name) => [name, rowsOf(times, heaps)])),
    delayed: new Map([
      ["given", spreadOf([50])],
      ["prefetching", spreadOf([delay])],
    ]),
  };
}

describe("npm run bench and npm run soak", () => {
  it.each(["bench", "soak"])("%s explains itself", async (script) => {
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, `scripts/${script}.ts`, "--help"]);
    expect(stdout).toContain(`Usage: npm run ${script}`);
    expect(stdout).toContain("Exit status 1");
  });

  it("gives the median and the middle half", () => {
    expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4 });
    expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
  });

  it("compares within a turn, so that a slow turn is slow for all", () => {
    const row = resultsOf(900, 110, 120, 55).scenarios.get("many")?.get("flinksClient");
    expect(row).toMatchObject({
      callsRatio: { median: 0.9, low: 0.9, high: 0.9 },
      cpuRatio: { median: 1.1 },
      heapRatio: { median: 1.2 },
    });
  });

  it("keeps all budgets, or says which it does not", () => {
    const kept = verdictsOn(resultsOf(950, 110, 150, 60));
    expect(kept.filter(({ isKept }) => !isKept)).toEqual([]);
    const broken = verdictsOn(resultsOf(400, 210, 210, 100));
    expect(broken.filter(({ isKept }) => isKept)).toEqual([]);
    expect(broken[0]?.what).toBe(
      `calls per second at 64 in flight: 0.40, at least ${budgets.leastCallsPerSecond}`,
    );
    expect(broken.at(-1)?.what).toMatch(/a stub, but for calls per second, but for CPU, but for heap$/);
  });

  it("writes a table for each scenario, with what a client cannot do", () => {
    const results = resultsOf(950, 110, 150, 60);
    const report = reportOf(results, verdictsOn(results), { rounds: 2, heapRounds: 1, share: 1 });
    for (const { title } of Object.values(scenarios)) expect(report).toContain(`### ${title}\n`);
    expect(report).toContain(
      "| **flinks-client** | 0.95 (0.95–0.95) | 1.10 (1.10–1.10) | 1.50 (1.50–1.50) |",
    );
    expect(report).toContain("| node-flinks | cannot | | |");
    expect(report).toContain("prefetch: 8`: tokens minted ahead | 60.0 (60.0–60.0) |");
  });

  // flinks-client is tested elsewhere, and its adapter needs it built.
  const others = Object.entries(adapters).filter(([name]) => name !== "flinksClient");
  it.each(others)("%s opens the session that a stub answers with, or says why not", async (_, adapter) => {
    const stub = async () => new Response(answers.session.body, { status: 200 });
    const { authorize } = await adapter({ origin: "http://127.0.0.1:1", token: keys.opens, stub });
    expect(typeof authorize === "function" ? await authorize() : authorize).toMatch(
      new RegExp(`^(${requestId}|got, .*)$`),
    );
  });
});

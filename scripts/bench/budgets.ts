/** What the client may cost, and whether it does. */
import type { Results, Row } from "./run.ts";
import { type clients, scenarios } from "./scenarios.ts";

export const budgets = {
  /** At 64 in flight, in hand-written `fetch`'s. */
  leastCallsPerSecond: 0.95,
  mostCpu: 1.1,
  /** With the network a stub, in hand-written `fetch`'s. */
  mostHeap: 1.5,
  /** With tokens minted ahead, in calls that have their token. */
  mostDelay: 1.2,
} as const;

export interface Verdict {
  readonly what: string;
  readonly isKept: boolean;
}

export function verdictsOn(results: Results): Verdict[] {
  const row = (scenario: keyof typeof scenarios, client: keyof typeof clients) =>
    results.scenarios.get(scenario)?.get(client) as Row;
  const many = row("many", "flinksClient");
  const stub = row("stub", "flinksClient");
  const delay =
    (results.delayed.get("prefetching")?.median ?? 0) / (results.delayed.get("given")?.median ?? 1);
  const verdicts = [
    atLeast("calls per second at 64 in flight", many.callsRatio.median, budgets.leastCallsPerSecond),
    atMost("CPU per call at 64 in flight", many.cpuRatio.median, budgets.mostCpu),
    atMost("heap per call in the stub", stub.heapRatio.median, budgets.mostHeap),
    atMost("a call with `prefetch`, in calls with a token at hand", delay, budgets.mostDelay),
  ];
  for (const scenario of results.scenarios.keys()) {
    const [ours, theirs] = [row(scenario, "flinksClient"), row(scenario, "openapiFetch")];
    const behind = [
      ours.callsRatio.median < theirs.callsRatio.median && "calls per second",
      ours.cpuRatio.median > theirs.cpuRatio.median && "CPU",
      ours.heapRatio.median > theirs.heapRatio.median && "heap",
    ].filter((column) => column !== false);
    verdicts.push({
      what: `ahead of openapi-fetch: ${scenarios[scenario].title}${behind.map((column) => `, but for ${column}`).join("")}`,
      isKept: behind.length === 0,
    });
  }
  return verdicts;
}

function atLeast(what: string, value: number, limit: number): Verdict {
  return { what: `${what}: ${value.toFixed(2)}, at least ${limit.toFixed(2)}`, isKept: value >= limit };
}

function atMost(what: string, value: number, limit: number): Verdict {
  return { what: `${what}: ${value.toFixed(2)}, at most ${limit.toFixed(2)}`, isKept: value <= limit };
}

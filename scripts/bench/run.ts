/** The bench from beginning to end: who does what when, and what came of it. */
import type { ChildProcess } from "node:child_process";
import { type Round, type Spread, spreadOf } from "./measure.ts";
import { reply, start } from "./processes.ts";
import {
  type ClientName,
  clients,
  type DelayedName,
  delayed,
  delayMs,
  type ScenarioName,
  scenarios,
} from "./scenarios.ts";
import type { Result, Task } from "./worker.ts";

/** One client in one scenario. The ratios are to the first client's round of the same turn. */
export interface Row {
  readonly callsPerSecond: Spread;
  readonly cpuMicroseconds: Spread;
  readonly heapBytes: Spread;
  readonly callsRatio: Spread;
  readonly cpuRatio: Spread;
  readonly heapRatio: Spread;
}

/** A row, or why there is none. */
export type Rows = Map<ClientName, Row | string>;

export interface Results {
  readonly scenarios: Map<ScenarioName, Rows>;
  /** Milliseconds of a call against the server that answers late. */
  readonly delayed: Map<DelayedName, Spread>;
}

export interface Effort {
  readonly rounds: number;
  readonly heapRounds: number;
  /** What share of a scenario's calls a round has. */
  readonly share: number;
}

/** So large that no round of `heapCalls` is interrupted by a collection. */
const largeYoungGeneration = ["--min-semi-space-size=256", "--max-semi-space-size=256"];
const heapCalls = 500;

const names = Object.keys(clients) as ClientName[];
const [base] = names as [ClientName];

export async function runBench(effort: Effort, say: (line: string) => void): Promise<Results> {
  const children: ChildProcess[] = [];
  const open = (...args: Parameters<typeof start>) => {
    const child = start(...args);
    children.push(child);
    return child;
  };
  const openServer = async (delay: number) =>
    `http://127.0.0.1:${await reply<number>(open({ file: "server", args: [`${delay}`], cpu: 1 }))}`;
  const openClient = (name: ClientName, flags: string[] = []) =>
    open({ file: "worker", args: [name], flags: ["--expose-gc", ...flags], cpu: 0 });

  try {
    const origin = await openServer(0);
    const workers = new Map(names.map((name) => [name, openClient(name)]));
    const results: Results = { scenarios: new Map(), delayed: new Map() };
    for (const scenario of Object.keys(scenarios) as ScenarioName[]) {
      say(scenarios[scenario].title);
      const times = await timesOf(scenario, origin, workers, effort);
      const heaps = new Map<ClientName, number[]>();
      for (const [name, rounds] of times) {
        if (typeof rounds === "string") continue;
        const worker = openClient(name, largeYoungGeneration);
        heaps.set(name, await heapOf(scenario, origin, worker, effort));
        worker.kill();
      }
      results.scenarios.set(scenario, rowsOf(times, heaps));
    }
    say(`A server that answers after ${delayMs} ms`);
    const late = await openServer(delayMs);
    for (const scenario of Object.keys(delayed) as DelayedName[]) {
      const worker = workers.get("flinksClient") as ChildProcess;
      results.delayed.set(scenario, await delayOf(scenario, late, worker, effort));
    }
    return results;
  } finally {
    for (const child of children) child.kill();
  }
}

/** Rounds in turn, and in each turn another client first, so that whatever disturbs the machine disturbs all. */
async function timesOf(
  scenario: ScenarioName,
  origin: string,
  workers: ReadonlyMap<ClientName, ChildProcess>,
  { rounds, share }: Effort,
): Promise<Map<ClientName, Round[] | string>> {
  const times = new Map<ClientName, Round[] | string>();
  const calls = Math.ceil(scenarios[scenario].calls * share);
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    for (const at of names.keys()) {
      const name = names[(at + round + names.length) % names.length] as ClientName;
      const result = await ask<Round>(workers.get(name), { scenario, origin, what: "time", calls });
      if ("cannot" in result) times.set(name, result.cannot);
      if (!("round" in result)) continue;
      const all = times.get(name) ?? [];
      if (Array.isArray(all) && round >= 0) times.set(name, [...all, result.round]);
    }
  }
  return times;
}

async function heapOf(
  scenario: ScenarioName,
  origin: string,
  worker: ChildProcess,
  { heapRounds, share }: Effort,
): Promise<number[]> {
  const task = { scenario, origin } as const;
  // Code that is not compiled yet allocates more.
  await ask(worker, { ...task, what: "time", calls: Math.ceil(scenarios[scenario].calls * share) });
  const heaps: number[] = [];
  for (let round = 0; round < heapRounds; round++) {
    const result = await ask<number>(worker, { ...task, what: "heap", calls: heapCalls });
    if ("round" in result) heaps.push(result.round);
  }
  return heaps;
}

async function delayOf(
  scenario: DelayedName,
  origin: string,
  worker: ChildProcess,
  { rounds }: Effort,
): Promise<Spread> {
  const task = { scenario, origin, what: "time", calls: delayed[scenario].calls } as const;
  const waits: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const result = await ask<Round>(worker, task);
    if ("round" in result && round >= 0) waits.push(result.round.wallMicroseconds / 1000);
  }
  return spreadOf(waits);
}

async function ask<T>(worker: ChildProcess | undefined, task: Task): Promise<Result<T>> {
  if (worker === undefined) throw new Error("No such client");
  worker.send(task);
  return reply<Result<T>>(worker);
}

export function rowsOf(
  times: ReadonlyMap<ClientName, Round[] | string>,
  heaps: ReadonlyMap<ClientName, number[]>,
): Rows {
  const floor = times.get(base) as Round[];
  const heapFloor = spreadOf(heaps.get(base) ?? []).median;
  const rows: Rows = new Map();
  for (const name of names) {
    const rounds = times.get(name);
    if (rounds === undefined) continue;
    if (typeof rounds === "string") {
      rows.set(name, rounds);
      continue;
    }
    const heap = heaps.get(name) ?? [];
    const each = (key: keyof Round) => spreadOf(rounds.map((round) => round[key]));
    const ratio = (key: keyof Round) =>
      spreadOf(rounds.map((round, at) => round[key] / (floor[at] as Round)[key]));
    rows.set(name, {
      callsPerSecond: each("callsPerSecond"),
      cpuMicroseconds: each("cpuMicroseconds"),
      heapBytes: spreadOf(heap),
      callsRatio: ratio("callsPerSecond"),
      cpuRatio: ratio("cpuMicroseconds"),
      heapRatio: spreadOf(heap.map((bytes) => bytes / heapFloor)),
    });
  }
  return rows;
}

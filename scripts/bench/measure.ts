/**
 * Measures every client at every job, in turns.
 *
 * tinybench is what `vitest bench` runs on. `vitest bench` itself neither lets clients take turns nor measures CPU.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { Bench } from "tinybench";
import { type Client, type ClientName, clients } from "./clients.ts";
import { tokens } from "./wire.ts";

export interface Job {
  readonly title: string;
  readonly token: keyof typeof tokens;
  readonly inFlight: number;
}

/** The jobs for which there are budgets. */
export const inFlightJob: Job = { title: "Cached session, 64 in flight", token: "session", inFlight: 64 };

export const singleJob: Job = { title: "Cached session, one at a time", token: "session", inFlight: 1 };
export const errorJob: Job = { title: "Error (401), 64 in flight", token: "error", inFlight: 64 };

export const jobs: readonly Job[] = [
  singleJob,
  inFlightJob,
  { title: "Session with MFA (two requests), 64 in flight", token: "mfa", inFlight: 64 },
  errorJob,
  { title: "Accounts with 500 transactions, 64 in flight", token: "data", inFlight: 64 },
];

export interface Sample {
  readonly callsPerSecond: number;
  /** User and system time of the client's process, in microseconds per call. */
  readonly cpu: number;
}

/** The samples of every client, one per round. */
export type Samples = Record<ClientName, Sample[]>;

/** Each sample takes `milliseconds`. */
export async function measure(rounds: number, milliseconds: number): Promise<Map<Job, Samples>> {
  const server = fork(new URL("server.ts", import.meta.url));
  const ended = once(server, "exit");
  try {
    const [port] = await once(server, "message");
    const samples = new Map<Job, Samples>();
    for (const job of jobs) samples.set(job, await measureJob(job, port, rounds, milliseconds));
    return samples;
  } finally {
    server.disconnect();
    await ended;
  }
}

async function measureJob(job: Job, port: number, rounds: number, milliseconds: number): Promise<Samples> {
  const samples = {} as Samples;
  const turns: [ClientName, () => Promise<unknown>][] = [];
  for (const name of Object.keys(clients) as ClientName[]) {
    const call = callOf(job, await clients[name](`http://127.0.0.1:${port}`, tokens[job.token]));
    // Opens connections and compiles the code.
    await sample(call, job.inFlight, 2 * milliseconds);
    samples[name] = [];
    turns.push([name, call]);
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of turns) samples[name].push(await sample(call, job.inFlight, milliseconds));
    // Another client goes first in the next round.
    turns.push(...turns.splice(0, 1));
  }
  return samples;
}

function callOf({ token }: Job, client: Client): () => Promise<unknown> {
  if (token === "error") return () => client.session().then(failUnlessRejected, ignore);
  return client[token];
}

function failUnlessRejected(): never {
  throw new Error("The call should have been rejected.");
}

function ignore(): void {}

async function sample(call: () => Promise<unknown>, inFlight: number, time: number): Promise<Sample> {
  globalThis.gc?.();
  let [started, milliseconds, cpu] = [0, 0, process.cpuUsage()];
  const setup = () => {
    [started, cpu] = [performance.now(), process.cpuUsage()];
  };
  const teardown = () => {
    [milliseconds, cpu] = [performance.now() - started, process.cpuUsage(cpu)];
  };
  const atOnce = { concurrency: "task", threshold: inFlight } as const;
  const bench = new Bench({ ...atOnce, time, iterations: 0, warmup: false, throws: true, setup, teardown });
  const [task] = await bench.add("call", call, { async: true }).run();
  const calls = task?.runs ?? 0;
  return { callsPerSecond: (calls / milliseconds) * 1000, cpu: (cpu.user + cpu.system) / calls };
}

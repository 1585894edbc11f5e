/** Measures every client at every job, in turns. Each client has a process of its own for each job. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type ClientName, clients } from "./clients.ts";
import type { tokens } from "./wire.ts";

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

/** What a client's process is asked for. */
export interface Turn {
  readonly job: Job;
  readonly milliseconds: number;
}

/** The samples of every client, one per round. */
export type Samples = Record<ClientName, Sample[]>;

/** Each sample takes `milliseconds`, after a warm-up of the same length. */
export async function measure(rounds: number, milliseconds: number): Promise<Map<Job, Samples>> {
  const server = await start("server.ts");
  const names = Object.keys(clients) as ClientName[];
  const places = jobs.flatMap((job) => names.map((name) => ({ job, name })));
  const turns = await Promise.all(
    places.map(async (place) => ({ ...place, child: await start("client.ts", place.name, `${server.ready}`) })),
  );
  const children = [...turns.map(({ child }) => child), server];
  try {
    // Opens connections and compiles the code.
    for (const { job, child } of turns) await sample(child, { job, milliseconds: Math.max(250, milliseconds) });
    const results = new Map(jobs.map((job) => [job, {} as Samples]));
    for (let round = 0; round < rounds; round++) {
      for (const { job, name, child } of turns) {
        const samples = results.get(job) as Samples;
        samples[name] = [...(samples[name] ?? []), await sample(child, { job, milliseconds })];
      }
      // Another one goes first in the next round.
      turns.push(...turns.splice(0, 7));
    }
    return results;
  } finally {
    for (const { child, exited } of children) {
      child.disconnect();
      await exited;
    }
  }
}

interface Child {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown[]>;
  /** Its first message. */
  readonly ready: unknown;
}

async function start(file: string, ...args: string[]): Promise<Child> {
  const child = fork(new URL(file, import.meta.url), args);
  const exited = once(child, "exit");
  const ready = await messageOf({ child, exited });
  return { child, exited, ready };
}

async function sample({ child, exited }: Child, turn: Turn): Promise<Sample> {
  child.send(turn);
  return (await messageOf({ child, exited })) as Sample;
}

async function messageOf({ child, exited }: Pick<Child, "child" | "exited">): Promise<unknown> {
  const ended = exited.then(() => Promise.reject(new Error("A process of the bench has ended.")));
  const [message] = await Promise.race([once(child, "message"), ended]);
  return message;
}

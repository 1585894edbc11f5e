/** One client in a process of its own, which runs a round whenever it is told to. */
import { adapters } from "./adapters.ts";
import { heapPerCall, runRound } from "./measure.ts";
import {
  type ClientName,
  type DelayedName,
  delayed,
  type Scenario,
  type ScenarioName,
  scenarios,
} from "./scenarios.ts";
import { answers, requestId } from "./wire.ts";

export interface Task {
  readonly scenario: ScenarioName | DelayedName;
  readonly origin: string;
  readonly what: "time" | "heap";
  readonly calls: number;
}

/** A round, or why there is none; nothing where the question does not arise. */
export type Result<T> = { readonly round: T } | { readonly cannot: string } | { readonly none: true };

const adapter = adapters[process.argv[2] as ClientName];
const all: Record<ScenarioName | DelayedName, Scenario> = { ...scenarios, ...delayed };
const prepared = new Map<string, ReturnType<typeof prepare>>();

process.on("message", async ({ scenario: name, origin, what, calls }: Task) => {
  const scenario = all[name];
  if (!prepared.has(name)) prepared.set(name, prepare(scenario, origin));
  const job = await prepared.get(name);
  if (job === undefined) process.send?.({ none: true });
  else if (typeof job === "string") process.send?.({ cannot: job });
  else {
    const measure = what === "time" ? runRound : heapPerCall;
    process.send?.({ round: await measure(job, calls, scenario.inFlight) });
  }
});

async function prepare(scenario: Scenario, origin: string) {
  const { token, fails, isStubbed } = scenario;
  const jobs = await adapter({ origin, token, stub: isStubbed ? stub : undefined });
  const job = jobs[scenario.job];
  if (typeof job !== "function") return job;
  const checked = fails ? mustFail(job) : mustOpen(job);
  // A wrong answer must not be measured as a fast one.
  await checked();
  return checked;
}

function mustOpen(job: () => Promise<string>) {
  return async () => {
    if ((await job()) !== requestId) throw new Error("Not the session that was sent");
  };
}

function mustFail(job: () => Promise<string>) {
  return () =>
    job().then(
      () => {
        throw new Error("A refusal was taken for a session");
      },
      () => {},
    );
}

const { status, body } = answers.session;
const init = { status, headers: { "content-type": "application/json" } };
/** A `fetch` without a network. */
const stub = async () => new Response(body, init);

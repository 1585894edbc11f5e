/**
 * One client in a process of its own, which takes a sample whenever it is told to.
 *
 * tinybench is what `vitest bench` runs on. `vitest bench` itself neither lets clients take turns nor measures CPU.
 */
import { Bench } from "tinybench";
import { type Client, type ClientName, clients } from "./clients.ts";
import type { Job, Sample, Turn } from "./measure.ts";
import { tokens } from "./wire.ts";

const [name, port] = process.argv.slice(2);
const calls = new Map<string, () => Promise<unknown>>();

process.on("message", async ({ job, milliseconds }: Turn) => {
  const call =
    calls.get(job.title) ??
    callOf(job, await clients[name as ClientName](`http://127.0.0.1:${port}`, tokens[job.token]));
  calls.set(job.title, call);
  process.send?.(await sample(call, job.inFlight, milliseconds));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

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
  // V8 drops compiled code while other clients are measured.
  const warmup = { warmup: true, warmupTime: time, warmupIterations: 0 };
  const bench = new Bench({ ...atOnce, ...warmup, time, iterations: 0, throws: true, setup, teardown });
  const [task] = await bench.add("call", call, { async: true }).run();
  const calls = task?.runs ?? 0;
  return { callsPerSecond: (calls / milliseconds) * 1000, cpu: (cpu.user + cpu.system) / calls };
}

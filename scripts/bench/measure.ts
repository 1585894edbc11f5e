/** One round of one client, and what many rounds say. */
import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

export interface Round {
  readonly callsPerSecond: number;
  /** User and system, of the whole process. */
  readonly cpuMicroseconds: number;
  readonly wallMicroseconds: number;
}

/** Runs `calls` calls, `inFlight` of them at any time. */
export async function runRound(job: () => Promise<unknown>, calls: number, inFlight: number): Promise<Round> {
  // Each client pays for its own garbage only.
  collect();
  const cpu = process.cpuUsage();
  const started = performance.now();
  await run(job, calls, inFlight);
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return {
    callsPerSecond: (calls / milliseconds) * 1000,
    cpuMicroseconds: (user + system) / calls,
    wallMicroseconds: (milliseconds * 1000) / calls,
  };
}

/**
 * Bytes of heap that a call takes, freed or not. Needs a young generation that holds the whole round, so that
 * nothing is collected meanwhile.
 */
export async function heapPerCall(
  job: () => Promise<unknown>,
  calls: number,
  inFlight: number,
): Promise<number> {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  collect();
  await setImmediate();
  observer.observe({ entryTypes: ["gc"] });
  const before = process.memoryUsage().heapUsed;
  await run(job, calls, inFlight);
  const after = process.memoryUsage().heapUsed;
  await setImmediate();
  observer.disconnect();
  if (collections > 0)
    throw new Error(`A collection spoiled the round: fewer calls than ${calls} are needed.`);
  return (after - before) / calls;
}

async function run(job: () => Promise<unknown>, calls: number, inFlight: number): Promise<void> {
  let left = calls;
  const lane = async () => {
    while (left-- > 0) await job();
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

function collect(): void {
  if (globalThis.gc === undefined) throw new Error("Needs node --expose-gc.");
  globalThis.gc();
}

export interface Spread {
  readonly median: number;
  /** The quarters of the rounds below and above. */
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

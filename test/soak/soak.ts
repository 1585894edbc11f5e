/**
 * Calls that ended leave nothing behind: no memory, no timer, no listener on a signal that they share.
 *
 * SOAK_SCALE=0.1 makes a tenth of the calls. With 10 000 in flight over HTTP, both processes have as many files open, and some
 * more (`ulimit -n`). So each transport has a file of tests, which Vitest runs in a process of its own: connections are kept,
 * and those of two transports would be twice as many files.
 */
import { getEventListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import { describe, expect, inject, it } from "vitest";
import type { FlinksClient } from "../../src/index.ts";
import { customerId, loginId } from "../helpers/client.ts";

const scale = Number(process.env["SOAK_SCALE"] ?? 1);
if (!(scale > 0)) throw new Error("SOAK_SCALE must be a number above 0.");
export const atOnce = Math.ceil(10_000 * scale);
const inARow = Math.ceil(200_000 * scale);

/** In bytes. Code that is compiled during a run takes memory, too. */
const mostGrowth = 1_000_000;

export const options = {
  baseUrl: inject("baseUrl"),
  customerId,
  authorizeToken: () => "c4569c54-e167-4d34-8de6-52113b7e4c3a",
};

type Run = (signal: AbortSignal) => Promise<void>;

/** Defines the tests of a client. */
export function soak(client: FlinksClient): void {
  describe.each([
    ["one signal for all calls", true],
    ["no signal", false],
  ])("%s", (_, hasSignal) => {
    it.each([
      ["in flight", atOnce, atOnce],
      ["in a row", inARow, 1],
    ])("leaves nothing behind: sessions %s", async (_title, calls, inFlight) => {
      const given = (signal: AbortSignal) => (hasSignal ? signal : undefined);
      await expectNothingLeft(
        (signal) => authorize(client, Math.max(inFlight, 5_000), inFlight, given(signal)),
        (signal) => authorize(client, calls, inFlight, given(signal)),
      );
    });
  });
}

/** Opens so many sessions, and never more at a time than `inFlight`. */
export async function authorize(client: FlinksClient, calls: number, inFlight: number, signal?: AbortSignal) {
  let left = calls;
  const lane = async () => {
    while (left-- > 0) {
      const { status } = await client.authorize({ LoginId: loginId }, signal && { signal });
      if (status !== "authorized") throw new Error(`The outcome is ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** Expects nothing to be left by `run`. Before, `warmUp` compiles the code and opens connections. */
export async function expectNothingLeft(warmUp: Run, run: Run): Promise<void> {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on("warning", onWarning);
  const { signal } = new AbortController();
  await warmUp(signal);
  const before = { connections: await connections(), heap: await heap(), timers: timers() };
  await run(signal);
  const listeners = getEventListeners(signal, "abort").length;
  const isLeft = { timers: timers() - before.timers, listeners, warnings };
  // Connections that closed during the run would count as memory that was freed.
  const closed = before.connections - (await connections());
  const growth = (await heap()) - before.heap;
  process.stdout.write(`The heap grew by ${Math.round(growth / 1000)} kB; ${closed} connections closed.\n`);
  expect(isLeft).toEqual({ timers: 0, listeners: 0, warnings: [] });
  expect(closed).toBeLessThanOrEqual(0);
  expect(growth).toBeLessThan(mostGrowth);
  process.off("warning", onWarning);
}

/** The bytes that are still reachable. Finalizers run between collections, and may free more. */
async function heap(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("This needs node --expose-gc.");
  for (let times = 0; times < 4; times++) {
    globalThis.gc();
    await setTimeout(20);
  }
  return process.memoryUsage().heapUsed;
}

/** Those that the server has, with all clients of this process. */
async function connections(): Promise<number> {
  return Number(await (await fetch(`${options.baseUrl}/connections`)).text());
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

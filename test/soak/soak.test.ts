/**
 * Calls that ended leave nothing behind: no memory, no timer, no listener on a signal that they share.
 *
 * SOAK_SCALE=0.1 makes a tenth of the calls. With 10 000 in flight over HTTP, both processes have as many files open
 * (`ulimit -n`).
 */
import { getEventListeners } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { Agent } from "undici7";
import { describe, expect, inject, it } from "vitest";
import { createFlinksClient, type FlinksClient } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/wrappers/undici.ts";
import { customerId, loginId } from "../helpers/client.ts";

const scale = Number(process.env["SOAK_SCALE"] ?? 1);
if (!(scale > 0)) throw new Error("SOAK_SCALE must be a number above 0.");
const atOnce = Math.ceil(10_000 * scale);
const inARow = Math.ceil(200_000 * scale);
const overHttp = Math.ceil(50_000 * scale);

/** In bytes. Code that is compiled during a run takes memory, too. */
const mostGrowth = 1_000_000;

const session = await readFile("test/fixtures/wire/authorize-200-cached.json", "utf8");
const options = {
  baseUrl: inject("baseUrl"),
  customerId,
  authorizeToken: () => "c4569c54-e167-4d34-8de6-52113b7e4c3a",
};
const connected = createFlinksClient(options);
// Connections that closed during a run would count as memory that was freed.
const dispatcher = new Agent({ keepAliveTimeout: 600_000 });
const onUndici = createFlinksClient({ ...options, fetch: createUndiciFetch({ dispatcher }) });
const stubbed = createFlinksClient({ ...options, fetch: async () => new Response(session) });
const silent = createFlinksClient({ ...options, fetch: () => new Promise<never>(() => {}) });

type Run = (signal: AbortSignal) => Promise<void>;

describe.each([
  ["one signal for all calls", true],
  ["no signal", false],
])("%s", (_, hasSignal) => {
  it.each([
    ["sessions in flight, stubbed", stubbed, atOnce, atOnce],
    ["sessions in a row, stubbed", stubbed, inARow, 1],
    ["sessions in flight, over HTTP", connected, atOnce, atOnce],
    ["sessions, 100 in flight, over HTTP", connected, overHttp, 100],
    ["sessions in flight, on undici", onUndici, atOnce, atOnce],
    ["sessions, 100 in flight, on undici", onUndici, inARow, 100],
  ])("leaves nothing behind: %s", async (_title, client, calls, inFlight) => {
    const given = (signal: AbortSignal) => (hasSignal ? signal : undefined);
    await expectNothingLeft(
      (signal) => authorize(client, atOnce, atOnce, given(signal)),
      (signal) => authorize(client, calls, inFlight, given(signal)),
    );
  });
});

it("leaves nothing behind: sessions in flight, aborted", async () => {
  const run = async () => {
    const controller = new AbortController();
    const calls = authorize(silent, atOnce, atOnce, controller.signal);
    await setTimeout(10);
    controller.abort();
    await expect(calls).rejects.toBe(controller.signal.reason);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  };
  await expectNothingLeft(run, run);
});

/** Opens so many sessions, and never more at a time than `inFlight`. */
async function authorize(client: FlinksClient, calls: number, inFlight: number, signal?: AbortSignal) {
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
async function expectNothingLeft(warmUp: Run, run: Run): Promise<void> {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on("warning", onWarning);
  const { signal } = new AbortController();
  await warmUp(signal);
  const before = { heap: await heap(), timers: timers() };
  await run(signal);
  const listeners = getEventListeners(signal, "abort").length;
  expect({ timers: timers() - before.timers, listeners, warnings }).toEqual({
    timers: 0,
    listeners: 0,
    warnings: [],
  });
  expect((await heap()) - before.heap).toBeLessThan(mostGrowth);
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

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

/** The soak's client, in a process of its own: plain Node with `--expose-gc`, with the server's origin. */
import { getEventListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import { answers, customerId, keys, loginId, requestId } from "./wire.ts";

const builtPackage: string = "flinks-client";
const { createFlinksClient } = (await import(builtPackage)) as typeof import("../../src/index.ts");
const [, , origin = ""] = process.argv;

const atOnce = 10_000;
const inARow = 200_000;
const inTurns = 50_000;
/** What a heap may seem to grow by: code that was compiled meanwhile, and the noise of a collection. */
const mostGrowthBytes = 1_000_000;

const warnings: string[] = [];
process.on("warning", ({ name, message }) => warnings.push(`${name}: ${message}`));

const { status, body } = answers.session;
const stub = async () => new Response(body, { status, headers: { "content-type": "application/json" } });
const common = { baseUrl: origin, customerId, authorizeToken: () => keys.opens };
const stubbed = createFlinksClient({ ...common, fetch: stub });
const connected = createFlinksClient(common);

type Client = typeof connected;
type Run = (client: Client, signal: AbortSignal | undefined) => Promise<void>;

const allAtOnce: Run = async (client, signal) => {
  await Promise.all(Array.from({ length: atOnce }, () => call(client, signal)));
};

const oneByOne: Run = async (client, signal) => {
  for (let calls = 0; calls < inARow; calls++) await call(client, signal);
};

/** Over connections 200 000 calls one by one would take minutes. */
const byTurns: Run = async (client, signal) => {
  const lane = async () => {
    for (let calls = 0; calls < inTurns / 100; calls++) await call(client, signal);
  };
  await Promise.all(Array.from({ length: 100 }, lane));
};

await checkBoth("10 000 at once, stub", stubbed, allAtOnce);
await checkBoth("200 000 in a row, stub", stubbed, oneByOne);
await checkBoth("10 000 at once, connections", connected, allAtOnce);
await checkBoth("50 000, 100 at a time, connections", connected, byTurns);
await checkAborted("10 000 at once, aborted while they wait for an answer");
// Open connections would keep this process alive until the server closes them.
process.exit();

async function checkBoth(title: string, client: Client, run: Run): Promise<void> {
  for (const isShared of [true, false]) {
    const { signal } = new AbortController();
    const given = isShared ? signal : undefined;
    await check(`${title}, ${isShared ? "one signal" : "no signal"}`, signal, {
      // The first run of many opens connections, fills pools and compiles.
      before: () => allAtOnce(client, given),
      run: () => run(client, given),
    });
  }
}

async function checkAborted(title: string): Promise<void> {
  const silent = createFlinksClient({ ...common, fetch: () => new Promise(() => {}) });
  const abortAll = async (controller: AbortController) => {
    const calls = Array.from({ length: atOnce }, () => call(silent, controller.signal));
    const ends = Promise.allSettled(calls);
    await setTimeout(10);
    controller.abort();
    const reasons = (await ends).map((end) => end.status === "rejected" && end.reason);
    if (reasons.some((reason) => reason !== controller.signal.reason)) throw new Error("Not the reason");
  };
  const last = new AbortController();
  await check(title, last.signal, {
    before: () => abortAll(new AbortController()),
    run: () => abortAll(last),
  });
}

async function check(
  title: string,
  signal: AbortSignal,
  { before, run }: Record<"before" | "run", () => Promise<void>>,
): Promise<void> {
  // A signal warns once.
  warnings.length = 0;
  await before();
  const heapBefore = await heap();
  const timersBefore = timers();
  await run();
  const timersLeft = timers() - timersBefore;
  const listeners = getEventListeners(signal, "abort").length;
  const growth = (await heap()) - heapBefore;
  const faults = [
    listeners > 0 && `${listeners} listeners left on the signal`,
    timersLeft > 0 && `${timersLeft} timers left`,
    growth > mostGrowthBytes && "the heap has grown",
    ...new Set(warnings),
  ].filter((fault) => fault !== false);
  const left = `heap ${(growth / 1000).toFixed(0)} kB, ${timersLeft} timers, ${listeners} listeners`;
  console.log(
    [`${faults.length === 0 ? "ok    " : "FAILED"} ${title}: ${left}`, ...faults].join("\n       "),
  );
  if (faults.length > 0) process.exitCode = 1;
}

async function call(client: Client, signal: AbortSignal | undefined): Promise<void> {
  const outcome = await client.authorize({ LoginId: loginId }, { signal });
  if (outcome.requestId !== requestId) throw new Error("Not the session that was sent");
}

/** What is reachable. Finalizers run between collections and may free more. */
async function heap(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("Needs node --expose-gc.");
  for (let times = 0; times < 4; times++) {
    globalThis.gc();
    await setTimeout(20);
  }
  return process.memoryUsage().heapUsed;
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

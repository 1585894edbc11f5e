/** The soak's client, in a process of its own: plain Node with `--expose-gc`, with the server's origin. */
import { getEventListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import { answers, customerId, keys, loginId, requestId } from "./wire.ts";

const builtPackage: string = "flinks-client";
const { createFlinksClient } = (await import(builtPackage)) as typeof import("../../src/index.ts");
const [, , origin = ""] = process.argv;

const atOnce = 10_000;
const inARow = 200_000;
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

/** In a row by turns, since over connections 200 000 calls one by one would take minutes. */
const byTurns: Run = async (client, signal) => {
  const lane = async () => {
    for (let calls = 0; calls < inARow / 100; calls++) await call(client, signal);
  };
  await Promise.all(Array.from({ length: 100 }, lane));
};

await check("10 000 at once, stub", stubbed, allAtOnce);
await check("200 000 in a row, stub", stubbed, oneByOne);
await check("10 000 at once, connections", connected, allAtOnce);
await check("200 000, 100 at a time, connections", connected, byTurns);
// Open connections would keep this process alive until the server closes them.
process.exit();

async function check(title: string, client: Client, run: Run): Promise<void> {
  for (const isShared of [true, false])
    await checkOnce(`${title}, ${isShared ? "one signal" : "no signal"}`, client, run, isShared);
}

async function checkOnce(title: string, client: Client, run: Run, isShared: boolean): Promise<void> {
  const { signal } = new AbortController();
  const given = isShared ? signal : undefined;
  // The first run of many opens connections, fills pools and compiles.
  await allAtOnce(client, given);
  const before = await heap();
  const timersBefore = timers();
  warnings.length = 0;
  await run(client, given);
  const listeners = getEventListeners(signal, "abort").length;
  const timersLeft = timers() - timersBefore;
  const growth = (await heap()) - before;
  const faults = [
    listeners > 0 && `${listeners} listeners left on the signal`,
    timersLeft > 0 && `${timersLeft} timers left`,
    growth > mostGrowthBytes && "the heap has grown",
    ...new Set(warnings),
  ].filter((fault) => fault !== false);
  console.log(
    `${faults.length === 0 ? "ok    " : "FAILED"} ${title}: heap ${(growth / 1000).toFixed(0)} kB, ${timersLeft} timers, ${listeners} listeners${faults.map((fault) => `\n       ${fault}`).join("")}`,
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

/**
 * Time and memory of `getStatements` for a long response, beside `JSON.parse` of the same bytes. Not a test:
 *
 *     npx tsx test/memory/statements.ts [megabytes]
 *
 * Each job runs in a process of its own, and so does the server. Memory is looked at every 2 ms, and before and after
 * each call of `decode` and `JSON.parse`, which no timer can interrupt. `NODE_OPTIONS=--max-old-space-size=250` shows
 * how much of the peak is only garbage that nobody needed to collect.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createFlinksClient } from "../../src/index.ts";
import { listen } from "../helpers/listen.ts";

const megabyte = 1_000_000;
const megabytes = Number(process.argv[2] ?? 100);
const { ROLE, SERVER_URL = "" } = process.env;

/** Twelve files for each of two accounts, in base64. */
function createBody(): Buffer {
  const Base64Bytes = "QUJD".repeat((megabytes * megabyte) / 24 / 4);
  const Statements = Array.from({ length: 12 }, (_, at) => ({ UniqueId: `${at}`, FileType: "PDF", Base64Bytes }));
  const StatementsByAccount = ["0001234", "0005678"].map((AccountNumber) => ({ AccountNumber, Statements }));
  return Buffer.from(JSON.stringify({ HttpStatusCode: 200, StatementsByAccount, RequestId: "r" }));
}

const bytes = ROLE === "server" || ROLE === "JSON.parse" ? createBody() : Buffer.of();
const jobs: Record<string, () => Promise<unknown>> = {
  "JSON.parse": async () => JSON.parse(new TextDecoder().decode(bytes)),
  fetch: async () => (await fetch(SERVER_URL)).json(),
  getStatements: async () => {
    const flinks = createFlinksClient({ baseUrl: SERVER_URL, customerId: "c", authorizeToken: "t" });
    return flinks.getStatements({ RequestId: "r" }, { maxResponseBytes: 2 * megabytes * megabyte });
  },
};

async function start(): Promise<void> {
  const run = (role: string, env: object = {}) =>
    fork(import.meta.filename, [`${megabytes}`], {
      env: { ...process.env, ROLE: role, ...env },
      execArgv: [...process.execArgv, "--expose-gc"],
    });
  const server = run("server");
  const [url] = await once(server, "message");
  for (const job of Object.keys(jobs)) await once(run(job, { SERVER_URL: url }), "exit");
  server.disconnect();
}

async function serve(): Promise<void> {
  const { baseUrl, close } = await listen((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(bytes);
  });
  process.on("disconnect", close);
  process.send?.(baseUrl);
}

async function measure(job: () => Promise<unknown>): Promise<Record<string, number>> {
  let heapPeak = 0;
  let peak = 0;
  const sample = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    heapPeak = Math.max(heapPeak, heapUsed);
    peak = Math.max(peak, heapUsed + arrayBuffers);
  };
  const sampling = <Args extends unknown[], T>(work: (...args: Args) => T) =>
    function (this: unknown, ...args: Args): T {
      sample();
      const result = work.apply(this, args);
      sample();
      return result;
    };
  JSON.parse = sampling(JSON.parse);
  TextDecoder.prototype.decode = sampling(TextDecoder.prototype.decode);
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const timer = setInterval(sample, 2);
  const cpu = process.cpuUsage();
  const started = performance.now();
  await job();
  const elapsed = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  return {
    "time (ms)": Math.round(elapsed),
    "CPU (ms)": Math.round((user + system) / 1000),
    "peak heap (MB)": Math.round((heapPeak - heapUsed) / megabyte),
    "peak heap and buffers (MB)": Math.round((peak - heapUsed - arrayBuffers) / megabyte),
    "peak RSS (MB)": Math.round((process.resourceUsage().maxRSS * 1024 - rss) / megabyte),
  };
}

const job = jobs[ROLE ?? ""];
if (job !== undefined) {
  const figures = Object.entries(await measure(job)).map(([name, figure]) => `${name}: ${figure}`);
  process.stdout.write(`${`${ROLE}`.padEnd(14)} ${figures.join(", ")}\n`);
} else await (ROLE === "server" ? serve() : start());

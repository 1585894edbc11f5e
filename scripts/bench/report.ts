/** Results → `docs/performance.md`. */
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import type { Verdict } from "./budgets.ts";
import type { Spread } from "./measure.ts";
import { canPin } from "./processes.ts";
import type { Effort, Results, Row, Rows } from "./run.ts";
import { type ClientName, clients, type DelayedName, delayed, delayMs, scenarios } from "./scenarios.ts";

export function reportOf(results: Results, verdicts: readonly Verdict[], { rounds }: Effort): string {
  const tables = [...results.scenarios].map(
    ([name, rows]) => `### ${scenarios[name].title}\n\n${tableOf(rows)}\n`,
  );
  return `# Performance

Made by \`npm run bench\`, on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim()}, ${cpus().length} CPUs, ${(totalmem() / 2 ** 30).toFixed(0)} GiB,
${type()} ${release()}, Node ${process.version.slice(1)} (undici ${process.versions["undici"]}).
${versions()}.

The same work by each client, against one server on this machine: the same token, the same answer, the same bytes
but for headers. Numbers are medians of ${rounds} rounds with their middle half in brackets. But for hand-written
\`fetch\`, they are ratios to it: for calls per second more is better, for CPU and heap less.

## Results

${tables.join("\n")}
### Tokens minted ahead

flinks-client, one call after the other, against the same server answering after ${delayMs} ms.

| client made with | ms per \`authorize\` |
| --- | ---: |
${[...results.delayed].map(([name, spread]) => delayRow(name, spread)).join("\n")}

## Budgets

\`npm run bench\` exits with 1 when one is not kept.

| budget | kept |
| --- | --- |
${verdicts.map(({ what, isKept }) => `| ${what} | ${isKept ? "yes" : "**no**"} |`).join("\n")}

## How it is measured

- Each client is a process of its own, plain Node without a loader, so that none runs in code that was compiled for
  another or waits for another's garbage. ${canPin ? "All are pinned to one CPU, and the server to another." : "Nothing is pinned to a CPU, as there is no taskset here."}
- Rounds are interleaved: each client in turn, in each turn another one first, and a ratio is taken within a turn.
  So what disturbs the machine disturbs all. Garbage is collected before a round; the first one warms up.
- *CPU* is user and system time of the whole client process. *Heap* is what a call allocates, freed later or not: a
  young generation of 256 MB holds the whole round, and a round in which something was collected is refused.
- Hand-written \`fetch\` is what a careful program would write: JSON headers, \`redirect: "manual"\`,
  \`AbortSignal.timeout(240_000)\`, the status checked, an \`Error\` with the code. It is the floor for a client on
  \`fetch\`; axios, flinks-api and node-flinks run on \`node:http\`, which costs less than \`fetch\` does.
- openapi-fetch is bare, without a time limit; so is node-flinks. The others have one of 240 s, flinks-api of 180 s.
- flinks-client is \`dist/\`, as published. Tokens come from a function, so that everybody makes the same requests;
  what minting costs has a table of its own.
- The stub is a \`fetch\` that gives a new \`Response\` without a network: what is left is the client's own work.
  axios and flinks-api get it as their adapter, and flinks-client sends no stream to a \`fetch\` that is not Node's.
  *The stub alone* is in the numbers of each.
- flinks-api mints for every session by itself; outside of the minting table it is given the token. node-flinks is
  turned from its fixed https: address to the server here, and sends its token as a bearer's.

## What is not measured

TLS, HTTP proxies, name resolution and distance, which outweigh all of this in production; answers larger than one
kilobyte; other versions of Node, Bun, Deno and browsers; start-up time and size.
`;
}

function tableOf(rows: Rows): string {
  const lines = [...rows].map(([name, row], at) => {
    const { title } = clients[name];
    if (typeof row === "string") return `| ${title} | ${row} | | |`;
    return at === 0 ? absolute(title, row) : relative(title, row);
  });
  return [
    "| client | calls per second | CPU per call | heap per call |",
    "| --- | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
}

function absolute(title: string, { callsPerSecond, cpuMicroseconds, heapBytes }: Row): string {
  return `| ${title} | ${shown(callsPerSecond, 0)} | ${shown(cpuMicroseconds, 1)} µs | ${shown(kilo(heapBytes), 1)} kB |`;
}

function relative(title: string, { callsRatio, cpuRatio, heapRatio }: Row): string {
  return `| ${title} | ${shown(callsRatio, 2)} | ${shown(cpuRatio, 2)} | ${shown(heapRatio, 2)} |`;
}

function delayRow(name: DelayedName, spread: Spread): string {
  return `| ${delayed[name].title} | ${shown(spread, 1)} |`;
}

function shown({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function kilo({ median, low, high }: Spread): Spread {
  return { median: median / 1000, low: low / 1000, high: high / 1000 };
}

function versions(): string {
  const found = (Object.keys(clients) as ClientName[]).flatMap((name) => {
    const { package: packageName } = clients[name];
    return packageName === undefined ? [] : [`${packageName} ${versionOf(packageName)}`];
  });
  return found.join(", ");
}

function versionOf(packageName: string): string {
  const root = new URL("../../", import.meta.url);
  const path = packageName === "flinks-client" ? "package.json" : `node_modules/${packageName}/package.json`;
  return JSON.parse(readFileSync(new URL(path, root), "utf8")).version;
}

/** What the samples say, as Markdown, and whether flinks-client keeps its budgets. */
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";
import type { ClientName } from "./clients.ts";
import { inFlightJob, type Job, type Sample, type Samples } from "./measure.ts";

const leastCalls = 0.95;
const mostCpu = 1.15;

export function reportOf(results: ReadonlyMap<Job, Samples>): { markdown: string; isWithinBudgets: boolean } {
  const verdicts = [...results].flatMap(([job, samples]) => verdictsOn(job, samples));
  const { version, dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const markdown = `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, with Node ${process.versions.node} (undici ${process.versions["undici"]}),
${type()} ${release()}, ${cpus().length} × ${cpus()[0]?.model.trim()};
flinks-client ${version}, openapi-fetch ${dependencies["openapi-fetch"]}, tinybench ${devDependencies["tinybench"]}.

Three clients send the same requests to a server on 127.0.0.1, in another process. Numbers are medians of
${results.get(inFlightJob)?.["flinks-client"].length} rounds, with the middle half of the rounds in brackets. Except for hand-written fetch, they are ratios to it.
The clients take turns, and every ratio compares two samples of the same round. CPU is user and system time.

${[...results].map(([job, samples]) => `## ${job.title}\n\n${tableOf(samples)}\n`).join("\n")}
## Budgets

| flinks-client | measured | kept |
| --- | --- | --- |
${verdicts.map(({ budget, measured, isKept }) => `| ${budget} | ${measured} | ${isKept ? "yes" : "**no**"} |`).join("\n")}

## How to read this

- Hand-written fetch is what a careful program would write: JSON headers, \`redirect: "manual"\`,
  \`AbortSignal.timeout(240_000)\`, a check of the status, and an \`Error\` with the code. openapi-fetch has no time limit.
- flinks-client is \`dist/\`, as published. Its token comes from a function, so that all clients send the same requests.
- TLS, proxies, name resolution and distance are not measured. In production they outweigh all of this.
`;
  return { markdown, isWithinBudgets: verdicts.every(({ isKept }) => isKept) };
}

function verdictsOn(job: Job, samples: Samples) {
  const [ours, theirs] = [ratiosOf(samples, "flinks-client"), ratiosOf(samples, "openapi-fetch")];
  const [calls, cpu] = [ours.calls.median, ours.cpu.median];
  const least = `${job.title}: at least ${leastCalls} of the calls per second of hand-written fetch`;
  const most = `${job.title}: at most ${mostCpu} of the CPU of hand-written fetch`;
  const againstFetch = [
    { budget: least, measured: calls.toFixed(2), isKept: calls >= leastCalls },
    { budget: most, measured: cpu.toFixed(2), isKept: cpu <= mostCpu },
  ];
  const againstOpenapiFetch = {
    budget: `${job.title}: more calls per second and less CPU than openapi-fetch`,
    measured: `${(calls / theirs.calls.median).toFixed(2)}, ${(cpu / theirs.cpu.median).toFixed(2)}`,
    isKept: calls > theirs.calls.median && cpu < theirs.cpu.median,
  };
  return job === inFlightJob ? [...againstFetch, againstOpenapiFetch] : [againstOpenapiFetch];
}

function tableOf(samples: Samples): string {
  const fetched = samples["hand-written fetch"];
  const [calls, cpu] = [spreadOf(fetched.map(callsOf)), spreadOf(fetched.map(cpuOf))];
  const rows = [`| hand-written fetch | ${cell(calls, 0)} | ${cell(cpu, 0)} µs |`];
  for (const name of ["flinks-client", "openapi-fetch"] as const) {
    const { calls, cpu } = ratiosOf(samples, name);
    rows.push(`| ${name} | ${cell(calls, 2)} | ${cell(cpu, 2)} |`);
  }
  return ["| client | calls per second | CPU per call |", "| --- | ---: | ---: |", ...rows].join("\n");
}

const callsOf = ({ callsPerSecond }: Sample) => callsPerSecond;
const cpuOf = ({ cpu }: Sample) => cpu;

/** To hand-written fetch, round by round. */
function ratiosOf(samples: Samples, name: ClientName) {
  const ratios = (read: (sample: Sample) => number) => {
    const fetched = samples["hand-written fetch"].map(read);
    return spreadOf(samples[name].map((sample, round) => read(sample) / (fetched[round] as number)));
  };
  return { calls: ratios(callsOf), cpu: ratios(cpuOf) };
}

type Spread = ReturnType<typeof spreadOf>;

function spreadOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

function cell({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

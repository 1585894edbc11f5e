/** What the samples say, as Markdown, and whether flinks-client keeps its budgets. */
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";
import { type ClientName, clients } from "./clients.ts";
import { errorJob, inFlightJob, type Job, type Sample, type Samples, singleJob } from "./measure.ts";

export function reportOf(results: ReadonlyMap<Job, Samples>): { markdown: string; isWithinBudgets: boolean } {
  const verdicts = verdictsOn(results);
  const { version, dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const markdown = `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, with Node ${process.versions.node} (undici ${process.versions["undici"]}),
${type()} ${release()}, ${cpus().length} × ${cpus()[0]?.model.trim()};
flinks-client ${version}, openapi-fetch ${dependencies["openapi-fetch"]}, ${devDependencies["undici7"].replace(/.*:/, "")}, tinybench ${devDependencies["tinybench"]}.

Each client has a process of its own for each job, and all send the same requests to a server on 127.0.0.1. Numbers are medians of
${results.get(inFlightJob)?.["flinks-client"].length} rounds, with the middle half of the rounds in brackets. Except for hand-written fetch, they are ratios to it.
The clients take turns, and every ratio compares two samples of the same round. CPU is user and system time.

${[...results].map(([job, samples]) => `## ${job.title}\n\n${tableOf(samples)}\n`).join("\n")}
## Budgets

| budget | measured | kept |
| --- | --- | --- |
${verdicts.map(({ budget, measured, isKept }) => `| ${budget} | ${measured.toFixed(2)} | ${isKept ? "yes" : "**no**"} |`).join("\n")}

## How to read this

- Hand-written fetch is what a careful program would write: JSON headers, \`redirect: "manual"\`,
  \`AbortSignal.timeout(240_000)\`, a check of the status, and an \`Error\` with the code. undici.request does the same, with
  the same signal and with undici's own time limits; bare it has no limit, like openapi-fetch.
- flinks-client is \`dist/\`, as published. Its token comes from a function, so that all clients send the same requests.
- TLS, proxies, name resolution and distance are not measured. In production they outweigh all of this.
`;
  return { markdown, isWithinBudgets: verdicts.every(({ isKept }) => isKept) };
}

function verdictsOn(results: ReadonlyMap<Job, Samples>) {
  const verdicts: { budget: string; measured: number; isKept: boolean }[] = [];
  const least = (budget: string, limit: number, measured: number) =>
    verdicts.push({ budget: `${budget}: at least ${limit}`, measured, isKept: measured >= limit });
  const most = (budget: string, limit: number, measured: number) =>
    verdicts.push({ budget: `${budget}: at most ${limit}`, measured, isKept: measured <= limit });
  const [single, inFlight, failing] = [singleJob, inFlightJob, errorJob].map((job) => results.get(job) as Samples);
  const { title } = inFlightJob;
  const calls = (samples: Samples | undefined, name: ClientName, base: ClientName) =>
    ratiosOf(samples as Samples, name, base).calls.median;
  const cpu = (samples: Samples | undefined, name: ClientName, base: ClientName) =>
    ratiosOf(samples as Samples, name, base).cpu.median;

  least(`${title}: calls of flinks-client to those of fetch`, 0.95, calls(inFlight, ours, byHand));
  most(`${title}: CPU of flinks-client to that of fetch`, 1.15, cpu(inFlight, ours, byHand));
  least(`${title}: calls on undici to those of fetch`, 3.5, calls(inFlight, onUndici, byHand));
  least(`${title}: calls on undici to those of undici.request`, 0.85, calls(inFlight, onUndici, "undici.request"));
  least(`${title}: calls on undici to those of it bare`, 0.7, calls(inFlight, onUndici, "undici.request, bare"));
  most(`${title}: CPU on undici to that of fetch`, 0.3, cpu(inFlight, onUndici, byHand));
  least(`${singleJob.title}: calls on undici to those of fetch`, 1.2, calls(single, onUndici, byHand));
  for (const name of [ours, onUndici] as const) {
    const sessions = inFlight?.[name] ?? [];
    const ratios = (failing?.[name] ?? []).map(({ cpu }, round) => cpu / (sessions[round]?.cpu ?? 0));
    most(`CPU of an error to that of a session, ${name}`, 1.25, spreadOf(ratios).median);
  }
  for (const [{ title }, samples] of results) {
    least(`${title}: calls of flinks-client to those of openapi-fetch`, 1, calls(samples, ours, "openapi-fetch"));
    most(`${title}: CPU of flinks-client to that of openapi-fetch`, 1, cpu(samples, ours, "openapi-fetch"));
  }
  return verdicts;
}

const byHand = "hand-written fetch";
const ours = "flinks-client";
const onUndici = "flinks-client on undici";

function tableOf(samples: Samples): string {
  const fetched = samples[byHand];
  const [calls, cpu] = [spreadOf(fetched.map(callsOf)), spreadOf(fetched.map(cpuOf))];
  const rows = [`| hand-written fetch | ${cell(calls, 0)} | ${cell(cpu, 0)} µs |`];
  for (const name of Object.keys(clients).slice(1) as ClientName[]) {
    const { calls, cpu } = ratiosOf(samples, name, byHand);
    rows.push(`| ${name} | ${cell(calls, 2)} | ${cell(cpu, 2)} |`);
  }
  return ["| client | calls per second | CPU per call |", "| --- | ---: | ---: |", ...rows].join("\n");
}

const callsOf = ({ callsPerSecond }: Sample) => callsPerSecond;
const cpuOf = ({ cpu }: Sample) => cpu;

/** To those of another client, round by round. */
function ratiosOf(samples: Samples, name: ClientName, base: ClientName) {
  const ratios = (read: (sample: Sample) => number) => {
    const others = samples[base].map(read);
    return spreadOf(samples[name].map((sample, round) => read(sample) / (others[round] as number)));
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

/** Runs the same suite, from the tarball, on every runtime that the package supports. */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Result } from "../test/runtimes/suite.ts";
import { type Runtime, runtimes, withTable } from "./runtimes/catalogue.ts";
import { runFailures } from "./runtimes/failures.ts";
import { makeProject, type Project } from "./runtimes/project.ts";
import { runOn } from "./runtimes/run.ts";
import { runUndiciTests } from "./runtimes/undici.ts";

const usage = `Usage: npm run test:runtimes [-- NAME... | --write]

Packs the package, installs it in an empty project and runs test/runtimes/suite.ts there, with import, with require
and from a bundle. There, it also makes connections fail, and on Node 24 it runs the tests of undici with undici 6, 7
and 8. Without a NAME it runs on all of these: ${runtimes.map(({ name }) => name).join(", ")}.
The runtimes come from npm, for Linux on x64, and stay in node_modules/.cache/runtimes.

  --write   writes README's table if everything passed
  --help    shows this text
`;

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" }, help: { type: "boolean" } },
});
const chosen = runtimes.filter(({ name }) => names.length === 0 || names.includes(name));

if (flags.help) process.stdout.write(usage);
else if (chosen.length < names.length || (flags.write && names.length > 0)) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const project = await makeProject();
  try {
    for (const runtime of chosen) await test(runtime, project);
  } finally {
    await project.remove();
  }
  if (flags.write && process.exitCode === undefined)
    await writeFile("README.md", withTable(await readFile("README.md", "utf8")));
}

async function test(runtime: Runtime, project: Project): Promise<void> {
  for (const way of runtime.ways) await report(runtime, way, runOn(runtime, way, project));
  if (runtime.failures) await report(runtime, "failed connections", runFailures(runtime, project));
  if (runtime.hasUndici) await report(runtime, "undici 6, 7 and 8", runUndiciTests(runtime));
}

async function report(runtime: Runtime, what: string, run: Promise<Result[]>): Promise<void> {
  const results = await run.catch((error) => [{ name: "the run", problem: `${error}` }]);
  const failed = results.filter(({ problem }) => problem !== undefined);
  const isPassed = failed.length === 0 && results.length > 0;
  const count = `${results.length - failed.length} of ${results.length}`;
  console.log(`${isPassed ? "✓" : "✗"} ${runtime.title} ${runtime.version}, ${what}: ${count}`);
  for (const { name, problem } of failed) console.log(`    ${name}: ${problem}`);
  if (!isPassed) process.exitCode = 1;
}

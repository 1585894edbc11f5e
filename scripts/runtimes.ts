/**
 * Runs the same suite from the tarball on every runtime that the package is for.
 *
 * @module
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startServer } from "../test/runtimes/server.ts";
import { type Runtime, runtimes } from "./runtimes/catalogue.ts";
import { makeProject, type Project } from "./runtimes/project.ts";
import { installRuntime, runOn } from "./runtimes/run.ts";
import { withTable } from "./runtimes/table.ts";

const usage = `Usage: npm run test:runtimes [-- NAME... --write]

Packs the package, installs it into an empty project, and runs test/runtimes/suite.ts there: with import, require
and in a bundle. Without a name on all of: ${runtimes.map(({ name }) => name).join(", ")}.
The runtimes come from npm, for Linux on x64, and are kept in node_modules/.cache/runtimes.

  --write   write the README's table, if all passed
  --help    show this text
`;

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
const unknown = names.filter((wanted) => !runtimes.some(({ name }) => name === wanted));

if (flags.help) {
  process.stdout.write(usage);
} else if (unknown.length > 0 || (flags.write && names.length > 0)) {
  console.error(unknown.length > 0 ? `There is no ${unknown.join(", ")}.` : "--write is for all of them.");
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const chosen = runtimes.filter(({ name }) => names.length === 0 || names.includes(name));
  const project = await makeProject();
  let problems = 0;
  try {
    for (const runtime of chosen) problems += await run(runtime, project);
  } finally {
    await project.remove();
  }
  if (problems > 0) process.exitCode = 1;
  else if (flags.write)
    await writeFile("README.md", withTable(await readFile("README.md", "utf8"), runtimes));
}

/** Gives the number of problems, each of which is shown. */
async function run(runtime: Runtime, project: Project): Promise<number> {
  const binary = await installRuntime(runtime);
  let problems = 0;
  for (const way of runtime.ways) {
    const what = `${runtime.title} ${runtime.version}, ${way}`;
    const server = await startServer();
    try {
      const results = await runOn({ runtime, binary, way }, project, server.baseUrl);
      const failed = results.filter(({ problem }) => problem !== undefined);
      console.log(
        `${failed.length > 0 ? "✗" : "✓"} ${what}: ${results.length - failed.length} of ${results.length}`,
      );
      for (const { name, problem } of failed) console.log(`    ${name}: ${problem}`);
      problems += failed.length;
    } catch (error) {
      console.log(`✗ ${what}: ${error instanceof Error ? error.message : error}`);
      problems++;
    } finally {
      await server.close();
    }
  }
  return problems;
}

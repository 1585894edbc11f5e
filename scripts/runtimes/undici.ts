/** Runs the tests of everything that undici is used for, with every supported version of it, on a runtime. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Result } from "../../test/runtimes/suite.ts";
import type { Runtime } from "./catalogue.ts";
import { installRuntime } from "./run.ts";

const tests = [
  "test/wrappers/undici.test.ts",
  "test/wrappers/undici-signals.test.ts",
  "test/wrappers/http/exchange.test.ts",
  "test/wrappers/http/misbehaving-servers.test.ts",
  "test/wrappers/http/connection-failures.test.ts",
  "test/wrappers/http/other-fetches.test.ts",
  "test/networks.test.ts",
];

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

export async function runUndiciTests(runtime: Runtime): Promise<Result[]> {
  const binary = await installRuntime(runtime);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", "--typecheck.enabled=false"];
  const run = promisify(execFile)(binary, [...vitest, ...tests], { timeout: 300_000, maxBuffer: 50_000_000 });
  // It reports failed tests, too.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const { testResults }: Report = JSON.parse(stdout);
  const results = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages }) =>
      status === "passed"
        ? { name: fullName }
        : { name: fullName, problem: `${failureMessages?.[0]?.split("\n")[0] ?? status}` },
    ),
  );
  for (const version of ["undici 6", "undici 7", "undici 8"]) {
    if (!results.some(({ name }) => name.includes(version)))
      results.push({ name: version, problem: "It did not run." });
  }
  return results;
}

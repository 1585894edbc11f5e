/** Runs the suite on a runtime. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { install } from "../../test/helpers/tarball.ts";
import { startServer } from "../../test/runtimes/server.ts";
import type { Result } from "../../test/runtimes/suite.ts";
import type { Runtime, Way } from "./catalogue.ts";
import type { Project } from "./project.ts";

/** Longer than any run that does not hang. */
const timeout = 60_000;

/** Returns a result for each case of the suite. */
export async function runOn(runtime: Runtime, way: Way, project: Project): Promise<Result[]> {
  const binary = await installRuntime(runtime);
  const server = await startServer();
  try {
    if (runtime.args === undefined) return await runOnWorkerd(binary, project.workerd, server.baseUrl);
    return await runProgram(binary, runtime.args, project.programs[way], server.baseUrl);
  } finally {
    await server.close();
  }
}

/** Returns the path of the binary, which is installed only once. */
export async function installRuntime({ name, version, package: packageName, binary }: Runtime): Promise<string> {
  const folder = resolve("node_modules/.cache/runtimes", `${name}-${version}`);
  const path = join(folder, "node_modules/runtime", binary);
  if (!existsSync(path)) await install(folder, `runtime@npm:${packageName}@${version}`);
  return path;
}

/** Runs a program in its folder. */
export function execute(
  binary: string,
  args: readonly string[],
  program: string,
  given: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ stdout: string }> {
  const cwd = dirname(program);
  const env = { ...process.env, DENO_DIR: join(cwd, "deno"), DENO_NO_UPDATE_CHECK: "1", ...variables };
  return promisify(execFile)(binary, [...args, program, ...given], { cwd, timeout, env });
}

async function runProgram(binary: string, args: readonly string[], program: string, server: string): Promise<Result[]> {
  const { stdout, problem } = await execute(binary, args, program, [server]).then(
    ({ stdout }) => ({ stdout, problem: undefined }),
    // A program that keeps a connection may print its results and still not end.
    ({ stdout, stderr, killed }) => ({ stdout, problem: killed ? "It did not end." : stderr }),
  );
  const results: Result[] = stdout === "" ? [] : JSON.parse(stdout);
  return problem === undefined ? results : [...results, { name: "the program", problem }];
}

async function runOnWorkerd(binary: string, config: string, server: string): Promise<Result[]> {
  // On file descriptor 3 it reports which port it listens on.
  const workerd = spawn(binary, ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(`http://127.0.0.1:${await portOf(workerd)}`, {
      method: "POST",
      body: server,
      signal,
    });
    if (!response.ok) throw new Error(`The worker failed: ${await response.text()}`);
    return (await response.json()) as Result[];
  } finally {
    if (workerd.exitCode === null) {
      workerd.kill();
      await once(workerd, "exit");
    }
  }
}

async function portOf(workerd: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: workerd.stdio[3] as Readable })) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return port;
  }
  throw new Error("workerd ended before it listened.");
}

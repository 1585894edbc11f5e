/** Runs the suite on a runtime. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { Result } from "../../test/runtimes/suite.ts";
import type { Runtime, Way } from "./catalogue.ts";
import type { Project } from "./project.ts";
import { install } from "./tarball.ts";

/** No run takes longer, unless it hangs. */
const timeout = 60_000;

const cache = resolve(import.meta.dirname, "../../node_modules/.cache/runtimes");

/** Installs the runtime, unless it is there, and gives its binary. */
export async function installRuntime(runtime: Runtime): Promise<string> {
  const folder = join(cache, `${runtime.name}-${runtime.version}`);
  const binary = join(folder, "node_modules", "runtime", runtime.binary);
  const isThere = await access(binary).then(
    () => true,
    () => false,
  );
  if (!isThere) await install(folder, `runtime@npm:${runtime.package}@${runtime.version}`);
  return binary;
}

/** Runs the suite in one of the runtime's ways. `server` is the address that the suite talks to. */
export async function runOn(
  { runtime, binary, way }: { runtime: Runtime; binary: string; way: Way },
  project: Project,
  server: string,
): Promise<Result[]> {
  if (runtime.args === undefined) return runOnWorkerd(binary, project.worker, server);
  const args = [...runtime.args, project.programs[way], server];
  const env = { ...process.env, DENO_DIR: join(project.worker, "deno"), DENO_NO_UPDATE_CHECK: "1" };
  const program = promisify(execFile)(binary, args, { cwd: dirname(project.programs[way]), timeout, env });
  const { stdout, problem } = await program.then(
    ({ stdout }) => ({ stdout, problem: undefined }),
    // What keeps a connection may keep the program, too, after it has told its results.
    ({ stdout, stderr, killed }) => ({ stdout, problem: killed ? "It did not end." : stderr }),
  );
  const results: Result[] = stdout === "" ? [] : JSON.parse(stdout);
  return problem === undefined ? results : [...results, { name: "the program", problem }];
}

async function runOnWorkerd(binary: string, worker: string, server: string): Promise<Result[]> {
  const config = join(worker, "workerd.capnp");
  // It reports on fd 3 which port it took.
  const workerd = spawn(binary, ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const address = `http://127.0.0.1:${await portOf(workerd)}`;
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(address, { method: "POST", body: server, signal });
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

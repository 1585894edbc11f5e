/** An example as a reader has it: copied, with the tarball installed, run by its own scripts. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, inject, vi } from "vitest";

export const examples = resolve(import.meta.dirname, "../../examples");

export interface Example {
  readonly folder: string;
  /** What the compiler complains about, with the example's own settings. */
  compile(): Promise<string>;
  /** Runs one of its scripts to the end, and gives what it printed. */
  run(script: string, env?: NodeJS.ProcessEnv): Promise<string>;
  /** Starts one of its scripts, and waits until it prints where it listens. It is stopped after the tests of the file. */
  start(script: string, env?: NodeJS.ProcessEnv): Promise<{ url: string; printed: () => string }>;
}

/** Copies an example and installs it. It is removed after the tests of the file. */
export async function installExample(name: string): Promise<Example> {
  const folder = await mkdtemp(join(tmpdir(), `flinks-example-${name}-`));
  const started: ChildProcess[] = [];
  // Registered here, because a hook that a test registers never runs.
  afterAll(async () => {
    await Promise.all(started.map(stop));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  await cp(join(examples, name), folder, {
    recursive: true,
    filter: (source) => !/\/(?:node_modules|\.next)$/.test(source),
  });
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--no-package-lock"];
  await promisify(execFile)("npm", ["install", ...flags, inject("tarball")], { cwd: folder });

  return {
    folder,
    async compile() {
      const tsc = join(folder, "node_modules/typescript/bin/tsc");
      const run = promisify(execFile)(process.execPath, [tsc], { cwd: folder });
      return run.then(
        ({ stdout }) => stdout,
        ({ stdout, message }) => stdout || message,
      );
    },
    async run(script, env) {
      const { child, printed } = runScript(folder, script, env);
      const [code] = await once(child, "close");
      expect(code, printed()).toBe(0);
      return printed();
    },
    async start(script, env) {
      const { child, printed } = runScript(folder, script, { PORT: "0", ...env });
      started.push(child);
      const address = () => /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(printed())?.[0];
      const isUp = () => address() !== undefined || child.exitCode !== null;
      await vi.waitUntil(isUp, { timeout: 240_000 });
      expect(address(), printed()).toBeDefined();
      return { url: address() as string, printed };
    },
  };
}

/** In a process group of its own, so that all of it can be stopped. */
function runScript(cwd: string, script: string, env: NodeJS.ProcessEnv = {}) {
  const { NODE_ENV: _, VITEST: __, ...inherited } = process.env;
  const child = spawn("npm", ["run", "--silent", script], {
    cwd,
    detached: true,
    env: { ...inherited, NO_COLOR: "1", FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  let shown = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      shown += chunk;
    });
  }
  return { child, printed: () => shown };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = once(child, "close");
  process.kill(-(child.pid as number), "SIGTERM");
  await closed;
}

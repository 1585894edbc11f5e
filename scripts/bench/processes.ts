/** The bench's processes: plain Node, each on its own CPU where the system can pin one. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const sources = new URL("./", import.meta.url);
/** Within the package, so that imports of packages are found. */
const compiled = new URL("../../reports/bench/", import.meta.url);

/** Makes `dist/`, which is what users get. */
export function build(): void {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "build"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
}

/**
 * Compiles this folder. Under tsx each function that is made calls a helper that names it, which costs those
 * clients most that do least.
 */
export async function compile(): Promise<void> {
  await mkdir(compiled, { recursive: true });
  for (const name of await readdir(sources)) {
    const source = await readFile(new URL(name, sources), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    await writeFile(new URL(name.replace(/\.ts$/, ".js"), compiled), outputText);
  }
}

export const canPin = availableParallelism() > 1 && spawnSync("taskset", ["-c", "0,1", "true"]).status === 0;

export interface Start {
  /** The file's name, without its ending. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly flags?: readonly string[];
  readonly cpu: 0 | 1;
}

export function start({ file, args = [], flags = [], cpu }: Start): ChildProcess {
  const pin = canPin ? ["taskset", "-c", `${cpu}`] : [];
  const script = fileURLToPath(new URL(`${file}.js`, compiled));
  const [command, ...rest] = [...pin, process.execPath, ...flags, script, ...args] as [string, ...string[]];
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(command, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"], env });
}

/** What a process says next. */
export async function reply<T>(child: ChildProcess): Promise<T> {
  const gone = new AbortController();
  const onExit = () => gone.abort(new Error(`${child.spawnargs.join(" ")} ended with ${child.exitCode}`));
  child.once("exit", onExit);
  try {
    const [message] = await once(child, "message", { signal: gone.signal });
    return message as T;
  } catch {
    throw gone.signal.reason;
  } finally {
    child.off("exit", onExit);
  }
}

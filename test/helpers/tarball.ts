/** The package as a user gets it: packed by npm, installed by npm. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");

export interface Tarball {
  readonly file: string;
  /** The paths of the files in it, sorted. */
  readonly files: readonly string[];
}

/** Builds the project and packs it into a folder. If TARBALL names one, that is taken: a release tests what it publishes. */
export async function pack(folder: string): Promise<Tarball> {
  const { TARBALL } = process.env;
  if (TARBALL) {
    const file = resolve(root, TARBALL);
    const told = await npm(root, "pack", "--json", "--dry-run", "--ignore-scripts", file);
    return { file, files: readFiles(told).files };
  }
  await npm(root, "run", "build");
  // Apart from the build, which would write its report among the JSON.
  const told = await npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
  const { filename, files } = readFiles(told);
  return { file: join(folder, filename), files };
}

function readFiles(told: string) {
  const [{ filename, files }] = JSON.parse(told) as [{ filename: string; files: { path: string }[] }];
  return { filename, files: files.map(({ path }) => path).sort() };
}

/** Makes a folder a project with these packages. No script of theirs runs. */
export async function install(folder: string, ...packages: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await npm(folder, "install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages);
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("npm", args, { cwd, maxBuffer: 10 * 1024 * 1024 });
  return stdout;
}

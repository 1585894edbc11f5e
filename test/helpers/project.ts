/** A copy of what the scripts read and write, so that a test can spoil it. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
const folders = ["openapi", "scripts", "src", "docs"];

export interface ProjectCopy {
  readonly folder: string;
  read(path: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  delete(path: string): Promise<void>;
  /** Runs a script in the copy. */
  run(script: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** Makes it what the project is. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

export async function copyProject(): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-copy-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  for (const file of ["package.json", "tsconfig.json"]) await cp(join(root, file), join(folder, file));

  return {
    folder,
    read: (path) => readFile(join(folder, path), "utf8"),
    write: (path, content) => writeFile(join(folder, path), content),
    delete: (path) => rm(join(folder, path)),
    async run(script, ...args) {
      try {
        const run = promisify(execFile)(process.execPath, [tsx, script, ...args], { cwd: folder });
        return { code: 0, ...(await run) };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, stdout, stderr };
      }
    },
    async restore() {
      for (const name of folders) {
        await rm(join(folder, name), { recursive: true, force: true });
        await cp(join(root, name), join(folder, name), { recursive: true });
      }
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

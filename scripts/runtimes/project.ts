/** A user's project: the tarball, the suite, and a program for each way of getting the package. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Way } from "./catalogue.ts";
import { install, pack } from "./tarball.ts";

const sources = resolve(import.meta.dirname, "../../test/runtimes");

export interface Project {
  /** The programs, by the way in which they get the package. */
  readonly programs: Readonly<Record<Way, string>>;
  /** A folder with `worker.mjs`, bundled, and its `workerd.capnp`. */
  readonly worker: string;
  remove(): Promise<void>;
}

export async function makeProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-runtimes-"));
  const project = join(folder, "project");
  // Where no node_modules are above it: a bundle has to hold all that it needs.
  const bundled = join(folder, "bundled");
  const { file } = await pack(folder);
  await install(project, file);
  await bundle(join(sources, "suite.ts"), join(project, "suite.mjs"));
  for (const name of ["import.mjs", "require.cjs", "worker.mjs"]) {
    await copyFile(join(sources, name), join(project, name));
  }
  for (const name of ["import.mjs", "worker.mjs"]) await bundle(join(project, name), join(bundled, name));
  await copyFile(join(sources, "workerd.capnp"), join(bundled, "workerd.capnp"));
  return {
    programs: {
      import: join(project, "import.mjs"),
      require: join(project, "require.cjs"),
      bundle: join(bundled, "import.mjs"),
    },
    worker: bundled,
    remove: () => rm(folder, { recursive: true }),
  };
}

async function bundle(entry: string, outfile: string): Promise<void> {
  const { warnings } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    // The program's own; the package must do without.
    external: ["node:process"],
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(`esbuild warns: ${warnings.map(({ text }) => text).join(" ")}`);
}

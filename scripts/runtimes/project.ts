/** A user's project, with the package from its tarball, the suite, and a program for each way of loading it. */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { install, pack } from "../../test/helpers/tarball.ts";
import type { Way } from "./catalogue.ts";

const sources = "test/runtimes";

export interface Project {
  readonly programs: Readonly<Record<Way, string>>;
  /** The configuration of the bundled worker. */
  readonly workerd: string;
  /** Calls servers that fail. */
  readonly failures: string;
  remove(): Promise<void>;
}

export async function makeProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-runtimes-"));
  const project = join(folder, "project");
  // A bundle must contain all that it needs, so there is no node_modules in the folders above this one.
  const bundled = join(folder, "bundled");
  await install(project, (await pack(folder)).file);
  await bundle(join(sources, "suite.ts"), join(project, "suite.mjs"));
  for (const name of ["import.mjs", "require.cjs", "worker.mjs", "failures.mjs"]) {
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
    failures: join(project, "failures.mjs"),
    workerd: join(bundled, "workerd.capnp"),
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
    // Only the program may need it. The package must not.
    external: ["node:process"],
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(`esbuild warns: ${warnings.map(({ text }) => text).join(" ")}`);
}

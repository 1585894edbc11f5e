/** Packs the package once and installs it as a user would, for all tests of this folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { install, pack } from "../helpers/tarball.ts";

/** The compilers, by the name that their tests have. Exact, so that a new one cannot break an old commit. */
export const compilers = { "5.4": "5.4.5", "5.9": "5.9.3", "6.0": "6.0.3", "7.0": "7.0.2" };

declare module "vitest" {
  interface ProvidedContext {
    /** A folder with the package, the compilers and Jest in its node_modules. */
    readonly consumer: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-installs-"));
  const { file } = await pack(folder);
  const consumer = join(folder, "consumer");
  await install(
    consumer,
    file,
    ...Object.entries(compilers).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`),
    "@types/node@20.19.43",
    "@cloudflare/workers-types@5.20261117.1",
    "jest@30.5.2",
    "jest-environment-jsdom@30.5.2",
    "jsdom-29@npm:jest-environment-jsdom@29.7.0",
    "@types/jest@30.0.0",
    "ts-jest@29.4.15",
    `typescript@${compilers["5.9"]}`,
  );
  provide("consumer", consumer);
  return () => rm(folder, { recursive: true });
}

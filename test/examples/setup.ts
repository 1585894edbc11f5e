/** Packs the package once, for all examples. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { pack } from "../helpers/tarball.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What `npm pack` made. */
    readonly tarball: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-examples-"));
  const { file } = await pack(folder);
  provide("tarball", file);
  return () => rm(folder, { recursive: true });
}

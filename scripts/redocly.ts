/** The one place that starts Redocly, which applies overlays, compares documents and knows what a valid one is. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const program = join(dirname(manifest), "bin/cli.js");

/** What came of a run. */
export interface RedoclyResult {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Redocly on documents that need not be files yet.
 *
 * @param files name → content; they stand in the folder that Redocly runs in
 */
export async function redocly(args: readonly string[], files: Record<string, string>): Promise<RedoclyResult> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const run = promisify(execFile)(process.execPath, [program, ...args], {
      cwd: folder,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    const { stdout, stderr } = await run;
    return { failed: false, stdout, stderr: withoutBanner(stderr) };
  } catch (error) {
    const { stdout, stderr } = error as Partial<RedoclyResult>;
    if (stdout === undefined || stderr === undefined) throw error;
    return { failed: true, stdout, stderr: withoutBanner(stderr) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Redocly frames advice about itself, which has no place in an error about a document. */
function withoutBanner(text: string): string {
  return text.replaceAll(/^ *[╔║╚].*\n/gm, "").trim();
}

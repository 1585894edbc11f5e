/** Upstream document + corrections overlay → the bundled document. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type JsonValue, query } from "jsonpath-rfc9535";
import { parse } from "yaml";

const upstreamPath = "openapi/upstream/authorize.yaml";
const correctionsPath = "openapi/corrections.yaml";
const header = `# Made by \`npm run generate\` from ${upstreamPath} and ${correctionsPath}. Do not edit.\n`;

interface Overlay {
  readonly actions: readonly { readonly target: string; readonly description: string }[];
}

/** The bundled document as YAML text. Throws when a correction has lost what it corrects. */
export async function bundleDocument(): Promise<string> {
  const upstream: JsonValue = parse(await readFile(upstreamPath, "utf8"));
  const corrections: Overlay = parse(await readFile(correctionsPath, "utf8"));
  assertTargets(upstream, corrections);
  return header + (await applyOverlay());
}

/**
 * Redocly says nothing about a target that matches nothing, so a correction would vanish without a word when
 * the vendor moves what it corrects. Targets are looked up in the vendor's document alone: a correction that
 * corrects another correction is one too many.
 */
function assertTargets(upstream: JsonValue, corrections: Overlay): void {
  for (const { target, description } of corrections.actions) {
    if (query(upstream, target).length > 0) continue;
    throw new Error(
      `${correctionsPath}: ${description.split(".", 1)} targets nothing in ${upstreamPath}: ${target}\n` +
        "Either the vendor changed what it corrects (mend or drop the action), or the target is misspelt.",
    );
  }
}

async function applyOverlay(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-"));
  try {
    const output = join(folder, "flinks.yaml");
    await promisify(execFile)(
      process.execPath,
      [
        join(dirname(manifest), "bin/cli.js"),
        "bundle",
        upstreamPath,
        "--overlay",
        correctionsPath,
        "--output",
        output,
      ],
      { env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
    );
    return await readFile(output, "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

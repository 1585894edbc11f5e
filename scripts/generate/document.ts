/** Upstream document + corrections overlay → the bundled document. */
import type { JsonValue } from "jsonpath-rfc9535";
import { parse, stringify } from "yaml";
import { redocly } from "../redocly.ts";
import { type FittedOverlay, fitCorrections, type Overlay } from "./corrections.ts";

export const upstreamPath = "openapi/upstream/authorize.yaml";
export const correctionsPath = "openapi/corrections.yaml";
const header = `# Made by \`npm run generate\` from ${upstreamPath} and ${correctionsPath}. Do not edit.\n`;

/** The bundled document as YAML text, and what became of the corrections. */
export interface Bundle extends Pick<FittedOverlay, "obsolete" | "overrides"> {
  readonly document: string;
}

/**
 * @param upstream the vendor's document, as YAML
 * @param corrections the overlay, as YAML
 * @throws {LostCorrectionsError} a correction has lost what it corrects
 */
export async function bundleDocument(upstream: string, corrections: string): Promise<Bundle> {
  const { overlay, obsolete, overrides } = fitCorrections(
    parse(upstream) as JsonValue,
    parse(corrections) as Overlay,
  );
  const { failed, stdout, stderr } = await redocly(["bundle", "upstream.yaml", "--overlay", "overlay.yaml"], {
    "upstream.yaml": upstream,
    "overlay.yaml": stringify(overlay),
  });
  if (failed) throw new Error(`The corrections cannot be applied to the document:\n${stderr}`);
  return { document: header + stdout, obsolete, overrides };
}

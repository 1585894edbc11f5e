/** The documents of openapi/sources.yaml + the corrections overlay → the bundled document. */
import type { JsonValue } from "jsonpath-rfc9535";
import { parse, stringify } from "yaml";
import { redocly } from "../redocly.ts";
import { type FittedOverlay, fitCorrections, type Overlay } from "./corrections.ts";
import { mergeDocuments } from "./merge.ts";
import { readSources } from "./sources.ts";

export const upstreamPath = "openapi/upstream/authorize.yaml";
export const correctionsPath = "openapi/corrections.yaml";
const header =
  "# Made by `npm run generate` from openapi/upstream, openapi/interim and openapi/corrections.yaml. Do not edit.\n";

/** The bundled document as YAML text, and what became of the corrections. */
export interface Bundle extends Pick<FittedOverlay, "obsolete" | "overrides"> {
  readonly document: string;
  /** Where one of our interim documents says otherwise than the vendor's. */
  readonly overruled: readonly string[];
}

/**
 * @param upstream the vendor's document of Authorize, as YAML; the others are those that are committed
 * @param corrections the overlay, as YAML
 * @throws {LostCorrectionsError} a correction has lost what it corrects
 */
export async function bundleDocument(upstream: string, corrections: string): Promise<Bundle> {
  const sources = (await readSources()).map((source) =>
    source.file === upstreamPath ? { ...source, text: upstream } : source,
  );
  const { document, overruled } = mergeDocuments(sources);
  const { overlay, obsolete, overrides } = fitCorrections(
    document as JsonValue,
    parse(corrections) as Overlay,
  );
  const { failed, stdout, stderr } = await redocly(["bundle", "document.yaml", "--overlay", "overlay.yaml"], {
    "document.yaml": stringify(document, { aliasDuplicateObjects: false }),
    "overlay.yaml": stringify(overlay),
  });
  if (failed) throw new Error(`The corrections cannot be applied to the document:\n${stderr}`);
  return { document: header + stdout, obsolete, overrides, overruled };
}

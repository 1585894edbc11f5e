/** The document that is committed and the one that the vendor has now → what a report is made of. */
import type { Bundle } from "../generate/document.ts";
import { type Made, makeFiles } from "../generate/make.ts";
import { diffDocuments } from "./changes.ts";
import type { Sync } from "./report.ts";

/**
 * @param before the vendor's document as it is committed
 * @param bundled what is bundled of it
 * @param after the vendor's document as it is now
 * @param corrections the overlay
 */
export async function compareDocuments(
  before: string,
  bundled: Bundle,
  after: string,
  corrections: string,
): Promise<Sync & { readonly after: Made | Error }> {
  const made = await makeFiles(after, corrections).catch((error: Error) => error);
  const sync = { upstream: { before, after }, before: bundled, after: made };
  const vendors = before === after ? [] : await diffDocuments(before, after);
  if (made instanceof Error) return { ...sync, changes: vendors, hidden: [] };
  const changes = await diffDocuments(bundled.document, made.document);
  const seen = new Set(changes.map(({ where, how }) => `${where} ${how}`));
  return { ...sync, changes, hidden: vendors.filter(({ where, how }) => !seen.has(`${where} ${how}`)) };
}

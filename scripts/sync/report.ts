/** What came of a sync, for a pull request. */
import { adoptedCorrections } from "../generate/corrections.ts";
import type { Inputs, Made } from "../generate/make.ts";
import { contentOf } from "../generate/merge.ts";
import { compareDocuments } from "./compare.ts";
import { type Change, code, list, table } from "./markdown.ts";

/** The documents at one time, and what is made of them, or why nothing can be made. */
export type State = { readonly inputs: Inputs; readonly made: Made | Error };

/** @param problems what stood in the way of a page */
export function reportOf(before: State, after: State, problems: readonly string[]): string {
  const { sources, corrections } = after.inputs;
  const [from, to] = [before.made, after.made];
  const isMade = !(from instanceof Error || to instanceof Error);
  const seen = isMade ? compareDocuments(from.corrected, to.corrected, sources) : [];
  const shown = new Set(seen.map((row) => JSON.stringify(row)));
  const pages = sources.flatMap((source, index) => {
    const old = before.inputs.sources[index] ?? source;
    if (old.text === source.text) return [];
    const rows = compareDocuments(contentOf(old), contentOf(source), [source]);
    const name = code(source.operationId);
    const advice = `The vendor's page takes the place of our own document${rows.length > 0 ? "." : ", and says the same."}`;
    if (old.source === "interim") return table(`What we had assumed of ${name}`, rows, advice);
    if (!isMade) return table(`What changed in ${name}`, rows);
    const hidden = rows.filter((row) => !shown.has(JSON.stringify(row)));
    return table(
      `What users do not see of ${name}`,
      hidden.map((row): Change => ({ ...row, impact: "patch" })),
    );
  });
  const isSame = pages.length === 0;
  const spare = isMade && !isSame ? adoptedCorrections(from.merged, to.merged, corrections) : [];
  const sections = [
    `## The vendor's documents have ${isSame ? "not " : ""}changed`,
    isSame ? "Every page that could be fetched is the same, byte for byte." : verdict(isMade ? seen : undefined),
    list("Why nothing was generated", "", to instanceof Error ? to.message.split("\n") : []),
    table("What users of the client see", seen),
    ...pages,
    list("Corrections that can go", "The vendor says it now. Drop them from `openapi/corrections.yaml`.", spare),
    list("Pages that could not be fetched", "Their documents are as they were.", problems),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function verdict(changes?: readonly Change[]): string {
  if (!changes) return "**The client cannot follow by itself**: nothing was generated, so `npm run check` fails.";
  const impacts = changes.map(({ impact }) => impact);
  const bump = (["major", "minor", "patch"] as const).find((impact) => impacts.includes(impact)) ?? "none";
  const breaking = impacts.filter((impact) => impact === "major").length;
  return `**Semver: ${bump}.** ${breaking} breaking for our users' code, ${impacts.length - breaking} not.`;
}

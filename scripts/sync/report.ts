/** What came of a sync, for a pull request. */
import { isKnownFlinksCode } from "../../src/wrappers/codes.ts";
import { spareCorrections } from "../generate/corrections.ts";
import type { Inputs, Made } from "../generate/make.ts";
import { contentOf } from "../generate/merge.ts";
import { compareDocuments } from "./compare.ts";
import { type Change, code, list, table } from "./markdown.ts";

/** The documents at one time, and what is made of them, or why nothing can be made. */
export interface State {
  readonly inputs: Inputs;
  readonly made: Made | Error;
}

/** @param problems what stood in the way of a page */
export function reportOf(before: State, after: State, problems: readonly string[]): string {
  const changed = after.inputs.sources.flatMap((source, index) => {
    const old = before.inputs.sources[index];
    return old === undefined || old.text === source.text ? [] : [{ old, source, content: contentOf(source) }];
  });
  const [old, now] = before.made instanceof Error || after.made instanceof Error ? [] : [before.made, after.made];
  const seen = old && now && changed.length > 0 ? compareDocuments(old.corrected, now.corrected) : undefined;
  const isSeen = (row: Change) => seen?.some((other) => JSON.stringify(other) === JSON.stringify(row));
  const pages = changed.map(({ old, source, content }) => {
    const rows = compareDocuments(contentOf(old), content, source);
    const name = code(source.operationId);
    const advice = `The vendor's page takes the place of our own document${rows.length > 0 ? "." : ", and says the same."}`;
    if (old.source === "interim") return table(`What we had assumed of ${name}`, rows, advice);
    if (seen === undefined) return table(`What changed in ${name}`, rows);
    const hidden = rows.filter((row) => !isSeen(row)).map((row): Change => ({ ...row, impact: "patch" }));
    return table(`What users do not see of ${name}`, hidden);
  });
  const { corrections } = after.inputs;
  const known = old && seen ? spareCorrections(old.document, corrections) : [];
  const spare = now && seen ? spareCorrections(now.document, corrections).filter((name) => !known.includes(name)) : [];
  if (now && seen) spare.push(...spareCorrections(now.document, corrections, () => true));
  const codes = changed.flatMap(({ content }) =>
    [...JSON.stringify(content).matchAll(/"FlinksCode":"([^"\\]*)"/g)].map(([, found]) => found ?? ""),
  );
  const sections = [
    `## The vendor's documents have ${changed.length === 0 ? "not " : ""}changed`,
    changed.length === 0 ? "Not one byte of those that could be had." : verdict(seen),
    after.made instanceof Error ? list("Why nothing was generated", "", after.made.message.split("\n").map(code)) : "",
    table("What users of the client see", seen ?? []),
    ...pages,
    list(
      "Corrections that can go",
      "The vendor says it now. Drop them from `openapi/corrections.yaml`.",
      [...new Set(spare)].map(code),
    ),
    list(
      "Codes that the client does not know",
      "Add them to `src/wrappers/codes.ts`.",
      [...new Set(codes)].filter((found) => !isKnownFlinksCode(found)).map(code),
    ),
    list("Pages that could not be had", "Their documents are as they were.", problems.map(code)),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function verdict(changes: readonly Change[] | undefined): string {
  if (changes === undefined)
    return "**The client cannot follow by itself**: nothing was generated, so `npm run check` fails.";
  const bump = (["major", "minor", "patch"] as const).find((impact) =>
    changes.some((change) => change.impact === impact),
  );
  const breaking = changes.filter(({ impact }) => impact === "major").length;
  return `**Semver: ${bump ?? "none"}.** ${breaking} breaking for our users' code, ${changes.length - breaking} not.`;
}

/** What a new document means, as Markdown for a pull request. */
import { parse } from "yaml";
import { isKnownFlinksCode } from "../../src/wrappers/codes.ts";
import type { Bundle } from "../generate/document.ts";
import { bumpOf, type Change } from "./changes.ts";
import type { FindReaders } from "./readers.ts";

export interface Sync {
  /** The vendor's document, before and after. */
  readonly upstream: { readonly before: string; readonly after: string };
  readonly before: Bundle;
  /** What was made of it now, or why nothing could be made. */
  readonly after: Bundle | Error;
  /** Changes of the bundled document, which users see; of the vendor's, if the other could not be made. */
  readonly changes: readonly Change[];
  /** Changes of the vendor's document that corrections hide. */
  readonly hidden: readonly Change[];
}

export function reportOf(sync: Sync, findReaders: FindReaders): string {
  const { upstream, before, after, changes, hidden } = sync;
  if (upstream.before === upstream.after) {
    return "## The vendor's document has not changed\n\nNot one byte of it.\n";
  }
  const sections = [
    "## The vendor's document has changed",
    verdict(changes, after),
    table(after instanceof Error ? "What the vendor changed" : "What users of the client see", changes, (change) =>
      readersOf(change, sync, findReaders),
    ),
    after instanceof Error ? `### Why nothing was generated\n\n${fenced(after.message)}` : "",
    ...(after instanceof Error
      ? []
      : [
          list(
            "Obsolete corrections",
            "The document says it itself now. Drop them from `openapi/corrections.yaml`.",
            added(before.obsolete, after.obsolete).map(code),
          ),
          list(
            "Corrections that contradict the vendor anew",
            "The vendor says something where a correction says otherwise. Whose word is it that the wire keeps?",
            added(before.overrides, after.overrides).map(code),
          ),
        ]),
    list(
      "What corrections hide",
      "The vendor changed it, and users of the client see nothing of it.",
      hidden.map(({ where, how }) => `${where}: ${how}`),
    ),
    list(
      "Codes that the client does not know",
      "They stand in the document's examples. Add them to `src/wrappers/codes.ts`.",
      unknownCodes(upstream.after).map(code),
    ),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function verdict(changes: readonly Change[], after: Bundle | Error): string {
  if (after instanceof Error) {
    return "**The client cannot follow by itself**: nothing was generated, and `npm run check` fails until somebody has looked at it. What follows compares the vendor's own documents.";
  }
  const bump = bumpOf(changes);
  if (bump === undefined) return "**Semver: none.** Nothing that users of the client can see.";
  const breaking = changes.filter(({ impact }) => impact === "major").length;
  const others = changes.length - breaking;
  return `**Semver: ${bump}.** ${breaking} breaking for our users' code, ${others} not.`;
}

/** A pull request takes 65 536 characters. */
const mostRows = 100;
const mostCharacters = 300;

const words = { major: "**breaking**", minor: "not breaking", patch: "not breaking" };

function table(title: string, changes: readonly Change[], readers: (change: Change) => string[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map((change) => [
    words[change.impact],
    change.where,
    change.how,
    readers(change).join("<br>") || "nobody",
  ]);
  const head = ["For users' code", "Where", "What", "Read by"];
  const lines = [head, head.map(() => "---"), ...rows.slice(0, mostRows)].map(
    (cells) => `| ${cells.map((cell) => inline(cell).replaceAll("|", "\\|")).join(" | ")} |`,
  );
  const more = rows.length > mostRows ? `\n\n… and ${rows.length - mostRows} more.` : "";
  return `### ${title}\n\n${lines.join("\n")}${more}`;
}

function list(title: string, advice: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `### ${title}\n\n${advice}\n\n${items
    .slice(0, mostRows)
    .map((item) => `- ${inline(item)}`)
    .join("\n")}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** The vendor's words must not be Markdown of ours: no line of its own, no HTML, nobody called by name. */
function inline(text: string): string {
  const short = text.length > mostCharacters ? `${text.slice(0, mostCharacters)} …` : text;
  return short
    .replaceAll(/\s+/g, " ")
    .replaceAll(/<(?!br>)/g, "&lt;")
    .replaceAll("@", "@\u200b");
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

function added(before: readonly string[], after: readonly string[]): string[] {
  return after.filter((item) => !before.includes(item));
}

/**
 * The files that read the thing that changed. Names of paths, methods and headers stand in wire.ts, and http.ts
 * calls the operations; a status is read by whoever reads the schema that it had.
 */
function readersOf({ pointer, isNew }: Change, { before }: Sync, findReaders: FindReaders): string[] {
  if (/\/servers(?:\/|$)/.test(pointer)) return ["src/wrappers/options.ts"];
  if (isNew && !/\/(?:parameters|security)(?:\/|$)/.test(pointer)) return [];
  if (!pointer.startsWith("#/paths/")) return findReaders(pointer);
  const response = /^(.*\/responses\/[^/]+)/.exec(pointer)?.[1];
  if (response === undefined) return ["src/wrappers/http.ts", "src/wrappers/wire.ts"];
  const found = at(parse(before.document), response) as
    | { content?: Record<string, { schema?: { $ref?: string } }> }
    | undefined;
  const $ref = found?.content?.["application/json"]?.schema?.$ref;
  return $ref === undefined ? [] : findReaders($ref);
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, segment) => (value as Record<string, unknown> | undefined)?.[segment], document);
}

/** Codes in examples, wherever they stand. */
function unknownCodes(upstream: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "FlinksCode" && typeof inner === "string" && !isKnownFlinksCode(inner)) found.add(inner);
      visit(inner);
    }
  };
  visit(parse(upstream));
  return [...found].sort();
}

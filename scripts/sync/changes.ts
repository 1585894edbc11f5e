/** Two documents → what changed, and what it means for code that uses the client. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { redocly } from "../redocly.ts";

export type Impact = "major" | "minor" | "patch";

export interface Change {
  /** What changed, in a reader's words: operation, status, field. */
  readonly where: string;
  /** How it changed. */
  readonly how: string;
  readonly impact: Impact;
  /** A JSON pointer into the document before the change; after it, if the thing is new. */
  readonly pointer: string;
  readonly isNew: boolean;
}

/** What `redocly diff --format json` says of a change. */
interface RedoclyChange {
  readonly path: string;
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: Impact;
  readonly verdicts: readonly { readonly message: string }[];
  readonly property?: string;
  readonly base?: Place;
  readonly revision?: Place;
}

interface Place {
  readonly pointer: string;
  readonly value?: unknown;
}

const configFile = new URL("redocly.yaml", import.meta.url);

/** Nothing that a program could depend on. */
const prose = ["title", "summary", "description", "example", "examples", "externalDocs", "format", "x-"];

export async function diffDocuments(before: string, after: string): Promise<Change[]> {
  const { stdout, stderr } = await redocly(
    ["diff", "before.yaml", "after.yaml", "--config", "redocly.yaml", "--format", "json"],
    {
      "before.yaml": before,
      "after.yaml": after,
      "redocly.yaml": await readFile(configFile, "utf8"),
    },
  );
  if (!stdout.startsWith("{")) throw new Error(`The documents cannot be compared:\n${stderr}`);
  const { changes } = JSON.parse(stdout) as { changes: RedoclyChange[] };
  const documents = { before: parse(before) as unknown, after: parse(after) as unknown };
  return changes.map((change) => describe(change, documents));
}

/** The bump that a list of changes asks for; none if nothing changed. */
export function bumpOf(changes: readonly Change[]): Impact | undefined {
  return (["major", "minor", "patch"] as const).find((impact) => changes.some((change) => change.impact === impact));
}

function describe(change: RedoclyChange, documents: { before: unknown; after: unknown }): Change {
  const { path, kind, property, verdicts, base, revision } = change;
  const how = verdicts.map(({ message }) => message);
  if (how.length === 0) how.push(property === undefined ? `${kind}.` : changed(property, base, revision));
  const where = labelOf(path, kind === "removed" ? documents.before : documents.after);
  return {
    where,
    how: how.join(" "),
    impact: impactOf(change),
    pointer: base?.pointer ?? path,
    isNew: base === undefined,
  };
}

function changed(property: string, base: Place | undefined, revision: Place | undefined): string {
  if (isProse(property)) return `\`${property}\` changed.`;
  if (property === "key") return `renamed from \`${lastOf(base)}\` to \`${lastOf(revision)}\`.`;
  return `\`${property}\` changed from ${valueAt(base, property)} to ${valueAt(revision, property)}.`;
}

function lastOf(place: Place | undefined): string {
  return unescaped(place?.pointer.split("/").at(-1) ?? "");
}

function valueAt(place: Place | undefined, property: string): string {
  return place !== undefined && lastOf(place) === property ? `\`${JSON.stringify(place.value)}\`` : "nothing";
}

/**
 * Redocly rates for whoever speaks HTTP. Our users speak TypeScript: to read a field that is gone does not
 * compile, and a default that changes gives another meaning to calls that leave the field out.
 */
function impactOf({ path, typeName, kind, impact, property }: RedoclyChange): Impact {
  const isInResponse = path.includes("/responses/");
  if (isProse(property) || path.includes("/examples/")) return "patch";
  if (kind === "added" && /\/servers(?:\/|$)/.test(path) && path.startsWith("#/paths/")) return "major";
  if (impact !== "patch" || kind === "added") return impact;
  // Under components Redocly does not know who sends a schema and who reads it.
  const isUnrated = path.startsWith("#/components/schemas/") || (kind === "removed" && /^Schema/.test(typeName));
  const isBreaking = property === "key" || (property === "default" && !isInResponse) || property === "enum";
  return isUnrated || isBreaking ? "major" : impact;
}

function isProse(name: string | undefined): boolean {
  return name !== undefined && prose.some((word) => name === word || (word === "x-" && name.startsWith("x-")));
}

/** A JSON pointer in words: `POST /Authorize › 200 › Login.Id`. */
function labelOf(pointer: string, document: unknown): string {
  const words: string[] = [];
  let at = document;
  let previous = "";
  for (const segment of pointer.split("/").slice(1).map(unescaped)) {
    at = (at as Record<string, unknown> | undefined)?.[segment];
    if (previous === "parameters") words.push(`parameter ${(at as { name?: string })?.name ?? segment}`);
    else if (previous === "paths" || previous === "properties") words.push(segment);
    else if (methods.includes(segment)) words.push(`${segment.toUpperCase()} ${words.pop()}`);
    else if (segment === "requestBody") words.push("request");
    else if (!silent.includes(segment) && !/^\d$/.test(segment)) words.push(segment);
    previous = segment;
  }
  const said = words.filter((word) => word !== "");
  return said.length === 0 ? "the document" : said.map((word) => `\`${word.replaceAll("`", "'")}\``).join(" › ");
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Segments that say nothing where the others stand. */
const silent = [
  "paths",
  "parameters",
  "responses",
  "content",
  "application/json",
  "schema",
  "schemas",
  "components",
  "properties",
  "allOf",
];

/**
 * One document per operation → one document for all. `redocly join` (experimental) is close, but it loses the root's
 * `security`, adds to tags, and wants one version of OpenAPI in all documents.
 */
import { prose } from "./corrections.ts";
import { differences, type Part } from "./differences.ts";
import { withSameForm } from "./form.ts";
import { readContent } from "./read.ts";
import { operationOf, type Source } from "./sources.ts";
import { at, isObject, type Json, type JsonObject, pointerOf } from "./tree.ts";

export interface Merged {
  readonly document: JsonObject;
  /** Where a document of ours says otherwise than the vendor's, whose word counts. */
  readonly overruled: readonly string[];
}

/** @throws an error that names each thing that two documents define differently, and both files */
export function mergeDocuments(sources: readonly Source[]): Merged {
  const documents = sources.map((source) => ({ source, document: contentOf(source) }));
  const parts = new Map<string, Part & { readonly source: Source; readonly place: readonly string[] }>();
  const [overruled, conflicts]: [string[], string[]] = [[], []];
  for (const { source, document } of documents) {
    const membersOf = (place: string[]) => Object.keys(at(document, place) ?? {}).map((name) => [...place, name]);
    const places = ["paths", "components"].flatMap((root) => membersOf([root])).flatMap(membersOf);
    // Keys are sent to the servers, in the way that `security` says. That must not depend on the order of files.
    for (const place of [["servers"], ["security"], ...places]) {
      const part = { value: at(document, place) ?? [], document, source, place };
      const pointer = pointerOf(place);
      const other = parts.get(pointer) ?? part;
      const isOurs = other.source.source !== source.source;
      if (other === part || (isOurs && source.source === "vendor")) parts.set(pointer, part);
      const found = differences(other, part).find(({ key }) => !prose.has(key));
      const line = `${pointer}${found && `, ${found.key}`}: ${other.source.file} and ${source.file}`;
      if (found !== undefined) (isOurs ? overruled : conflicts).push(line);
    }
  }
  if (conflicts.length > 0) throw new Error(`Two documents say different things:\n  ${conflicts.join("\n  ")}`);

  const tags = documents.flatMap(({ document }) => (document["tags"] ?? []) as JsonObject[]);
  const merged: JsonObject = {
    ...{ openapi: "3.0.3", info: documents[0]?.document["info"] ?? {}, servers: [], security: [] },
    tags: tags.filter(({ name }, index) => tags.findIndex((tag) => tag["name"] === name) === index),
    paths: {},
  };
  for (const { place, value } of parts.values()) {
    const [root = "", group, name] = place;
    const members = (merged[root] ?? {}) as Record<string, JsonObject>;
    if (group === undefined || name === undefined) merged[root] = value as Json;
    else merged[root] = { ...members, [group]: { ...members[group], [name]: value as Json } };
  }
  for (const source of sources) {
    const operation = at(merged["paths"], operationOf(merged, source) ?? [""]);
    if (isObject(operation)) operation["operationId"] = source.operationId;
  }
  return { document: merged, overruled };
}

/** The content of a document, in the form that is bundled. */
export function contentOf({ text, file }: { readonly text: string; readonly file: string }): JsonObject {
  return withSameForm(readContent(text, file));
}

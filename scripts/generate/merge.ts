/**
 * One document per operation → one document for all. `redocly join` (experimental) is close, but it loses the root's
 * `security`, adds to tags, and wants one version of OpenAPI in all documents.
 */
import { differences, isProse } from "./differences.ts";
import { withSameForm } from "./form.ts";
import { readContent } from "./read.ts";
import { operationOf, type Source } from "./sources.ts";
import { at, isObject, type Json, type JsonObject, pointerOf } from "./tree.ts";

/** @throws an error that names what two documents define differently. The vendor's word counts more than ours */
export function mergeDocuments(sources: readonly Source[]): JsonObject {
  const documents = sources.map((source) => ({ source, document: contentOf(source) }));
  const parts = new Map<string, { place: string[]; value: Json; source: Source; document: JsonObject }>();
  const conflicts: string[] = [];
  for (const { source, document } of documents) {
    const membersOf = (place: string[]) => Object.keys(at(document, place) ?? {}).map((name) => [...place, name]);
    const places = ["paths", "components"].flatMap((root) => membersOf([root])).flatMap(membersOf);
    // Keys are sent to the servers, in the way that `security` says. That must not depend on the order of files.
    for (const place of [["servers"], ["security"], ...places]) {
      const part = { place, value: at(document, place) as Json, source, document };
      const name = place.join("\n");
      const other = parts.get(name) ?? part;
      const isOfBoth = other.source.source !== source.source;
      if (other === part || (isOfBoth && source.source === "vendor")) parts.set(name, part);
      const found = isOfBoth ? undefined : differences(other, part).find((each) => !isProse(each));
      if (found) conflicts.push(`${pointerOf(place)}, ${found.key}: ${other.source.file} and ${source.file}`);
    }
  }
  if (conflicts.length > 0) throw new Error(`Two documents say different things:\n  ${conflicts.join("\n  ")}`);

  const tags = documents.flatMap(({ document }) => document["tags"] as JsonObject[]);
  const unique = tags.filter(({ name }, index) => tags.findIndex((tag) => tag["name"] === name) === index);
  const { info = {} } = documents[0]?.document ?? {};
  const root = { openapi: "3.0.3", info, servers: [], security: [] };
  const merged: JsonObject = { ...root, tags: unique, paths: {}, components: {} };
  for (const { place, value } of parts.values()) {
    const [section = "", group, name] = place;
    const members = merged[section] as Record<string, JsonObject>;
    if (group === undefined || name === undefined) merged[section] = value;
    else merged[section] = { ...members, [group]: { ...members[group], [name]: value } };
  }
  for (const source of sources) {
    const operation = at(merged["paths"], operationOf(merged, source) ?? [""]);
    if (isObject(operation)) operation["operationId"] = source.operationId;
  }
  return merged;
}

/** The content of a document, in the form that is bundled. */
export function contentOf({ text, file }: { readonly text: string; readonly file: string }): JsonObject {
  return withSameForm(readContent(text, file));
}

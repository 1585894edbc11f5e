/**
 * One document per operation → one document for all.
 *
 * `redocly join` (experimental) is close, but it loses the root's `security`, adds to tags, and stops where one of
 * our own documents differs from the vendor's.
 */
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import type { SourceDocument } from "./sources.ts";

type Json = Record<string, unknown>;

/** A part of the merged document, and where it came from. */
interface Part {
  readonly value: unknown;
  readonly from: SourceDocument;
}

export interface Merged {
  readonly document: object;
  /** Where one of our own documents says otherwise than the vendor's. The vendor's word counts. */
  readonly overruled: readonly string[];
}

/** @throws an error that names each part that two documents define differently, and both files */
export function mergeDocuments(sources: readonly SourceDocument[]): Merged {
  const parts = new Map<string, Part>();
  const conflicts: string[] = [];
  const overruled: string[] = [];

  const add = (place: readonly string[], value: unknown, from: SourceDocument) => {
    const key = JSON.stringify(place);
    const other = parts.get(key);
    const isNew = other === undefined;
    if (isNew || (other.from.source === "interim" && from.source === "vendor"))
      parts.set(key, { value, from });
    if (isNew || isDeepStrictEqual(other.value, value)) return;
    const files = [other.from, from].map(({ file }) => file).join(" and ");
    const list = place.length === 1 || other.from.source === from.source ? conflicts : overruled;
    list.push(`${place.join(" › ")}: ${files}`);
  };

  const documents = sources.map((source) => ({ source, document: parse(source.text) as Json }));
  for (const { source, document } of documents) {
    for (const root of ["paths", "components"]) {
      for (const [group, members] of Object.entries((document[root] ?? {}) as Record<string, object>)) {
        for (const [name, value] of Object.entries(members)) add([root, group, name], value, source);
      }
    }
    // Keys are sent to the server, and how they are sent is the security's word: they must not depend on the order.
    const urls = (document["servers"] as { url: string }[] | undefined)?.map(({ url }) => url);
    add(["servers"], urls, source);
    add(["security"], document["security"], source);
  }
  if (conflicts.length > 0) {
    throw new Error(
      `Two documents define the same thing differently:\n${conflicts.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  return { document: assemble(documents, parts), overruled };
}

function assemble(documents: readonly { document: Json }[], parts: ReadonlyMap<string, Part>): object {
  const tags = new Map<string, object>();
  for (const { document } of documents) {
    for (const tag of (document["tags"] ?? []) as { name: string }[]) {
      if (!tags.has(tag.name)) tags.set(tag.name, tag);
    }
  }
  const [first] = documents;
  if (first === undefined) throw new Error("openapi/sources.yaml lists no document.");
  const { openapi, info, servers, security } = first.document;
  const merged: Json = {
    openapi,
    info,
    servers,
    security,
    tags: [...tags.values()],
    paths: {},
    components: {},
  };
  for (const [key, { value }] of parts) {
    const [root, group, name] = JSON.parse(key) as [string, string?, string?];
    if (group === undefined || name === undefined) continue;
    const groups = merged[root] as Record<string, Json>;
    groups[group] = { ...groups[group], [name]: value };
  }
  return merged;
}

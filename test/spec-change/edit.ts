/** One small edit of the vendor's document, and what must happen. */
import { expect, it } from "vitest";
import { type Check, consequencesOf, type Document } from "./harness.ts";

export interface Edit {
  readonly name: string;
  readonly edit: (document: Document) => unknown;
  /** What the report must hold, beginning with the semver bump. */
  readonly report: readonly (string | RegExp)[];
  /** Corrections that lose their target. */
  readonly lost?: readonly string[];
  /**
   * The checks that go red, and what one of them says. Without, the client follows by itself: nothing that
   * breaks it at run time may be without.
   */
  readonly red?: { readonly [Name in Check]?: string | RegExp };
}

export const path = "/v3/{customerId}/BankingServices/Authorize";

/** The one operation of the vendor's document. */
export function operationOf(document: Document): Document {
  return document.paths[path].post;
}

export function schemaOf(document: Document, name: string): Document {
  return document.components.schemas[name];
}

/** The fields of a request. */
export function requestOf(document: Document): Document {
  return schemaOf(document, "AuthorizeRequest").properties;
}

/** Gives a field another name, in its place. */
export function rename(fields: Document, from: string, to: string): void {
  if (!(from in fields)) throw new Error(`There is no ${from} to rename.`);
  const entries = Object.entries(fields);
  for (const [name] of entries) delete fields[name];
  for (const [name, value] of entries) fields[name === from ? to : name] = value;
}

/** Declares a test for each edit. */
export function follows(edits: readonly Edit[]): void {
  it.each(edits)("$name", async ({ edit, report, lost = [], red = {} }) => {
    const found = await consequencesOf(edit);
    for (const words of report) expect(found.report).toMatch(words);
    expect(found.lost).toEqual(lost);
    expect(found.red).toEqual(
      Object.fromEntries(Object.entries(red).map(([check, words]) => [check, expect.stringMatching(words)])),
    );
  });
}

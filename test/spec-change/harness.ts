/** What becomes of this project when the vendor's documents change: the report, and which checks go red. */
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type Inputs, type Made, makeFiles, readInputs } from "../../scripts/generate/make.ts";
import { reportOf } from "../../scripts/sync/report.ts";

// biome-ignore lint/suspicious/noExplicitAny: an edit may do anything to a document.
export type Document = any;

/** One change of the vendor's documents, and what must happen. */
export interface Edit {
  readonly name: string;
  /** By operationId: changes a document in place, or returns its new text. */
  readonly edits: Readonly<Record<string, (document: Document) => unknown>>;
  /** What the report must say. */
  readonly report?: readonly (string | RegExp)[];
  /** What the report must not say. */
  readonly unsaid?: RegExp;
  /** The check that goes red, and what it says. Without it, the client follows by itself. */
  readonly red?: { readonly generate: RegExp } | { readonly types: RegExp };
  /** What the bundled document must hold. */
  readonly bundled?: readonly RegExp[];
  /** The types of operations stay the same. */
  readonly isSame?: boolean;
}

const inputs = await readInputs();
const made = await makeFiles(inputs);

export function follows(kind: string, edits: readonly Edit[]): void {
  it.each(edits)(`${kind}: $name`, async ({ edits, report = [], red = {}, isSame, bundled = [], unsaid }) => {
    const after = edited(edits);
    const result = await makeFiles(after).catch((error: Error) => error);
    const text = reportOf({ inputs, made }, { inputs: after, made: result }, []);
    for (const words of report) expect(text).toMatch(words);
    if (unsaid) expect(text).not.toMatch(unsaid);
    expect(checksOf(result)).toEqual(
      Object.fromEntries(Object.entries(red).map(([check, words]) => [check, expect.stringMatching(words)])),
    );
    const bundle = result instanceof Error ? "" : result.files.get("openapi/flinks.yaml");
    for (const words of bundled) expect(bundle).toMatch(words);
    if (isSame && !(result instanceof Error)) {
      expect(operationTypes(result)).toBe(operationTypes(made));
      expect(text).toMatch(/\*\*Semver: (?:none|patch)\.\*\*/);
    }
  });
}

function edited(edits: Edit["edits"]): Inputs {
  const sources = inputs.sources.map((source) => {
    const edit = edits[source.operationId];
    if (edit === undefined) return source;
    const document = parse(source.text);
    const returned = edit(document);
    const text = typeof returned === "string" ? returned : stringify(document, { aliasDuplicateObjects: false });
    expect(text).not.toBe(source.text);
    return { ...source, text };
  });
  return { ...inputs, sources };
}

function checksOf(result: Made | Error): { generate?: string; types?: string } {
  if (result instanceof Error) return { generate: result.message };
  const errors = typeErrors(result);
  return errors === undefined ? {} : { types: errors };
}

const root = resolve(import.meta.dirname, "../..");
const parsed = new Map<string, ts.SourceFile>();
let previous: ts.SemanticDiagnosticsBuilderProgram | undefined;

/** `tsc -p src` with other generated files. Files that stay the same are parsed once for all edits. */
function typeErrors({ files }: Made): string | undefined {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "src/tsconfig.json"), {}, host);
  if (config === undefined) throw new Error("src/tsconfig.json cannot be read.");
  const compiler = ts.createIncrementalCompilerHost(config.options);
  const { readFile, getSourceFile } = compiler;
  const generated = (path: string) => files.get(resolve(path).slice(root.length + 1));
  compiler.readFile = (path) => generated(path) ?? readFile.call(compiler, path);
  compiler.getSourceFile = (path, ...how) => {
    const known = generated(path) === undefined ? parsed.get(path) : undefined;
    const file = known ?? getSourceFile.call(compiler, path, ...how);
    if (file !== undefined) parsed.set(path, file);
    return file;
  };
  const { fileNames, options } = config;
  previous = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, compiler, previous);
  const errors = previous.getSemanticDiagnostics();
  if (errors.length === 0) return undefined;
  return ts.formatDiagnostics(errors, { ...compiler, getCurrentDirectory: () => root });
}

/** Without comments, and without components, which may have more names than before. */
function operationTypes({ files }: Made): string {
  const schema = (files.get("src/generated/schema.ts") ?? "").replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
  return schema.slice(schema.indexOf("export interface operations"));
}

/** The same edit of every page whose operation has such a name. */
export function everywhere(names: RegExp, edit: (document: Document) => unknown): Edit["edits"] {
  const ids = inputs.sources.map(({ operationId }) => operationId).filter((id) => names.test(id));
  return Object.fromEntries(ids.map((id) => [id, edit]));
}

/** The one operation of a document. */
export function operationOf(document: Document): Document {
  const [item] = Object.values<Document>(document.paths);
  return item.post ?? item.get;
}

export function schemaOf(document: Document, name: string): Document {
  return document.components.schemas[name];
}

/** Gives a field another name, in its place. */
export function rename(fields: Document, from: string, to: string): void {
  if (!(from in fields)) throw new Error(`There is no ${from} to rename.`);
  const entries = Object.entries(fields);
  for (const [name] of entries) delete fields[name];
  for (const [name, value] of entries) fields[name === from ? to : name] = value;
}

/** The JSON of a response, as its media type. */
export function jsonOf(document: Document, status: string): Document {
  return operationOf(document).responses[status].content["application/json"];
}

export function bodyOf(document: Document): Document {
  return operationOf(document).requestBody;
}

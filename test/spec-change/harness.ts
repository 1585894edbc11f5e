/**
 * What becomes of this project when the vendor's document changes: the report, and which of the checks of
 * `npm run check` go red.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { parse, stringify } from "yaml";
import { LostCorrectionsError } from "../../scripts/generate/corrections.ts";
import { correctionsPath } from "../../scripts/generate/document.ts";
import { makeFiles } from "../../scripts/generate/make.ts";
import { redocly } from "../../scripts/redocly.ts";
import { compareDocuments } from "../../scripts/sync/compare.ts";
import { createReaderFinder } from "../../scripts/sync/readers.ts";
import { reportOf } from "../../scripts/sync/report.ts";
import type { Contract } from "../contract/contract.ts";
import { mockContract } from "../contract/mock.ts";
import { proxyContract } from "../contract/proxy.ts";
import { upstreamContract } from "../contract/upstream.ts";
import type { Prism } from "../helpers/prism.ts";

// biome-ignore lint/suspicious/noExplicitAny: an edit may do anything to a document.
export type Document = any;

/** What can go red. */
export type Check = "generate" | "lint" | "types" | "contract";

export interface Consequences {
  readonly report: string;
  /** Names of corrections that lost their target. */
  readonly lost: readonly string[];
  /** Which checks go red, in words that say why. Empty if the client follows by itself. */
  readonly red: { readonly [Name in Check]?: string };
}

const root = resolve(import.meta.dirname, "../..");
/**
 * The document that the edits are made of: a copy, so that they mean the same whatever the vendor does. Made
 * anew from openapi/upstream when the client has followed a change (docs/regenerating.md).
 */
const base = await readFile(join(import.meta.dirname, "authorize.yaml"), "utf8");
const corrections = await readFile(correctionsPath, "utf8");
const made = await makeFiles(base, corrections);
const schemaPath = "src/generated/schema.ts";
const findReaders = createReaderFinder(root);

export async function consequencesOf(edit: (document: Document) => unknown): Promise<Consequences> {
  const document = parse(base);
  edit(document);
  const upstream = stringify(document);
  const sync = await compareDocuments(base, made, upstream, corrections);
  const report = reportOf(sync, findReaders);
  const { after } = sync;
  if (after instanceof Error) {
    const lost = after instanceof LostCorrectionsError ? after.corrections : [];
    return { report, lost, red: { generate: after.message } };
  }
  // What is as before has been checked by the suites of its own.
  const isNew = after.document !== made.document;
  const schema = after.files.get(schemaPath) as string;
  const red: { [Name in Check]?: string | undefined } = {
    lint: isNew ? await lintErrors(after.document) : undefined,
    types: typeErrors(schema),
    contract: await brokenContracts([
      ...(isNew ? [{ suite: mockContract, document: after.document }] : []),
      ...(isNew ? [{ suite: proxyContract, document: after.document }] : []),
      { suite: upstreamContract, document: upstream },
    ]),
  };
  for (const check of Object.keys(red) as Check[]) if (red[check] === undefined) delete red[check];
  return { report, lost: [], red: red as Consequences["red"] };
}

async function lintErrors(document: string): Promise<string | undefined> {
  const { failed, stdout } = await redocly(["lint", "openapi/flinks.yaml"], {
    "redocly.yaml": await readFile(join(root, "redocly.yaml"), "utf8"),
    "openapi/flinks.yaml": document,
  });
  return failed ? stdout : undefined;
}

const sourceFiles = new Map<string, ts.SourceFile>();
let previous: { sources?: ts.SemanticDiagnosticsBuilderProgram; all?: ts.SemanticDiagnosticsBuilderProgram } = {};

/** `tsc` on the project with other generated types: on the sources first, which tells most. */
function typeErrors(schema: string): string | undefined {
  if (withoutComments(schema) === withoutComments(made.files.get(schemaPath) as string)) return undefined;
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  if (config === undefined) throw new Error("tsconfig.json cannot be read.");
  const { fileNames, options } = config;
  const host = ts.createIncrementalCompilerHost(options);
  const { readFile, getSourceFile } = host;
  const isSchema = (path: string) => resolve(path) === join(root, schemaPath);
  host.readFile = (path) => (isSchema(path) ? schema : readFile.call(host, path));
  // The others are parsed once for all edits, and checked again only where they depend on this one.
  host.getSourceFile = (path, ...how) => {
    const parsed = isSchema(path) ? undefined : sourceFiles.get(path);
    const file = parsed ?? getSourceFile.call(host, path, ...how);
    if (file !== undefined) sourceFiles.set(path, file);
    return file;
  };
  const check = (files: string[], program?: ts.SemanticDiagnosticsBuilderProgram) =>
    ts.createSemanticDiagnosticsBuilderProgram(files, options, host, program);
  const sources = check(
    fileNames.filter((file) => file.startsWith(join(root, "src"))),
    previous.sources,
  );
  previous = { ...previous, sources };
  let errors = sources.getSemanticDiagnostics();
  if (errors.length === 0) {
    const all = check(fileNames, previous.all);
    previous = { ...previous, all };
    errors = all.getSemanticDiagnostics();
  }
  return errors.length === 0 ? undefined : ts.formatDiagnostics(errors, { ...host, getCurrentDirectory: () => root });
}

function withoutComments(schema: string): string {
  return schema.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
}

type Suite = (document: string) => Contract | Promise<Contract>;

/** What the first case says that does not hold. */
async function brokenContracts(contracts: readonly { suite: Suite; document: string }[]): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-spec-change-"));
  try {
    const path = join(folder, "document.yaml");
    for (const { suite, document } of contracts) {
      await writeFile(path, document);
      const broken = await firstBrokenCase(() => suite(path));
      if (broken !== undefined) return `${suite.name}: ${broken}`;
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function firstBrokenCase(suite: () => ReturnType<Suite>): Promise<string | undefined> {
  let running = "start";
  let prism: Prism | undefined;
  try {
    const { cases, start } = await suite();
    prism = await start();
    for (const { name, run } of cases) {
      running = name;
      await run?.(prism.baseUrl);
    }
    return undefined;
  } catch (error) {
    const { message, cause } = error as Error;
    return `${running}: ${message} ${cause instanceof Error ? cause.message : ""}`;
  } finally {
    await prism?.close();
  }
}

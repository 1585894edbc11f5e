/**
 * Measures programs that use the package as it was built, by its own name.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../..");

export interface Program {
  readonly name: string;
  readonly code: string;
  readonly mostBrotli?: number;
}

export interface Bytes {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** With all that the program imports. */
export async function bytesOf({ code }: Program): Promise<Bytes> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    legalComments: "none",
    write: false,
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  return {
    minified: contents.length,
    gzip: gzipSync(contents).length,
    brotli: brotliCompressSync(contents).length,
  };
}

const rounds = 15;

/**
 * What an import adds to a cold process. The fastest of some rounds, as whatever else the machine does only makes
 * them slower.
 */
export async function importMs(name: string): Promise<number> {
  // Beside dist, so that the package is found by its name.
  const folder = await mkdtemp(join(root, "dist/import-"));
  try {
    const [empty, importing] = [join(folder, "empty.mjs"), join(folder, "importing.mjs")];
    await writeFile(empty, "");
    await writeFile(importing, `import ${JSON.stringify(name)};`);
    let [without, having] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < rounds; round++) {
      without = Math.min(without, processMs(empty));
      having = Math.min(having, processMs(importing));
    }
    return having - without;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function processMs(file: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file]);
  if (status !== 0) throw new Error(`${file} cannot be run: ${stderr}`);
  return performance.now() - started;
}

/** How many types the compiler makes for a program, declarations of libraries taken on trust. */
export function instantiationsOf(code: string): number {
  const path = join(root, "program.mts");
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === path || fileExists.call(host, file);
  host.readFile = (file) => (file === path ? code : readFile.call(host, file));
  host.getSourceFile = (file, ...how) =>
    file === path
      ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...how);
  const program = ts.createProgram([path], options, host);
  const diagnostics = ts.getPreEmitDiagnostics(program);
  if (diagnostics.length > 0)
    throw new Error(ts.formatDiagnostics(diagnostics, { ...host, getNewLine: () => "\n" }));
  // What `tsc --extendedDiagnostics` prints, and the types of the compiler leave out.
  return (program as unknown as { getInstantiationCount(): number }).getInstantiationCount();
}

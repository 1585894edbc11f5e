/** Compiles files as a user of the package does, and lists what it exports. */
import { relative, resolve } from "node:path";
import ts from "typescript";

const src = resolve("src");

/** Each entry of the package, and its source. */
export const entries: Readonly<Record<string, string>> = {
  "flinks-client": `${src}/index.ts`,
  "flinks-client/sandbox": `${src}/sandbox/index.ts`,
  "flinks-client/sandbox/server": `${src}/sandbox/server/index.ts`,
  "flinks-client/undici": `${src}/wrappers/undici.ts`,
  "flinks-client/webhooks": `${src}/wrappers/webhooks.ts`,
  "flinks-client/connect": `${src}/wrappers/connect.ts`,
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: ["node"],
  typeRoots: [resolve("node_modules/@types")],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  paths: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, [source]])),
};

/** What the compiler says of these files, each as `file:line: message`, with the file's path below `folder`. */
export function compile(files: readonly string[], folder: string): string[] {
  const program = ts.createProgram(files, options);
  // The sources have a check of their own: `npm run types`.
  const found = ts.getPreEmitDiagnostics(program).filter(({ file }) => !file?.fileName.startsWith(src));
  return found.map(({ file, start, messageText }) => {
    const line = file ? file.text.slice(0, start).split("\n").length : 0;
    const place = file ? `${relative(folder, file.fileName)}:${line}: ` : "";
    return `${place}${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** Every name that an entry exports, types included. */
export function exportedNames(): { readonly entry: string; readonly name: string; readonly hasExample: boolean }[] {
  const program = ts.createProgram(Object.values(entries), options);
  const checker = program.getTypeChecker();
  return Object.entries(entries).flatMap(([entry, source]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source) as ts.SourceFile) as ts.Symbol;
    return checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      const declared = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      const hasExample = declared.getJsDocTags(checker).some(({ name }) => name === "example");
      return { entry, name: symbol.name, hasExample };
    });
  });
}

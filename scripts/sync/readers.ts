/**
 * Which of our files read a thing of the document: found by the compiler, through the generated types, so that
 * a `Type` of one schema is not mistaken for that of another.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const schemaPath = "src/generated/schema.ts";

/** Gives the files under src/ that read what stands at a JSON pointer of the bundled document. */
export type FindReaders = (pointer: string) => string[];

/** @param root the project's folder, whose generated types are those of the document before the change */
export function createReaderFinder(root: string): FindReaders {
  const schemaFile = join(root, schemaPath);
  let made: ts.LanguageService | undefined;

  return (pointer) => {
    made ??= languageService(root);
    const service = made;
    const source = service.getProgram()?.getSourceFile(schemaFile);
    if (source === undefined) throw new Error(`${schemaPath} is not part of the project.`);
    const found = declarationAt(source, typePath(pointer));
    // A schema as a whole is read by whoever reads one of its fields.
    const nodes = found && [found, ...fieldsOf(found)];
    const files = nodes
      ?.flatMap((node) => service.findReferences(schemaFile, node.name.getStart(source)) ?? [])
      .flatMap(({ references }) => references.map(({ fileName }) => relative(root, fileName)))
      .filter((file) => file !== schemaPath);
    return [...new Set(files)].sort();
  };
}

function languageService(root: string): ts.LanguageService {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const sources = ts.sys.readDirectory(join(root, "src"), [".ts"]);
  return ts.createLanguageService({
    getCompilationSettings: () => config?.options ?? {},
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => sources,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
  });
}

/** Where openapi-typescript puts what stands at a pointer, as far as it has a name there. */
function typePath(pointer: string): string[] {
  const segments = pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (segments[0] === "components") {
    return segments.filter((_, at) => at < 3 || segments[at - 1] === "properties");
  }
  return segments;
}

/** The declaration of what a path leads to, or of the last thing on it that has one. */
function declarationAt(source: ts.SourceFile, path: readonly string[]): ts.PropertySignature | undefined {
  const [root, ...names] = path;
  let members: readonly ts.TypeElement[] =
    source.statements.find(
      (statement): statement is ts.InterfaceDeclaration =>
        ts.isInterfaceDeclaration(statement) && statement.name.text === root,
    )?.members ?? [];
  let found: ts.PropertySignature | undefined;
  for (const name of names) {
    const next = members
      .filter(ts.isPropertySignature)
      .find((member) => "text" in member.name && member.name.text === name);
    if (next === undefined) break;
    found = next;
    members = fieldsOf(next);
  }
  return found;
}

function fieldsOf({ type }: ts.PropertySignature): ts.PropertySignature[] {
  return type !== undefined && ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature) : [];
}

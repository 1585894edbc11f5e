/** The code of the README and the guides compiles, with the settings of the project. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";

const pages = [
  "README.md",
  ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];

/** What a reader has in mind, but no block declares: the reader's own program, and what an earlier block made. */
const given = `
type Client = import("flinks-client").FlinksClient;
declare const flinks: Client;
declare const loginId: string;
declare const requestId: string;
declare const answer: string;
declare const choice: string;
declare const place: number;
declare const signature: string;
declare const rawBody: Uint8Array;
declare const body: Uint8Array;
declare const request: import("flinks-client").AuthorizeInput;
declare const answers: import("flinks-client").MfaAnswers;
declare const questions: import("flinks-client").MfaQuestion[];
declare const options: import("flinks-client").FlinksClientOptions;
declare const { createFlinksClient, FlinksApiError, FlinksUsageError, FlinksPendingError }: typeof import("flinks-client");
declare const { createSandbox }: typeof import("flinks-client/sandbox");
declare const { readWebhook }: typeof import("flinks-client/webhooks");
type PendingOutcome = import("flinks-client").PendingOutcome;
type AccountsDetailRequest = import("flinks-client").AccountsDetailRequest;
`;
const ownFunctions = `ask askUser connectAgain isAwaited readAnswer save saveAccounts saveLogin saveStatements show
signedInUser queue store`;
/** These are names of the DOM, too, so each block gets its own. */
const shadows = `declare const prompt: string;
declare const open: import("flinks-client").OpenChallenge;`;
/** Packages that only the reader has. */
const foreign = ["express", "hono", "undici"];

/** A page's blocks as modules, by file name. A block's first line can name it, for imports of other blocks. */
function modulesOf(page: string, text: string): [string, string][] {
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
  return (
    blocks
      // What readers come from is in packages that are not installed.
      .filter((code) => !code.startsWith("// before"))
      .map((code, index) => {
        const named = /^\/\/ (?:\S*\/)?([\w-]+\.ts)\n/.exec(code)?.[1];
        const file = named && named !== "route.ts" ? named : `${basename(page, ".md")}-${index + 1}.ts`;
        if (/^export /m.test(code)) return [file, code.replaceAll("../../../", "./")];
        const imports = code.match(/^import .*$/gm) ?? [];
        // A block may end with `return`, and declares what others declare, too.
        return [
          file,
          `${imports.join("\n")}\n${shadows}\nexport async function block() {\n${code.replace(/^import .*$/gm, "")}}\n`,
        ];
      })
  );
}

let complaints: string[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-guides-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  const files: string[] = [];
  for (const page of pages) {
    const inside = join(folder, basename(page, ".md"));
    await mkdir(inside);
    for (const [name, code] of modulesOf(page, await readFile(page, "utf8"))) {
      await writeFile(join(inside, name), code);
      files.push(join(inside, name));
    }
  }
  // The guides share one module.
  const shared = join(folder, "connect/flinks.ts");
  for (const page of pages.filter((page) => page !== "docs/connect.md")) {
    const copy = join(folder, basename(page, ".md"), "flinks.ts");
    await cp(shared, copy);
  }
  const declarations = join(folder, "given.d.ts");
  const own = ownFunctions.split(/\s+/).map((name) => `declare const ${name}: any;\n`);
  const packages = foreign.map((name) => `declare module "${name}";\n`);
  await writeFile(declarations, [given, ...own, ...packages].join(""));

  const src = resolve("src");
  const program = ts.createProgram([declarations, ...files], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: ["node"],
    typeRoots: [resolve("node_modules/@types")],
    strict: true,
    // Parameters of callbacks for packages that are not installed.
    noImplicitAny: false,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      "flinks-client": [`${src}/index.ts`],
      "flinks-client/sandbox": [`${src}/sandbox/index.ts`],
      "flinks-client/sandbox/server": [`${src}/sandbox/server/index.ts`],
      "flinks-client/webhooks": [`${src}/wrappers/webhooks.ts`],
      "flinks-client/connect": [`${src}/wrappers/connect.ts`],
    },
  });
  // The sources have a check of their own: `npm run types`.
  const found = ts.getPreEmitDiagnostics(program).filter(({ file }) => !file?.fileName.startsWith(src));
  complaints = found.map(({ file, start, messageText }) => {
    const line = file ? file.text.slice(0, start).split("\n").length : 0;
    const place = file ? `${file.fileName.slice(folder.length + 1)}:${line}: ` : "";
    return `${place}${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  return () => rm(folder, { recursive: true });
});

it.each(pages)("%s", (page) => {
  const own = complaints.filter((complaint) => complaint.startsWith(`${basename(page, ".md")}/`));
  expect(own).toEqual([]);
});

it("has no complaint about anything else", () => {
  expect(
    complaints.filter((complaint) => !pages.some((page) => complaint.startsWith(`${basename(page, ".md")}/`))),
  ).toEqual([]);
});

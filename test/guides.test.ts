/** The code of the README, the guides and the `@example`s compiles, with the settings of the project. */
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
declare const { createFlinksClient, isKnownFlinksCode }: typeof import("flinks-client");
declare const { FlinksApiError, FlinksUsageError, FlinksPendingError }: typeof import("flinks-client");
declare const { createSandbox }: typeof import("flinks-client/sandbox");
declare const { createSandboxServer }: typeof import("flinks-client/sandbox/server");
declare const { createUndiciFetch }: typeof import("flinks-client/undici");
declare const { readWebhook }: typeof import("flinks-client/webhooks");
declare const { readConnectRedirect, connectOrigin }: typeof import("flinks-client/connect");
type PendingOutcome = import("flinks-client").PendingOutcome;
type AccountsDetailRequest = import("flinks-client").AccountsDetailRequest;
`;
const ownFunctions = `ask askUser connectAgain isAwaited readAnswer save saveAccounts saveLogin saveStatements show
signedInUser queue store`;
/** These are names of the DOM, too, so each block gets its own. */
const shadows = `declare const prompt: string;
declare const open: import("flinks-client").OpenChallenge;`;
/** Packages that only the reader has. */
const foreign = ["express", "fastify", "hono", "undici"];

/** A page's blocks as modules, by file name. A block's first line can name it, for imports of other blocks. */
function modulesOf(page: string, text: string): [string, string][] {
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
  return (
    blocks
      // What readers come from is in packages that are not installed.
      .filter((code) => !code.startsWith("// before"))
      // Options of `fetch` that only Bun and Deno have types for.
      .filter((code) => !/\btls: \{|\bDeno\./.test(code))
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

/** What the `@example`s of a file have in mind. */
const mindOf: Readonly<Record<string, string>> = {
  "webhooks.ts": `declare const event: import("flinks-client/webhooks").WebhookEvent;
declare const headers: Record<string, string>;
declare const secret: string;
declare function log(text: string): void;`,
  "connect.ts": `declare const event: MessageEvent;
declare const request: { url: string };`,
  "codes.ts": `declare const error: import("flinks-client").FlinksApiError;
declare const messages: Record<import("flinks-client").KnownFlinksCode, string>;`,
  "errors.ts": `declare const error: unknown;
declare function showLoginForm(): void;`,
  "client.ts": `declare const outcome: import("flinks-client").AuthorizedOutcome;`,
  "options.ts": "declare const log: { info(fields: object): void };",
  "types.ts": `declare const sandbox: import("flinks-client/sandbox").Sandbox;`,
};

/** Parts of what a program passes: a field with its value, or the answers to questions. */
const fragments: readonly [RegExp, string][] = [
  [
    /^\w+: /,
    `import("flinks-client/sandbox").SandboxOptions & Pick<import("flinks-client").FlinksClientOptions, "onExchange">`,
  ],
  [/^\{ "/, `import("flinks-client").MfaAnswers`],
];

/** The `@example`s of a source file, as modules. */
function examplesOf(file: string, text: string): string[] {
  const examples = [...text.matchAll(/^ *\* @example\n((?: *\*(?! @|\/).*\n)+)/gm)];
  return examples.map(([, lines = ""]) => {
    const code = lines.replace(/^ *\* ?/gm, "");
    const [, type] = fragments.find(([start]) => start.test(code)) ?? [];
    const whole = code.startsWith("{") ? code : `{ ${code} }`;
    const body = type === undefined ? code : `const fragment: ${type} = ${whole};`;
    return `${mindOf[basename(file)] ?? ""}\nexport async function block() {\n${body}\n}\n`;
  });
}

const sources = (await readdir("src", { recursive: true, withFileTypes: true }))
  .filter(({ name, parentPath }) => name.endsWith(".ts") && !/generated|connect$/.test(parentPath))
  .map(({ name, parentPath }) => join(parentPath, name));

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
  await mkdir(join(folder, "examples"));
  for (const source of sources) {
    for (const [index, code] of examplesOf(source, await readFile(source, "utf8")).entries()) {
      const file = join(folder, "examples", `${source.replace(/\W/g, "-")}-${index + 1}.ts`);
      await writeFile(file, code);
      files.push(file);
    }
  }
  expect(files.filter((file) => file.includes("/examples/")).length).toBeGreaterThan(10);
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
      "flinks-client/undici": [`${src}/wrappers/undici.ts`],
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

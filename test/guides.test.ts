/** The code of the README and the guides compiles, with the settings of the project. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { compile } from "./helpers/compile.ts";

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
declare const reconnect: string;
declare const userId: string;
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
type AuthorizeOutcome = import("flinks-client").AuthorizeOutcome;
type MfaAnswers = import("flinks-client").MfaAnswers;
type OpenChallenge = import("flinks-client").OpenChallenge;
`;
const ownFunctions = `ask askUser connectAgain isAwaited readAnswer save saveAccounts saveLogin saveStatements show
signedInUser queue store`;
/** These are names of the DOM, too, so each block gets its own. */
const shadows = `declare const prompt: string;
declare const open: import("flinks-client").OpenChallenge;`;
/** What SvelteKit writes next to a route. */
const routeTypes = `export type RequestHandler = (event: { request: Request; url: URL }) => Response | Promise<Response>;`;

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
        // SvelteKit's own settings resolve imports as bundlers do.
        if (/^export /m.test(code))
          return [file, code.replaceAll("../../../", "./").replace('"./$types"', '"./$types.d.ts"')];
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
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const files: string[] = [];
  for (const page of pages) {
    const inside = join(folder, basename(page, ".md"));
    await mkdir(inside);
    await writeFile(join(inside, "$types.d.ts"), routeTypes);
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
  // It is installed here under other names.
  const undici = `declare module "undici" { export * from "undici7"; }\n`;
  await writeFile(declarations, [given, ...own, undici].join(""));

  complaints = compile([declarations, resolve("test/helpers/frameworks.d.ts"), ...files], folder);
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

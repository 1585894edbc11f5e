/** Every exported name has an `@example`. Each compiles, and each that needs no browser runs. */
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { transform } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createSandbox } from "../src/sandbox/index.ts";
import { compile, exportedNames } from "./helpers/compile.ts";
import { createErrors, createGivenNames, exportedValues } from "./helpers/examples.ts";

interface Example {
  /** The file and the line, such as `src/wrappers/codes.ts:97`. */
  readonly place: string;
  readonly code: string;
}

/** The vendor's document has examples of its own, which are values. */
const sources = (await readdir("src", { recursive: true, withFileTypes: true }))
  .filter(({ name, parentPath }) => name.endsWith(".ts") && !parentPath.endsWith("generated"))
  .map(({ name, parentPath }) => join(parentPath, name));

const examples: Example[] = [];
for (const file of sources) {
  const text = await readFile(file, "utf8");
  for (const { index, 1: lines = "" } of text.matchAll(/^ *\* @example\n((?: *\*(?! @|\/).*\n)+)/gm)) {
    const place = `${file}:${text.slice(0, index).split("\n").length}`;
    examples.push({ place, code: lines.replace(/^ *\* ?/gm, "").trimEnd() });
  }
}

const exported = exportedNames();
const importLines = /^import .*$/gm;

it("has an example for every exported name", () => {
  expect(exported.length).toBeGreaterThan(80);
  expect(exported.filter(({ hasExample }) => !hasExample)).toEqual([]);
});

describe("an example compiles", () => {
  const fileOf = ({ place }: Example) => `${place.replaceAll(/\W/g, "-")}.ts`;
  let complaints: string[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "flinks-client-examples-"));
    await symlink(resolve("node_modules"), join(folder, "node_modules"));
    const given = Object.keys(await createGivenNames());
    const contents = new Map(examples.map((example) => [fileOf(example), moduleOf(example, given)]));
    contents.set("undici.d.ts", 'declare module "undici" { export * from "undici7"; }\n');
    for (const [name, content] of contents) await writeFile(join(folder, name), content);
    const files = [...contents.keys()].map((name) => join(folder, name));
    complaints = compile(files, folder);
    return () => rm(folder, { recursive: true });
  });

  it.each(examples)("$place", (example) => {
    expect(complaints.filter((complaint) => complaint.startsWith(fileOf(example)))).toEqual([]);
  });

  it("and nothing else is wrong", () => {
    const files = examples.map(fileOf);
    expect(complaints.filter((complaint) => !files.some((file) => complaint.startsWith(file)))).toEqual([]);
  });

  /** An example as a module, with imports of what it uses. */
  function moduleOf({ code }: Example, given: readonly string[]): string {
    const isUsed = (name: string) => new RegExp(`(?<!\\w|[^.]\\.)${name}\\b`).test(code);
    // Some names are exported by two entries.
    const used = new Map(exported.filter(({ name }) => isUsed(name)).map(({ name, entry }) => [name, entry]));
    return [
      ...[...used].map(([name, entry]) => `import { ${name} } from "${entry}";`),
      ...(code.match(importLines) ?? []),
      `import type { GivenNames } from "${resolve("test/helpers/examples.ts")}";`,
      `declare const { ${given.filter(isUsed)} }: GivenNames;`,
      `export async function example() {\n${code.replace(importLines, "")}\n}\n`,
    ].join("\n");
  }
});

describe("an example runs", () => {
  const runnable = examples.filter(({ code }) => !/\b(?:window|document)\b/.test(code));

  beforeAll(() => {
    const { fetch } = globalThis;
    const isOfTheReader = /tokens\.internal|127\.0\.0\.1:3000/;
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) =>
      isOfTheReader.test(url) ? new Response("a token") : fetch(url, init),
    );
    vi.stubEnv("FLINKS_SECRET_KEY", "c4569c54-e167-4d34-8de6-f4113bc82414");
    return () => {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
    };
  });

  it.each(runnable)("$place", async ({ code }) => {
    for (const given of await variantsOf(code)) await run(code, { ...(await createGivenNames()), ...given });
  });

  it("with an error of each class", async () => {
    const classes = Object.keys(exportedValues).filter((name) => /^Flinks\w+Error$/.test(name));
    expect((await createErrors()).map(({ name }) => name).sort()).toEqual(classes.sort());
  });

  it("which is all but a few", () => {
    expect(runnable.length).toBeGreaterThan(0.95 * examples.length);
  });

  /** An example that handles an error gets one of each class, and one with a login also gets one with MFA. */
  async function variantsOf(code: string): Promise<object[]> {
    if (/\berror\b/.test(code)) return (await createErrors()).map((error) => ({ error }));
    return /\bloginId\b/.test(code) ? [{}, { loginId: createSandbox().loginIds.greatday }] : [{}];
  }

  /** Runs an example, calls its function, and compares what it says about results: `expression; // → value`. */
  async function run(code: string, given: object): Promise<void> {
    const names = { ...exportedValues, ...given, expectResult };
    const checking = code
      .replace(importLines, "")
      .replace(/^( *)const (\w+) = (.*); \/\/ → (.*)$/gm, "$1const $2 = $3; expectResult($2, $4);")
      .replace(/^( *)(.*); \/\/ → (.*)$/gm, "$1expectResult($2, $3);");
    // A function that the example does not call itself takes what is called as its parameters are.
    const [, name, parameters = ""] = /^(?:async )?function (\w+)\((.*?)\)(?:: .*)? \{$/m.exec(code) ?? [];
    const isUncalled = name !== undefined && code.split(`${name}(`).length === 2;
    const call = isUncalled ? `await ${name}(${parameters.replace(/: [^,]*/g, "")});` : "";
    const { code: body } = await transform(`async function example() {\n${checking}\n${call}\n}`, { loader: "ts" });
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    await new AsyncFunction(...Object.keys(names), `${body}\nawait example();`)(...Object.values(names));
  }

  function expectResult(actual: unknown, stated: unknown): void {
    expect(actual).toEqual(stated);
  }
});

/** Programs that users have run with the tarball: Jest's, and one that loads it twice. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, inject, it } from "vitest";
import { startServer } from "../runtimes/server.ts";

const consumer = inject("consumer");
const programs = join(import.meta.dirname, "programs");

it("Jest, in CommonJS", async () => {
  const folder = join(consumer, "jest");
  await mkdir(folder);
  for (const name of ["plain.spec.cjs", "nest.spec.ts"]) await cp(join(programs, name), join(folder, name));
  await build({
    entryPoints: [join(import.meta.dirname, "../runtimes/suite.ts")],
    outfile: join(folder, "suite.cjs"),
    bundle: true,
    format: "cjs",
  });
  const compilerOptions = {
    module: "commonjs",
    target: "ES2022",
    strict: true,
    esModuleInterop: true,
    types: ["jest", "node"],
  };
  const config = {
    testEnvironment: "node",
    testMatch: ["**/*.spec.*"],
    transform: { "\\.ts$": ["ts-jest", { tsconfig: compilerOptions }] },
  };
  await writeFile(join(folder, "jest.config.json"), JSON.stringify(config));
  const server = await startServer();
  try {
    const jest = join(consumer, "node_modules/jest/bin/jest.js");
    const env = { ...process.env, SERVER: server.baseUrl, FORCE_COLOR: "0" };
    const run = promisify(execFile)(process.execPath, [jest, "--config", "jest.config.json"], {
      cwd: folder,
      env,
    });
    // Jest reports on stderr.
    const report = await run.then(
      ({ stderr }) => stderr,
      ({ stdout, stderr }) => stdout + stderr,
    );
    expect(report).toMatch(/^Tests: +4 passed, 4 total$/m);
  } finally {
    await server.close();
  }
});

it.each(["jest-environment-jsdom", "jsdom-29"])("Jest, in the jsdom environment: %s", async (environment) => {
  const folder = join(consumer, environment);
  await mkdir(folder);
  await cp(join(programs, "browser-like.spec.cjs"), join(folder, "browser-like.spec.cjs"));
  await writeFile(join(folder, "jest.config.json"), JSON.stringify({ testMatch: ["**/*.spec.cjs"] }));
  const jest = join(consumer, "node_modules/jest/bin/jest.js");
  const args = [jest, "--config", "jest.config.json", `--env=${join(consumer, "node_modules", environment)}`];
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  expect(stderr).toMatch(/^Tests: +3 passed, 3 total$/m);
});

it("import and require in one process: errors are recognised across both copies", async () => {
  const program = join(consumer, "both.mjs");
  await cp(join(programs, "both.mjs"), program);
  await promisify(execFile)(process.execPath, [program]);
});

it("the document and package.json by their names, and nothing of the inside", async () => {
  const require = createRequire(join(consumer, "program.cjs"));
  const document = await readFile(require.resolve("flinks-client/openapi.yaml"), "utf8");
  expect(document).toBe(await readFile("openapi/flinks.yaml", "utf8"));
  expect(require("flinks-client/package.json")).toHaveProperty("name", "flinks-client");
  expect(() => require.resolve("flinks-client/dist/index.cjs")).toThrow("is not defined by");
});

it.each(["mjs", "cjs"])("a stack of dist/index.%s leads to a source that ships", async (extension) => {
  const program = join(consumer, `stack.${extension}`);
  const get =
    extension === "mjs"
      ? 'import { createFlinksClient } from "flinks-client";'
      : 'const { createFlinksClient } = require("flinks-client");';
  await writeFile(program, `${get}\ntry { createFlinksClient({}); } catch ({ stack }) { console.log(stack); }`);
  const { stdout } = await promisify(execFile)(process.execPath, ["--enable-source-maps", program]);
  const [, file = "", line = ""] = /\((\S*src\/wrappers\/client\.ts):(\d+):\d+\)/.exec(stdout) ?? [];
  const source = await readFile(file, "utf8");
  expect(source.split("\n")[Number(line) - 1]).toContain("readOptions(options)");
});

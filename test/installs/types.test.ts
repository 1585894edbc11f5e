/** A user's program compiles against the tarball, whatever the project is set to. */
import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { compilers } from "./setup.ts";

type Compiler = keyof typeof compilers;
type Project = "esm" | "cjs";

/** Where `fetch`, `AbortSignal` and the like are declared. */
const globals = {
  "@types/node": { lib: ["ES2022"], types: ["node"] },
  DOM: { lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] },
  "DOM and @types/node": { lib: ["ES2022", "DOM", "DOM.Iterable"], types: ["node"] },
  "workers-types": { lib: ["ES2022"], types: ["@cloudflare/workers-types"] },
};

const consumer = inject("consumer");

beforeAll(async () => {
  for (const [project, type] of [
    ["esm", "module"],
    ["cjs", "commonjs"],
  ] as const) {
    await mkdir(join(consumer, project));
    await writeFile(join(consumer, project, "package.json"), JSON.stringify({ type }));
    await cp(join(import.meta.dirname, "programs/program.ts"), join(consumer, project, "program.ts"));
  }
  await cp(join(import.meta.dirname, "programs/required.cts"), join(consumer, "cjs/required.cts"));
});

/** What the compiler complains about. */
async function compile(compiler: Compiler, project: Project, options: object): Promise<string> {
  const files = project === "cjs" ? ["program.ts", "required.cts"] : ["program.ts"];
  const compilerOptions = { target: "ES2022", strict: true, noEmit: true, ...options };
  // Of its own, as some run at the same time.
  const config = join(consumer, project, `tsconfig.${crypto.randomUUID()}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  const tsc = join(consumer, "node_modules", `typescript-${compiler}`, "bin/tsc");
  return promisify(execFile)(process.execPath, [tsc, "-p", config]).then(
    ({ stdout }) => stdout,
    ({ stdout, message }) => stdout || message,
  );
}

const names = Object.keys(compilers) as Compiler[];

describe.each(names)("TypeScript %s", (compiler) => {
  describe.each(["node16", "nodenext", "bundler"])("moduleResolution %s", (moduleResolution) => {
    describe.each(["esm", "cjs"] as const)("%s", (project) => {
      const bundled = project === "esm" ? "esnext" : "preserve";
      const module = moduleResolution === "bundler" ? bundled : moduleResolution;

      it.concurrent.for(
        (["@types/node", "DOM"] as const).flatMap((name) =>
          [false, true].map((skipLibCheck) => [name, skipLibCheck] as const),
        ),
      )("%s, skipLibCheck %s", async ([name, skipLibCheck]) => {
        const options = { module, moduleResolution, skipLibCheck, ...globals[name] };
        expect(await compile(compiler, project, options)).toBe("");
      });
    });
  });

  it.concurrent.each(["DOM and @types/node", "workers-types"] as const)("%s", async (name) => {
    const options = { module: "nodenext", exactOptionalPropertyTypes: true, ...globals[name] };
    expect(await compile(compiler, "esm", options)).toBe("");
  });

  it("sees an error", async () => {
    const options = { module: "nodenext", lib: ["ES2022"], types: [] };
    expect(await compile(compiler, "esm", options)).toContain("AbortController");
  });
});

// Projects that never set moduleResolution have it as long as the compiler knows it.
it.concurrent.each(["5.4", "5.9", "6.0"] as const)("TypeScript %s, moduleResolution node10", async (compiler) => {
  const silenced = compiler === "6.0" ? { ignoreDeprecations: "6.0" } : {};
  const options = {
    module: "commonjs",
    moduleResolution: "node10",
    ...silenced,
    ...globals["@types/node"],
  };
  expect(await compile(compiler, "cjs", options)).toBe("");
});

import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
let copy: string;

/** A copy of what the generator reads and writes, so that the tests can spoil it. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "flinks-client-generate-"));
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  await cp(join(root, "package.json"), join(copy, "package.json"));
  await cp(join(root, "tsconfig.json"), join(copy, "tsconfig.json"));
});
afterAll(() => rm(copy, { recursive: true }));
beforeEach(async () => {
  for (const folder of ["openapi", "scripts", "src", "docs"]) {
    await rm(join(copy, folder), { recursive: true, force: true });
    await cp(join(root, folder), join(copy, folder), { recursive: true });
  }
});

async function generate(...flags: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [tsx, "scripts/generate.ts", ...flags],
      {
        cwd: copy,
      },
    );
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

const made = ["openapi/flinks.yaml", "src/generated/schema.ts", "src/generated/server.ts", "docs/errors.md"];

async function contents(): Promise<string[]> {
  return Promise.all(made.map((path) => readFile(join(copy, path), "utf8")));
}

async function replaceIn(path: string, from: string, to: string): Promise<void> {
  const before = await readFile(join(copy, path), "utf8");
  expect(before).toContain(from);
  await writeFile(join(copy, path), before.replace(from, to));
}

describe("npm run generate", () => {
  it("makes the same bytes again, from nothing", async () => {
    const before = await contents();
    for (const path of made) await rm(join(copy, path));
    const { code, output } = await generate();
    expect({ code, output }).toEqual({ code: 0, output: made.map((path) => `made ${path}\n`).join("") });
    expect(await contents()).toEqual(before);
    expect(await readdir(join(copy, "src/generated"))).toHaveLength(2);
  });

  it("--check is content with what is committed", async () => {
    expect(await generate("--check")).toEqual({ code: 0, output: "everything that is made is up to date\n" });
  });

  it.each(made)(
    "--check names %s when it was edited by hand, says what to do, and changes nothing",
    async (path) => {
      await appendFile(join(copy, path), "\n# by hand\n");
      const before = await contents();
      const { code, output } = await generate("--check");
      expect(code).toBe(1);
      expect(output).toMatch(`Stale or edited by hand: ${path}\n`);
      expect(output).toContain("Run `npm run generate` and commit what it writes.");
      expect(await contents()).toEqual(before);
    },
  );

  it("--check names all that is stale when the vendor's document changed, or a file is missing", async () => {
    await replaceIn("openapi/upstream/authorize.yaml", "Tag:", "Label:");
    await rm(join(copy, "docs/errors.md"));
    expect((await generate("--check")).output).toMatch(
      "Stale or edited by hand: openapi/flinks.yaml, src/generated/schema.ts, docs/errors.md\n",
    );
  });

  it("fails with the name of a correction whose target is gone", async () => {
    await replaceIn(
      "openapi/upstream/authorize.yaml",
      "    AuthorizeResponse203:\n",
      "    AuthorizeResponse204:\n",
    );
    await replaceIn(
      "openapi/upstream/authorize.yaml",
      "schemas/AuthorizeResponse203",
      "schemas/AuthorizeResponse204",
    );
    const { code, output } = await generate();
    expect(code).toBe(1);
    expect(output).toMatch(
      /^openapi\/corrections\.yaml: CHALLENGE-REQUIRED targets nothing in openapi\/upstream\//,
    );
  });

  it("fails when the document has no server with an instance", async () => {
    await replaceIn("openapi/upstream/authorize.yaml", "{instance}-api", "toolbox-api");
    expect((await generate()).output).toContain("one server whose URL has an {instance} is expected");
  });

  it("explains itself", async () => {
    expect((await generate("--help")).output).toMatch(/^Usage: npm run generate/);
    expect((await generate("--chekc")).code).toBe(1);
  });
});

it("each correction has a name and gives its evidence", async () => {
  const { parse } = await import("yaml");
  const { overlay, actions } = parse(await readFile(join(root, "openapi/corrections.yaml"), "utf8"));
  expect(overlay).toBe("1.0.0");
  const names = actions.map(({ description }: { description: string }) => {
    expect(description).toMatch(/^[A-Z][A-Z0-9-]+\. \S.{20}/s);
    return description.split(".", 1)[0];
  });
  expect(new Set(names).size).toBe(actions.length);
});

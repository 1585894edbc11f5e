/** What the pages name exists. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const guides = (await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
const pages = ["README.md", "SECURITY.md", "CONTRIBUTING.md", ...guides];

describe.each(pages)("%s", async (page) => {
  const text = await readFile(page, "utf8");

  it("names files of the project that exist", () => {
    const paths = text.match(/(?<![\w/.-])(?:src|scripts|test|openapi|docs)\/[\w./-]*\w/g) ?? [];
    expect([...new Set(paths)].filter((path) => !existsSync(path))).toEqual([]);
  });

  it("names commands that there are", async () => {
    const examples = (await readdir("examples", { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const packages = ["package.json", ...examples.map(({ name }) => `examples/${name}/package.json`)];
    const scripts = await Promise.all(packages.map(async (name) => JSON.parse(await readFile(name, "utf8")).scripts));
    const names = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => `${name}`);
    expect(names.filter((name) => !scripts.some((script) => Object.hasOwn(script, name)))).toEqual([]);
  });
});

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

  it("names commands that package.json has", async () => {
    const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
    const names = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => `${name}`);
    expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

/** What all examples have in common. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examples } from "./example.ts";

const names = (await readdir(examples, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const { version } = JSON.parse(await readFile("package.json", "utf8"));

describe.each(names)("%s", (name) => {
  const folder = join(examples, name);

  it("pins what it depends on, and has this version of the package", async () => {
    const { dependencies, devDependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    expect(dependencies["flinks-client"]).toBe(version);
    for (const pin of Object.values({ ...dependencies, ...devDependencies })) expect(pin).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("has its commands in its README", async () => {
    const readme = await readFile(join(folder, "README.md"), "utf8");
    const { scripts } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    expect(readme.split("\n").length).toBeLessThan(40);
    expect(readme).toContain("npm run sandbox");
    for (const [, script = ""] of readme.matchAll(/npm (?:run )?(?!install)(\w+)/g))
      expect(scripts).toHaveProperty(script);
  });

  // Without templates of pages, and the layout that Next.js asks for.
  it("has at most 120 lines of code", async () => {
    const files = await readdir(folder, { recursive: true });
    const left = /node_modules|\.next|next-env|layout\.tsx|\.spec\.|(?:^|\/)(?:views\/|sandbox\.ts$)/;
    const isCode = (file: string) => /\.(?:ts|tsx|js)$/.test(file) && !left.test(file);
    const code = await Promise.all(files.filter(isCode).map((file) => readFile(join(folder, file), "utf8")));
    const lines = code
      .join("\n")
      .split("\n")
      .filter((line) => !/^\s*(?:$|\/\/|\/\*|\*)/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(120);
  });
});

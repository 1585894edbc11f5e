/** What users get: the tarball's files, and maps that lead to them. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { pack, type Tarball } from "../scripts/runtimes/tarball.ts";

let tarball: Tarball;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-tarball-"));
  tarball = await pack(folder);
  return () => rm(folder, { recursive: true });
  // It builds.
}, 120_000);

/** Each has a module of both formats. `sandbox` only hands on, so that it has no map. */
const modules = ["index", "sandbox", "sandbox2", "sandbox-server", "operations"];
const types = ["index", "sandbox", "sandbox-server", "outcomes", "types"];
const built = [...modules.map((name) => `${name}.?js`), ...types.map((name) => `${name}.d.?ts`)]
  .flatMap((name) => [name.replace("?", "c"), name.replace("?", "m")])
  .concat("cli.mjs")
  .flatMap((name) => [`dist/${name}`, `dist/${name}.map`])
  .filter((name) => !/^dist\/sandbox\.[cm]js\.map$/.test(name));

it("holds what users need, and nothing else", async () => {
  const sources = await readdir("src", { recursive: true, withFileTypes: true });
  const expected = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    ...built,
    "docs/errors.md",
    "openapi/flinks.yaml",
    "package.json",
    // Without them the maps would lead nowhere.
    ...sources.filter(({ name }) => name.endsWith(".ts")).map(({ parentPath, name }) => posix.join(parentPath, name)),
  ];
  expect(tarball.files).toEqual(expected.sort());
  expect(tarball.files.filter((name) => name.startsWith("src/") && !name.endsWith(".ts"))).toEqual([]);
});

it.each(built.filter((name) => name.endsWith(".map")))("%s leads to files of the tarball", async (file) => {
  const { sources, sourcesContent } = JSON.parse(await readFile(file, "utf8"));
  expect(sources).not.toEqual([]);
  // What ships need not be repeated.
  expect(sourcesContent).toBeUndefined();
  for (const source of sources) expect(tarball.files).toContain(posix.join("dist", source));
  const code = await readFile(file.replace(/\.map$/, ""), "utf8");
  expect(code.trim().split("\n").at(-1)).toBe(`//# sourceMappingURL=${posix.basename(file)}`);
});

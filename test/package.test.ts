/** What users get: the tarball's files, and maps that lead to them. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { pack, type Tarball } from "./helpers/tarball.ts";

// Guides for maintainers stay behind.
const guides = (await readdir("docs")).filter((name) => !["performance.md", "regenerating.md"].includes(name));

let tarball: Tarball;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-tarball-"));
  tarball = await pack(folder);
  return () => rm(folder, { recursive: true });
  // It builds.
}, 120_000);

const built = () => tarball.files.filter((name) => name.startsWith("dist/"));

it("holds what users need, and nothing else", async () => {
  const sources = await readdir("src", { recursive: true, withFileTypes: true });
  const expected = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    ...guides.map((name) => `docs/${name}`),
    "openapi/flinks.yaml",
    "package.json",
    // Without them the maps would lead nowhere.
    ...sources.filter(({ name }) => name.endsWith(".ts")).map(({ parentPath, name }) => posix.join(parentPath, name)),
  ];
  expect(tarball.files.filter((name) => !built().includes(name))).toEqual(expected.sort());
  expect(built().filter((name) => !/\.(?:d\.)?[cm][jt]s(?:\.map)?$/.test(name))).toEqual([]);
});

it("has every file that package.json names", async () => {
  const { exports, bin } = JSON.parse(await readFile("package.json", "utf8"));
  const named = JSON.stringify([exports, bin]).match(/(?:\.\/)?dist\/[\w./-]+/g) ?? [];
  expect(named.length).toBeGreaterThan(20);
  for (const name of named) expect(tarball.files).toContain(posix.normalize(name));
});

it("has maps that lead to files of the tarball", async () => {
  const maps = built().filter((name) => name.endsWith(".map"));
  expect(maps.length).toBeGreaterThan(20);
  for (const file of maps) {
    const { sources, sourcesContent } = JSON.parse(await readFile(file, "utf8"));
    expect(sources).not.toEqual([]);
    // What ships need not be repeated.
    expect(sourcesContent).toBeUndefined();
    for (const source of sources) expect(tarball.files).toContain(posix.join("dist", source));
    const code = await readFile(file.replace(/\.map$/, ""), "utf8");
    expect(code.trim().split("\n").at(-1)).toBe(`//# sourceMappingURL=${posix.basename(file)}`);
  }
});

it("has the same FlinksWebhookError in both entries, and recognises that of the other format", async () => {
  const program = `
    import * as main from "flinks-client";
    import * as webhooks from "flinks-client/webhooks";
    const require = process.getBuiltinModule("node:module").createRequire(process.cwd() + "/");
    const required = { ...require("flinks-client"), webhooks: require("flinks-client/webhooks") };
    const error = new required.webhooks.FlinksWebhookError("", { code: "invalid_body" });
    console.log(JSON.stringify([
      main.FlinksWebhookError === webhooks.FlinksWebhookError,
      required.FlinksWebhookError === required.webhooks.FlinksWebhookError,
      main.FlinksWebhookError === required.FlinksWebhookError,
      error instanceof main.FlinksWebhookError,
      error instanceof main.FlinksApiError,
    ]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  expect(JSON.parse(stdout)).toEqual([true, true, false, true, false]);
});

it("has a createUndiciFetch that finds the undici that is installed, and says so if there is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "flinks-client-undici-"));
  const packages = join(folder, "node_modules");
  for (const name of ["package.json", "dist"])
    await cp(name, join(packages, "flinks-client", name), { recursive: true });
  const program = `
    import { createUndiciFetch as imported } from "flinks-client/undici";
    const require = process.getBuiltinModule("node:module").createRequire(process.cwd() + "/");
    const { createUndiciFetch: required } = require("flinks-client/undici");
    for (const createUndiciFetch of [imported, required]) {
      try {
        console.log(typeof createUndiciFetch());
      } catch (error) {
        console.log(error.name + ": " + error.message);
      }
    }`;
  const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { cwd: folder });
  const message =
    "FlinksUsageError: createUndiciFetch needs undici 6, 7 or 8. Run npm install undici, or pass a dispatcher.\n";
  expect((await run()).stdout).toBe(message.repeat(2));
  await symlink(resolve("node_modules/undici7"), join(packages, "undici"));
  expect((await run()).stdout).toBe("function\n".repeat(2));
  await rm(folder, { recursive: true });
});

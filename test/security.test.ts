/** Every promise of SECURITY.md has a test that runs: vitest collects it under the name that the page gives. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";

const page = await readFile("SECURITY.md", "utf8");
const promises = page.slice(page.indexOf("## Promises"), page.indexOf("## What is not promised"));
const rows = (promises.match(/^\| (?!promise|---).*$/gm) ?? []).map((row) => {
  const [, promise = "", file = "", name = ""] = /^\| (.+) \| `(\S+) › (.*)` \|$/.exec(row) ?? [];
  return { promise, file, name };
});

let collected: { name: string; file: string }[];

beforeAll(async () => {
  const files = [...new Set(rows.map(({ file }) => file))].filter((file) => file.endsWith(".test.ts"));
  const vitest = resolve("node_modules/vitest/vitest.mjs");
  const args = [vitest, "list", ...files, "--json", "--typecheck.enabled=false"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 100_000_000 });
  collected = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
}, 120_000);

it("makes its promises in tables", () => {
  expect(rows.length).toBeGreaterThan(30);
});

it.each(rows)("$promise", async ({ file, name }) => {
  // The suite that other runtimes run is not vitest's; CI runs it for each of them.
  if (!file.endsWith(".test.ts")) return expect(await readFile(file, "utf8")).toContain(`"${name}"`);
  const tests = collected.filter((test) => test.file === resolve(file) && test.name.includes(name));
  expect(tests.length).toBeGreaterThan(0);
});

/** No promise without a test: each that SECURITY.md names is there, under that name. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const page = await readFile("SECURITY.md", "utf8");
const promises = page.slice(page.indexOf("## Promises"), page.indexOf("## What is not promised"));
const rows = promises.match(/^\| (?!promise|---).*$/gm) ?? [];

describe("SECURITY.md", () => {
  it("makes its promises in tables", () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)("%s", async (row) => {
    const [, file = "", name = ""] = /\| `(\S+) › (.+)` \|$/.exec(row) ?? [];
    const source = await readFile(file, "utf8");
    expect(['"', "`"].some((quote) => source.includes(quote + name))).toBe(true);
  });
});

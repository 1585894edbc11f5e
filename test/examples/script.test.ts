import { expect, it } from "vitest";
import { installExample } from "./example.ts";

const example = await installExample("script");

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("prints balances", async () => {
  const lines = (await example.run("sandbox")).trim().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^[\w -]+: -?[\d.]+ [A-Z]{3}$/);
});

it("says what is missing without an environment", async () => {
  await expect(example.run("start")).rejects.toThrow("Is FLINKS_INSTANCE set?");
});

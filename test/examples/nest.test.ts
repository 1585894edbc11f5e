import { expect, it } from "vitest";
import { installExample } from "./example.ts";

const example = await installExample("nest");

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("passes its tests in Jest", async () => {
  expect(await example.run("test")).toMatch(/^Tests: +4 passed, 4 total$/m);
});

it("serves accounts", async () => {
  const { url, printed } = await example.start("sandbox");
  await expect.poll(printed).toContain("A login to try");
  const [, login] = /A login to try: (\S+)/.exec(printed()) ?? [];
  const response = await fetch(`${url}/logins/${login}/accounts`, { method: "POST" });
  expect(await response.json()).toEqual({ requestId: expect.any(String), accounts: expect.any(Array) });
});

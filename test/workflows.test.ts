import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { runtimes } from "../scripts/runtimes/catalogue.ts";

const folder = ".github/workflows";

it.each(readdirSync(folder))("%s pins its actions by commit, and may write only where it says so", (name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  for (const [, action] of text.matchAll(/uses: (.*)/g)) expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(parse(text).permissions).toEqual({ contents: "read" });
});

it("ci.yml has a job for each runtime", () => {
  const { jobs } = parse(readFileSync(`${folder}/ci.yml`, "utf8"));
  expect(jobs.runtimes.strategy.matrix.runtime).toEqual(runtimes.map(({ name }) => name));
});

import { execFileSync } from "node:child_process";
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

it("release.yml publishes the tarball that it tested, and what may publish runs nothing of the project", () => {
  const { jobs } = parse(readFileSync(`${folder}/release.yml`, "utf8"));
  expect(jobs.test.needs).toBe("pack");
  expect(jobs.publish.needs).toBe("test");
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const script of jobs.test.strategy.matrix.script) expect(scripts).toHaveProperty([script]);
  for (const { permissions, steps } of Object.values<Job>(jobs)) {
    const mayWrite = Object.values(permissions ?? {}).includes("write");
    const runs = steps.map(({ run, uses }) => `${run ?? uses}`).join("\n");
    if (mayWrite) expect(runs).not.toMatch(/npm (?:ci|install|run|pack)|checkout/);
  }
});

it("the notes of a release are its section in the changelog", () => {
  const notes = execFileSync(".ci/release-notes", ["0.2.0"], { encoding: "utf8" });
  expect(notes).toContain("createFlinksClient");
  expect(notes).not.toMatch(/^## /m);
  expect(() => execFileSync(".ci/release-notes", ["0.0.0"])).toThrow();
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

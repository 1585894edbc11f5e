import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { mockContract } from "./mock.ts";

const { cases, close } = await mockContract("openapi/flinks.yaml");
afterAll(close);

it.each(cases)("$name", ({ run }) => run());

it("has a case for each status of both operations", () => {
  const { paths } = parse(readFileSync("openapi/flinks.yaml", "utf8"));
  for (const [path, { post }] of Object.entries<{ post: { responses: object } }>(paths)) {
    for (const status of Object.keys(post.responses)) {
      const prefix = `${path.split("/").at(-1)} ${status}`;
      expect(cases.filter(({ name }) => name.startsWith(prefix))).not.toEqual([]);
    }
  }
});

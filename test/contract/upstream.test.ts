import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testContract } from "./contract.ts";
import { upstreamContract } from "./upstream.ts";

const contracts = readdirSync("openapi/upstream").map((file) => ({
  file,
  ...upstreamContract(`openapi/upstream/${file}`),
}));

// A document of operations that the client has no method for has no cases.
describe.each(contracts.filter(({ cases }) => cases.length > 0))("$file", testContract);

it("has cases for authorize", () => {
  const names = contracts.flatMap(({ cases }) => cases.map(({ name }) => name));
  expect(names).toContain("authorize 200");
});

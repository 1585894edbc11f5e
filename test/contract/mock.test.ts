import { expect, it } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testContract } from "./contract.ts";
import { readOperations } from "./document.ts";
import { mockContract } from "./mock.ts";
import { clientMethods } from "./outcomes.ts";

testContract(await mockContract("openapi/flinks.yaml"));

it("calls every method that the client has for an operation", () => {
  const flinks = createFlinksClient(createSandbox().options);
  const names = readOperations("openapi/flinks.yaml").map(({ id = "" }) => id);
  expect(names.filter((name) => Object.hasOwn(flinks, name)).sort()).toEqual(Object.keys(clientMethods).sort());
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { properties } from "./properties.ts";

// In short, with a seed that changes; a failure prints its seed. `npm run fuzz` goes on for longer.
it.each(properties)("$name", async ({ property }) => {
  await fc.assert(property, { numRuns: 500 });
  expect.assertions(0);
});

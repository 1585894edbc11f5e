import fc from "fast-check";
import { afterEach, beforeEach, it, vi } from "vitest";
import { properties } from "./accounts.ts";

// `npm run fuzz` sets the number. A failure prints its seed, which FUZZ_SEED repeats.
const { FUZZ_RUNS, FUZZ_SEED } = process.env;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each(properties)("$name", async ({ property }) => {
  await fc.assert(property, {
    numRuns: Number(FUZZ_RUNS ?? 500),
    ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }),
  });
});

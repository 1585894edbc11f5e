import fc from "fast-check";
import { it } from "vitest";
import { properties } from "./properties.ts";

// `npm run fuzz` sets the number. A failure prints its seed, which FUZZ_SEED repeats.
const { FUZZ_RUNS, FUZZ_SEED } = process.env;
const numRuns = Number(FUZZ_RUNS ?? 500);
if (!(numRuns > 0)) throw new Error(`FUZZ_RUNS is ${FUZZ_RUNS}, not a number above 0.`);
fc.configureGlobal({ numRuns, ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }) });

it.each(properties)("$name", async ({ property }) => {
  await fc.assert(property);
});

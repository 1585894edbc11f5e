import { defineConfig } from "vitest/config";

/**
 * The tests that mutants of src/wrappers are tried on: those that mirror it. Left out are those that are slow by what
 * they do (real time, new processes), which would multiply by the number of mutants.
 */
export default defineConfig({
  test: {
    include: ["test/wrappers/**/*.test.ts"],
    exclude: ["misbehaving-servers", "exits", "other-fetches"].map((name) => `test/wrappers/http/${name}.test.ts`),
    testTimeout: 5_000,
    // Loads each module once for all files. A mutant is switched on inside the module, so it needs no fresh one.
    isolate: false,
  },
});

import { defineConfig } from "vitest/config";

/**
 * The tests that mutants of src/ are tried on: those that mirror it. Left out are the two that are slow by
 * what they do (real time, new processes), which would multiply by the number of mutants.
 */
export default defineConfig({
  test: {
    include: ["test/wrappers/**/*.test.ts", "test/sandbox/**/*.test.ts"],
    exclude: ["test/wrappers/http/misbehaving-servers.test.ts", "test/wrappers/http/exits.test.ts"],
    testTimeout: 5_000,
  },
});

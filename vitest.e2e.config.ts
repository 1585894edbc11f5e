import { defineConfig } from "vitest/config";

/** What needs Chromium, Python and the built package: `npm run test:e2e`. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.test.ts"],
    // A browser starts within seconds, and slowly on a machine that does something else.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: "100%",
  },
});

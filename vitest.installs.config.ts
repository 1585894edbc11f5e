import { defineConfig } from "vitest/config";

/** What needs the package installed, and minutes: `npm run test:installs`. */
export default defineConfig({
  test: {
    include: ["test/installs/**/*.test.ts"],
    globalSetup: "test/installs/setup.ts",
    testTimeout: 120_000,
    // Each test is a compiler.
    maxConcurrency: 2,
    fileParallelism: false,
  },
});

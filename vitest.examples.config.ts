import { defineConfig } from "vitest/config";

/** What installs every example, and takes minutes: `npm run test:examples`. */
export default defineConfig({
  test: {
    include: ["test/examples/**/*.test.ts"],
    globalSetup: "test/examples/setup.ts",
    testTimeout: 120_000,
    // An install, and for Next.js a build.
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});

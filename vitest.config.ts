import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These take minutes: `npm run test:installs`, `npm run test:examples` and `npm run soak`. And this needs more than
    // Node: `npm run test:e2e`.
    exclude: ["test/installs/**", "test/examples/**", "test/soak/**", "test/e2e/**"],
    // The compiler takes seconds where it is used, and many on a machine that does something else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // By default one core is left to the editor, which on a machine of two is half of it.
    maxWorkers: "100%",
    typecheck: { enabled: true, include: ["test/types/**/*.test-d.ts"] },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // Made by the generator, and checked by `generate --check`; exports only; run as a process of its own.
      exclude: ["src/generated/**", "src/index.ts", "src/cli/index.ts"],
      reporter: ["text", "html"],
      thresholds: { branches: 100, lines: 100, functions: 99, statements: 99 },
    },
  },
});

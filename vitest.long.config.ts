import { defineConfig } from "vitest/config";

const { FUZZ_RUNS = "100000" } = process.env;

/** These take minutes: `npm run fuzz` and `npm run soak`. */
export default defineConfig({
  test: {
    reporters: ["verbose"],
    projects: [
      {
        test: {
          name: "fuzz",
          include: ["test/properties/*.test.ts"],
          env: { FUZZ_RUNS },
          testTimeout: 0,
        },
      },
      {
        test: {
          name: "soak",
          include: ["test/soak/*.test.ts"],
          globalSetup: "test/soak/server.ts",
          // `gc` shows what is still reachable.
          execArgv: ["--expose-gc"],
          testTimeout: 0,
        },
      },
    ],
  },
});

/**
 * Breaks src/wrappers in two and a half thousand ways and sees whether a test notices: `npm run mutation`, about an hour
 * on two cores. `npm run mutation -- --mutate src/wrappers/http/retry.ts` tries one file.
 *
 * Call nothing of src/ while tests are collected: a mutant that throws there takes the file's tests with it, and
 * Stryker's runner counts failed tests, not missing ones.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/wrappers/**/*.ts"],
  reporters: ["clear-text", "progress", "json", "html"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 10_000,
  tempDirName: ".stryker-tmp",
  thresholds: { high: 100, low: 97, break: 97 },
};

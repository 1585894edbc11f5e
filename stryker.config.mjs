/**
 * Breaks src/ in two thousand ways and sees whether a test notices: `npm run mutation`, some twenty minutes.
 *
 * Call nothing of src/ while tests are collected: a mutant that throws there takes the file's tests with it, and
 * Stryker's runner counts failed tests, not missing ones.
 *
 * The survivors, hardly any of which anybody could tell from the original:
 * - continuation.ts and token.ts, another name for what is asserted: the error is replaced at once. In
 *   continuation.ts another text for the one without prefix, too: neither can be decoded.
 * - exchange.ts, `unlisten` without `?.`: it is set where the promise is made; the compiler cannot know.
 * - exchange.ts, the range of statuses: what is outside is refused a room later, as the same kind of error.
 * - exchange.ts, a text of just the most characters, of a fetch without streams: one character more or less.
 * - exchange.ts, the first chunk copied, and room made anew for each: it takes longer.
 * - exchange.ts and cause.ts, an empty `catch`: it gives `undefined`, as the original does or as good as.
 * - exchange.ts, another text for a missing body: it is no JSON either, and holds no secret.
 * - http.ts, another text for a header that is `null`: any that can be sent passes.
 * - prefetch.ts, a text among the tokens kept: it has no age, so nobody gets it.
 * - redact.ts, readings beyond the most: the text is withheld all the same, later.
 * - redact.ts, escaped characters beyond ASCII: `formsOf` leaves them out, or takes the letter below, as of the secret.
 * - retry.ts, C's dates without their anchors: what is longer is no date for `Date.parse`.
 * - token.ts, something in `sent` beside the request: it has nothing to mask.
 * - wire.ts, the fields of what is no object: it has none.
 * - sandbox/api.ts, `opened.state` of a session that was asked: the code tells only the other two states apart.
 * - sandbox/index.ts, another text for a missing key: any that is no key is refused alike.
 * - sandbox/replies.ts, `FlinksCode: undefined`: JSON leaves it out.
 * - sandbox/state.ts, without the early return: a comparison with NaN is false as well.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/wrappers/**/*.ts", "src/sandbox/**/*.ts"],
  reporters: ["clear-text", "progress", "json", "html"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 4000,
  tempDirName: ".stryker-tmp",
  thresholds: { high: 100, low: 95, break: 95 },
};

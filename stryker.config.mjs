/**
 * Breaks src/ in two thousand ways and sees whether a test notices: `npm run mutation`, some twenty minutes.
 *
 * Call nothing of src/ while tests are collected: a mutant that throws there takes the file's tests with it, and
 * Stryker's runner counts failed tests, not missing ones.
 *
 * The survivors, hardly any of which anybody could tell from the original:
 * - options.ts, the loopback pattern without its `^`: URL accepts a host whose last label is a number only as a
 *   whole IPv4 address, so nothing can stand before `127.`.
 * - exchange.ts and retry.ts, `signal.reason` for `signal?.reason`: the listener runs only where there is a signal.
 * - exchange.ts and cause.ts, an empty `catch`: it gives `undefined`, as the original does or as good as.
 * - exchange.ts, the range of statuses: what is outside is refused a room later, as the same kind of error.
 * - exchange.ts, a text of just the most characters, of a fetch without streams: one character more or less.
 * - exchange.ts, another text for `deno`: only Deno can tell, in `npm run test:runtimes -- deno`.
 * - exchange.ts, another text for a missing body: it is no JSON either, and holds no secret.
 * - http.ts, another text for a header that is `null`: any that can be sent passes.
 * - challenge.ts, a list of something unreadable for no list: both are no challenge.
 * - continuation.ts, another text for the one without prefix: neither can be decoded, and the error is the same.
 * - redact.ts, no cut before the search: it takes longer, and the cut comes after it all the same.
 * - redact.ts, `?.` on a form: each has as many forms; it is for the compiler. Bytes decoded one by one: the
 *   decoder before it takes those together that belong together. `&lt` as nothing: the other signs tell.
 * - retry.ts, C's dates without their anchors: what is longer is no date for `Date.parse`.
 * - token.ts, another name for `Token`: it stands only in an error that the next line replaces.
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

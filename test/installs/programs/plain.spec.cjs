/** For Jest, whose tests have a realm of their own: another `Error`, another `Uint8Array`, Node's `fetch`. */
const flinks = require("flinks-client");
const sandbox = require("flinks-client/sandbox");
const { runSuite } = require("./suite.cjs");

test("the suite", async () => {
  const results = await runSuite({ ...flinks, ...sandbox }, process.env.SERVER);
  expect(results.length).toBeGreaterThan(20);
  expect(results.filter(({ problem }) => problem !== undefined)).toEqual([]);
}, 60_000);

test("errors are recognised after the modules were reset", async () => {
  const client = flinks.createFlinksClient({ ...sandbox.createSandbox().options });
  const error = await client.authorize({ LoginId: "no-such-login" }).catch((reason) => reason);
  jest.resetModules();
  const again = require("flinks-client");
  expect(again.FlinksApiError).not.toBe(flinks.FlinksApiError);
  expect(error).toBeInstanceOf(again.FlinksApiError);
  expect(error).not.toBeInstanceOf(again.FlinksUsageError);
  expect(error).toBeInstanceOf(Error);
});

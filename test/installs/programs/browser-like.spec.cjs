/** For Jest's jsdom environment, which has no fetch, Request, Response, TextDecoder, structuredClone or URL.canParse. */
const { createFlinksClient } = require("flinks-client");
const { createSandbox } = require("flinks-client/sandbox");

test("lacks what these tests are about", () => {
  for (const name of ["fetch", "Response", "TextDecoder", "structuredClone"]) expect(globalThis[name]).toBeUndefined();
});

test("a session with MFA, and its accounts", async () => {
  const sandbox = createSandbox({ random: () => 0 });
  const flinks = createFlinksClient({ ...sandbox.options });
  const request = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
  const outcome = await flinks.authorizeWithMfa(request, () => ({ "What city were you born in?": "Montreal" }));
  expect(outcome.status).toBe("authorized");
  const { data } = await flinks.getAccountsSummary({ RequestId: outcome.requestId });
  expect(data.Accounts.length).toBeGreaterThan(0);
});

test("a missing fetch is named, and is not a failed connection", async () => {
  const flinks = createFlinksClient({ instance: "toolbox", customerId: "c", secretKey: "k" });
  await expect(flinks.generateAuthorizeToken()).rejects.toMatchObject({
    name: "FlinksUsageError",
    message: expect.stringContaining("fetch"),
  });
});

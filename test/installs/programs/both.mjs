/** A program that loads the package twice: `import` here, `require` in a dependency. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as imported from "flinks-client";
import { createSandbox } from "flinks-client/sandbox";

const require = createRequire(import.meta.url);
const required = require("flinks-client");
const sandbox = createSandbox();

async function errorOf(call) {
  return call.then(
    () => assert.fail("An error was expected."),
    (error) => error,
  );
}

for (const [made, other] of [
  [imported, required],
  [required, imported],
]) {
  assert.notEqual(made.FlinksApiError, other.FlinksApiError, "Only one copy was loaded.");
  const { createFlinksClient } = made;

  const refused = await errorOf(createFlinksClient({ ...sandbox.options }).authorize({ LoginId: "unknown" }));
  assert(refused instanceof other.FlinksApiError);
  assert(refused instanceof other.FlinksError);
  assert(!(refused instanceof other.FlinksUsageError));

  const silent = { ...sandbox.options, fetch: () => new Promise(() => {}), timeoutMs: 1, retry: false };
  const late = await errorOf(createFlinksClient(silent).authorize({ LoginId: "unknown" }));
  assert(late instanceof other.FlinksTimeoutError);
  assert(late instanceof other.FlinksConnectionError);
  assert(!(late instanceof other.FlinksApiError));

  // What one copy opened, the other goes on with.
  const { loginIds, options } = createSandbox({ random: () => 0 });
  const open = await createFlinksClient(options).authorize({ LoginId: loginIds.greatday });
  const answers = { "What city were you born in?": "Montreal" };
  const done = await other.createFlinksClient(options).answerChallenge(open, answers);
  assert.equal(done.status, "authorized");
}

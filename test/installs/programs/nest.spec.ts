/** For ts-jest, as a NestJS project has it: TypeScript that becomes CommonJS. */
import { createFlinksClient, FlinksApiError, FlinksConnectionError, FlinksError } from "flinks-client";
import { createSandbox } from "flinks-client/sandbox";

const sandbox = createSandbox({ random: () => 0 });
const client = createFlinksClient({ ...sandbox.options });

test("an outcome", async () => {
  const outcome = await client.authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
  expect(outcome.status).toBe("authorized");
});

test("an error", async () => {
  const call = client.authorize({ LoginId: sandbox.loginIds.test_disabled_account });
  await expect(call).rejects.toThrow(FlinksApiError);
  await expect(call).rejects.toMatchObject({ code: "DISABLED_LOGIN" });
  await expect(call).rejects.toBeInstanceOf(FlinksError);
  await expect(call).rejects.not.toBeInstanceOf(FlinksConnectionError);
});

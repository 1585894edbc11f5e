/** Runs the Worker against the sandbox instead of a Flinks instance. */
import { createSandbox } from "flinks-client/sandbox";
import { createSandboxServer } from "flinks-client/sandbox/server";

const sandbox = createSandbox({ random: () => 0 });
const { options } = await createSandboxServer({ sandbox });
Object.assign(process.env, {
  FLINKS_BASE_URL: options.baseUrl,
  FLINKS_CUSTOMER_ID: options.customerId,
  FLINKS_SECRET_KEY: options.secretKey,
  FLINKS_API_KEY: options.apiKey,
  FLINKS_LOGIN_ID: sandbox.loginIds.greatday,
});
await import("./local.ts");

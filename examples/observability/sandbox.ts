/** Runs the program against the sandbox instead of a Flinks instance. One request fails and is repeated. */
import { createSandbox } from "flinks-client/sandbox";
import { createSandboxServer } from "flinks-client/sandbox/server";

const sandbox = createSandbox({ faults: [{ operation: "getAccountsSummary", fault: "html" }] });
const { options, close } = await createSandboxServer({ sandbox });
Object.assign(process.env, {
  FLINKS_BASE_URL: options.baseUrl,
  FLINKS_CUSTOMER_ID: options.customerId,
  FLINKS_SECRET_KEY: options.secretKey,
  FLINKS_API_KEY: options.apiKey,
  FLINKS_LOGIN_ID: sandbox.loginIds.greatday_nomfa,
});
await import("./balances.ts");
await close();

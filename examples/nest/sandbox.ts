/** Runs the server against the sandbox instead of a Flinks instance. */
import { createSandbox } from "flinks-client/sandbox";
import { createSandboxServer } from "flinks-client/sandbox/server";

async function main() {
  const sandbox = createSandbox();
  const { options } = await createSandboxServer({ sandbox });
  Object.assign(process.env, {
    FLINKS_BASE_URL: options.baseUrl,
    FLINKS_CUSTOMER_ID: options.customerId,
    FLINKS_SECRET_KEY: options.secretKey,
    FLINKS_API_KEY: options.apiKey,
  });
  await import("./main.ts");
  console.log(`A login to try: ${sandbox.loginIds.greatday_nomfa}`);
}
main();

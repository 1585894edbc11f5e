import { trace } from "@opentelemetry/api";
import { createFlinksClient } from "flinks-client";
import { log, observe } from "./observe.ts";
import { shutdown } from "./telemetry.ts";

const { FLINKS_BASE_URL: baseUrl, FLINKS_INSTANCE: instance, FLINKS_LOGIN_ID: LoginId = "" } = process.env;
const flinks = createFlinksClient({
  ...(baseUrl ? { baseUrl } : { instance }),
  customerId: process.env.FLINKS_CUSTOMER_ID,
  secretKey: process.env.FLINKS_SECRET_KEY,
  apiKey: process.env.FLINKS_API_KEY,
  onExchange: observe,
});

await trace.getTracer("app").startActiveSpan("refresh balances", async (span) => {
  try {
    const outcome = await flinks.authorize({ LoginId });
    if (outcome.status === "mfa_required") return log.warn("The bank has a question for the user.");
    const { Accounts } = await flinks.waitForAccountsSummary({ RequestId: outcome.requestId });
    log.info({ accounts: Accounts.length }, "Balances refreshed");
  } catch (error) {
    // Safe to log: no error of the client shows a secret.
    log.error(error);
    process.exitCode = 1;
  } finally {
    span.end();
  }
});
await shutdown();

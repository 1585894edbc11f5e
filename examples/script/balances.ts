import { createFlinksClient } from "flinks-client";

const { FLINKS_BASE_URL: baseUrl, FLINKS_INSTANCE: instance, FLINKS_LOGIN_ID: LoginId = "" } = process.env;
const flinks = createFlinksClient({
  ...(baseUrl ? { baseUrl } : { instance }),
  customerId: process.env.FLINKS_CUSTOMER_ID,
  secretKey: process.env.FLINKS_SECRET_KEY,
  apiKey: process.env.FLINKS_API_KEY,
});

const outcome = await flinks.authorize({ LoginId });
if (outcome.status === "mfa_required") throw new Error("The bank has a question for the user. See the example web.");
const { Accounts } = await flinks.waitForAccountsSummary({ RequestId: outcome.requestId });
for (const { Title, Balance, Currency } of Accounts) console.log(`${Title}: ${Balance?.Current} ${Currency}`);

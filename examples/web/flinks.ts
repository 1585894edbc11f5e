import { createFlinksClient } from "flinks-client";
import { connectOrigin } from "flinks-client/connect";

const { FLINKS_BASE_URL: baseUrl, FLINKS_CONNECT_URL: connectUrl, FLINKS_INSTANCE: instance } = process.env;

export const flinks = createFlinksClient({
  ...(baseUrl ? { baseUrl, connectUrl } : { instance }),
  customerId: process.env.FLINKS_CUSTOMER_ID,
  secretKey: process.env.FLINKS_SECRET_KEY,
  apiKey: process.env.FLINKS_API_KEY,
});

/** The only origin whose messages the page listens to. */
export const origin = connectOrigin(baseUrl ? { connectUrl } : { instance });

/** Whether Flinks Connect offers the test institution. Only the toolbox does. */
export const demo = instance === "toolbox";

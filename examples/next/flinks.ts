import { createFlinksClient, type FlinksClient } from "flinks-client";

let client: FlinksClient | undefined;

/** Created by the first request: `next build` loads every module, in an environment without keys. */
export function flinks(): FlinksClient {
  const { FLINKS_BASE_URL: baseUrl, FLINKS_CONNECT_URL: connectUrl, FLINKS_INSTANCE: instance } = process.env;
  client ??= createFlinksClient({
    ...(baseUrl ? { baseUrl, connectUrl } : { instance }),
    customerId: process.env.FLINKS_CUSTOMER_ID,
    secretKey: process.env.FLINKS_SECRET_KEY,
    apiKey: process.env.FLINKS_API_KEY,
  });
  return client;
}

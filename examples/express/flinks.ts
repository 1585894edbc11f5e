import { createFlinksClient } from "flinks-client";

const { FLINKS_BASE_URL: baseUrl, FLINKS_INSTANCE: instance } = process.env;

export const flinks = createFlinksClient({
  ...(baseUrl ? { baseUrl } : { instance }),
  customerId: process.env.FLINKS_CUSTOMER_ID,
  secretKey: process.env.FLINKS_SECRET_KEY,
  apiKey: process.env.FLINKS_API_KEY,
});

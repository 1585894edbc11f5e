import { expect } from "vitest";
import { customerId } from "../helpers/client.ts";
import { testContract } from "./contract.ts";
import { proxyContract } from "./proxy.ts";

const { cases, start } = proxyContract("openapi/flinks.yaml");

testContract({
  cases: [...cases, { name: "the proxy refuses a request that the document does not allow", run: sendNumberAsLoginId }],
  start,
});

async function sendNumberAsLoginId(baseUrl: string): Promise<void> {
  const url = `${baseUrl}/v3/${customerId}/BankingServices/Authorize`;
  const headers = { "content-type": "application/json", "flinks-auth-key": "t" };
  const response = await fetch(url, { method: "POST", headers, body: '{"LoginId":7}' });
  expect(response.status).toBe(422);
}

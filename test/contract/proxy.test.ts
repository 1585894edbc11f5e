import { afterAll, expect, it } from "vitest";
import { customerId } from "../helpers/client.ts";
import { proxyContract } from "./proxy.ts";

const { baseUrl, cases, close } = await proxyContract("openapi/flinks.yaml");
afterAll(close);

it.each(cases)("$name", ({ run }) => run());

it("the proxy itself would notice a request that the document does not allow", async () => {
  const url = `${baseUrl}/v3/${customerId}/BankingServices/Authorize`;
  const headers = { "content-type": "application/json", "flinks-auth-key": "t" };
  const response = await fetch(url, { method: "POST", headers, body: '{"LoginId":7}' });
  expect(response.status).toBe(422);
});

import "reflect-metadata";
import type { INestApplication } from "@nestjs/common";
import { Test } from "@nestjs/testing";
import { createFlinksClient } from "flinks-client";
import { createSandbox } from "flinks-client/sandbox";
import { AppModule } from "./app.module.ts";
import { FLINKS } from "./flinks.module.ts";

const city = "What city were you born in?";
const sandbox = createSandbox({
  random: () => 0,
  faults: [{ operation: "getAccountsSummary", times: 3, fault: "html" }],
});
const { loginIds } = sandbox;
let app: INestApplication;
let url: string;

beforeAll(async () => {
  const retry = { retries: 2, minDelayMs: 1, maxDelayMs: 1 };
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(FLINKS)
    .useValue(createFlinksClient({ ...sandbox.options, retry }))
    .compile();
  app = module.createNestApplication({ logger: false });
  await app.listen(0, "127.0.0.1");
  url = await app.getUrl();
});
afterAll(() => app.close());

async function post(path: string, body?: object) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/logins/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
}

test("a gateway's page becomes 502", async () => {
  const error = await post(`${loginIds.greatday_nomfa}/accounts`);
  expect(error).toEqual({ statusCode: 502, error: "invalid_response" });
});

test("a login without MFA leads to its accounts", async () => {
  const { accounts } = await post(`${loginIds.greatday_nomfa}/accounts`);
  expect(accounts).toContainEqual(expect.objectContaining({ Currency: "CAD" }));
});

test("questions are answered with a second request", async () => {
  const { requestId, questions } = await post(`${loginIds.greatday}/accounts`);
  expect(questions).toEqual([expect.objectContaining({ prompt: city })]);
  const answers = `${loginIds.greatday}/accounts/${requestId}/answers`;
  expect(await post(answers, {})).toEqual({ statusCode: 422, error: "invalid_answers" });
  expect(await post(answers, { [city]: "Montreal" })).toEqual({ requestId, accounts: expect.any(Array) });
  expect(await post(answers, { [city]: "Montreal" })).toMatchObject({ statusCode: 404 });
});

test("a login that the bank has disabled becomes 409, with who has to act", async () => {
  const error = await post(`${loginIds.test_disabled_account}/accounts`);
  expect(error).toEqual({ statusCode: 409, error: "DISABLED_LOGIN", action: "contact_institution" });
});

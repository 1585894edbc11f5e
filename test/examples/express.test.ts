import { expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { installExample } from "./example.ts";

const example = await installExample("express");
const { url, printed } = await example.start("sandbox");

async function post(path: string, body?: object) {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text) : undefined };
}

const city = "What city were you born in?";

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("asks with one response, and takes the answer with another request", async () => {
  const asked = await post("/sessions");
  expect(asked.json).toEqual({
    challenge: expect.any(String),
    questions: [{ prompt: city, type: "QuestionAndAnswer", choices: [], answerUnder: "prompt" }],
    rejected: false,
  });
  const answers = (text: string, challenge: string = asked.json.challenge) =>
    post(`/challenges/${challenge}/answers`, { answers: { [city]: text } });

  const empty = await post(`/challenges/${asked.json.challenge}/answers`, { answers: {} });
  expect(empty).toMatchObject({ status: 422, json: { error: "invalid_answers", prompts: [city] } });
  const wrong = await answers("Atlantis");
  expect(wrong).toMatchObject({ status: 200, json: { rejected: true } });
  const right = await answers("Montreal", wrong.json.challenge);
  expect(right).toMatchObject({ status: 201, json: { requestId: expect.any(String) } });
  expect(await answers("Montreal")).toMatchObject({ status: 404 });
  expect(printed()).not.toMatch(/Montreal|Atlantis/);
});

it("sends an answer once, although the browser sends it twice", async () => {
  const { json } = await post("/sessions");
  const answer = () => post(`/challenges/${json.challenge}/answers`, { answers: { [city]: "Montreal" } });
  const [one, other] = await Promise.all([answer(), answer()]);
  expect([one.status, other.status].sort()).toEqual([201, 404]);
});

it("does not call a malformed request a failure of the bank", async () => {
  const response = await fetch(`${url}/challenges/1/answers`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"answers": Montreal}`,
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toBe("Bad Request");
  expect(printed()).not.toContain("Montreal");
});

it("keeps the question for a request without answers", async () => {
  const { json } = await post("/sessions");
  const path = `/challenges/${json.challenge}/answers`;
  expect((await fetch(url + path, { method: "POST" })).status).toBe(422);
  expect(await post(path, { answers: { [city]: "Montreal" } })).toMatchObject({ status: 201 });
});

it("says what the user has to do when the bank refuses for good", async () => {
  let { json } = await post("/sessions");
  for (let tries = 0; json.challenge; tries++) {
    expect(tries).toBeLessThan(5);
    ({ json } = await post(`/challenges/${json.challenge}/answers`, { answers: { [city]: "Atlantis" } }));
  }
  expect(json).toEqual({ error: "INVALID_SECURITY_RESPONSE_NO_RETRY", action: "start_over" });
});

it("reads webhooks, and refuses those with another signature", async () => {
  const { deliverWebhook, loginIds } = createSandbox();
  const webhook = { secret: "whsec-of-the-sandbox", loginId: loginIds.greatday };
  const accounts = async () => JSON.parse(await (await fetch(`${url}/accounts`)).text()).accounts;
  expect(await accounts()).toEqual([]);
  expect(await deliverWebhook(`${url}/webhooks/flinks`, { ...webhook, secret: "another" })).toBe(401);
  expect(await accounts()).toEqual([]);
  expect(await deliverWebhook(`${url}/webhooks/flinks`, webhook)).toBe(200);
  expect(await accounts()).toContainEqual(expect.objectContaining({ Currency: "CAD" }));
});

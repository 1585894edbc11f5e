import { expect, it, vi } from "vitest";
import { installExample } from "./example.ts";

const example = await installExample("hono-workers");
const { url, printed } = await example.start("sandbox");
const city = "What city were you born in?";

async function send(method: string, path: string, body?: object) {
  const response = await fetch(url + path, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  // A continuation is JSON in base64.
  expect(text).not.toMatch(/continuation|eyJ/);
  return { status: response.status, json: JSON.parse(text) };
}

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("keeps the session in KV, and waits in a queue", async () => {
  const { json: asked } = await send("POST", "/sessions");
  expect(asked).toMatchObject({ status: "mfa_required", questions: [{ prompt: city }] });
  const first = `/sessions/${asked.id}/rounds/${asked.round}/answers`;
  expect(await send("POST", first, { [city]: "Atlantis" })).toMatchObject({ json: { round: 2 } });
  // A second click that is late.
  expect(await send("POST", first, { [city]: "Atlantis" })).toMatchObject({ status: 404 });
  const answers = `/sessions/${asked.id}/rounds/2/answers`;

  const malformed = await fetch(url + answers, { method: "POST", body: `{"${city}": Montreal}` });
  expect(malformed.status).toBe(422);
  expect(printed()).not.toContain("Montreal");
  expect(await send("POST", answers, {})).toMatchObject({ status: 422, json: { prompts: [city] } });
  expect(await send("POST", answers, { [city]: "Montreal" })).toMatchObject({ json: { status: "pending" } });
  expect(await send("POST", answers, { [city]: "Montreal" })).toMatchObject({ status: 404 });

  const accounts = `/sessions/${asked.id}/accounts`;
  expect(await send("GET", accounts)).toEqual({ status: 202, json: { status: "pending" } });
  const ready = await vi.waitUntil(
    async () => {
      const { status, json } = await send("GET", accounts);
      return status === 200 && json;
    },
    { timeout: 60_000, interval: 500 },
  );
  expect(ready.accounts).toContainEqual(expect.objectContaining({ Currency: "CAD" }));
});

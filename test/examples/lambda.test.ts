import { expect, it, vi } from "vitest";
import { installExample } from "./example.ts";

const example = await installExample("lambda");
const { url, printed } = await example.start("sandbox");

async function send(method: string, path: string, body?: object) {
  const before = performance.now();
  const response = await fetch(url + path, { method, ...(body && { body: JSON.stringify(body) }) });
  const json = JSON.parse(await response.text());
  // Every request is answered at once, however long the work takes.
  expect(performance.now() - before).toBeLessThan(5_000);
  return { status: response.status, json };
}

async function settled(path: string) {
  return vi.waitUntil(
    async () => {
      const { json } = await send("GET", path);
      return !["queued", "running"].includes(json.status) && json;
    },
    { timeout: 60_000, interval: 200 },
  );
}

const city = "What city were you born in?";

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("starts, hands over, and is polled until the accounts are there", async () => {
  const started = await send("POST", "/refreshes");
  expect(started.status).toBe(202);
  const path = `/refreshes/${started.json.id}`;
  const asked = await settled(path);
  expect(asked).toEqual({ status: "mfa_required", round: 1, questions: [expect.objectContaining({ prompt: city })] });

  await send("POST", `${path}/answers`, { round: 1, answers: {} });
  expect(await settled(path)).toEqual(asked);
  await send("POST", `${path}/answers`, { round: 1, answers: { [city]: "Montreal" } });
  const ready = await settled(path);
  expect(ready).toEqual({ status: "ready", accounts: expect.any(Array) });
  expect(ready.accounts).toContainEqual(expect.objectContaining({ Currency: "CAD" }));
});

it("takes one of two answers that are sent at once, and none that is late or not JSON", async () => {
  const { json } = await send("POST", "/refreshes");
  const path = `/refreshes/${json.id}`;
  await settled(path);
  for (const body of ["Montreal", "null", '{"round":1}']) {
    expect((await fetch(`${url}${path}/answers`, { method: "POST", body })).status).toBe(400);
  }
  expect(printed()).not.toContain("Montreal");
  const answer = (round: number, text: string) => send("POST", `${path}/answers`, { round, answers: { [city]: text } });
  const [one, other] = await Promise.all([answer(1, "Atlantis"), answer(1, "Atlantis")]);
  expect([one.status, other.status].sort()).toEqual([202, 404]);
  expect(await settled(path)).toMatchObject({ status: "mfa_required", round: 2 });
  expect(await answer(1, "Atlantis")).toMatchObject({ status: 404 });
  expect(await answer(2, "Montreal")).toMatchObject({ status: 202 });
  expect(await settled(path)).toMatchObject({ status: "ready" });
});

it("answers for what does not exist", async () => {
  expect(await send("GET", "/refreshes/unknown")).toEqual({ status: 404, json: {} });
});

/** A Prism mock of the vendor's document as it is, uncorrected: what others test against works as well. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { customerId, loginId } from "../helpers/client.ts";
import { type Prism, startMock } from "../helpers/prism.ts";

let prism: Prism;
beforeAll(async () => {
  prism = await startMock("openapi/upstream/authorize.yaml");
});
afterAll(() => prism.close());

function authorize(status: number) {
  const flinks = createFlinksClient({
    baseUrl: prism.baseUrl,
    customerId,
    authorizeToken: "t",
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set("prefer", `code=${status}`);
      const response = await fetch(url, { ...init, headers });
      // Of the answers it does have complaints: the vendor's examples break the vendor's formats.
      expect(response.headers.get("sl-violations") ?? "").not.toContain('"location":["request"');
      return response;
    },
  });
  return flinks.authorize({ LoginId: loginId });
}

it("reads its 200", async () => {
  expect(await authorize(200)).toMatchObject({
    status: "authorized",
    requestId: expect.any(String),
    session: { Institution: "FlinksCapital" },
  });
});

it("reads its 203, whose challenges have prompts for keys", async () => {
  const outcome = await authorize(203);
  if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
  expect(outcome.challenge.questions.length).toBeGreaterThan(0);
  for (const question of outcome.challenge.questions) {
    expect(question).toEqual({
      prompt: expect.any(String),
      type: "QuestionAndAnswer",
      choices: expect.arrayContaining([expect.any(String)]),
    });
  }
});

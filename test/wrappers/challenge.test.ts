import { describe, expect, it } from "vitest";
import { FlinksResponseError } from "../../src/index.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

async function questionsFrom(SecurityChallenges: unknown) {
  const server = await startServerWith({ status: 203, body: { RequestId: requestId, SecurityChallenges } });
  const outcome = await clientOf(server).authorize({ LoginId: loginId });
  return outcome.status === "mfa_required" ? outcome.challenge.questions : undefined;
}

describe("questions as they travel", () => {
  it.each([
    "QuestionAndAnswer",
    "MultipleChoice",
    "MultipleChoiceMultipleAnswers",
    "ImageSelection",
    "TextOrCall",
    "SomethingNew",
    "constructor",
  ])("%s", async (Type) => {
    expect(await questionsFrom([{ Type, Prompt: "Which?", Iterables: ["a", "b"] }])).toEqual([
      { type: Type, prompt: "Which?", choices: ["a", "b"] },
    ]);
  });

  it("has no choices where Iterables are absent, null or empty", async () => {
    const common = { Type: "QuestionAndAnswer", Prompt: "?" };
    expect(
      await questionsFrom([common, { ...common, Iterables: null }, { ...common, Iterables: [] }]),
    ).toEqual(Array(3).fill({ type: "QuestionAndAnswer", prompt: "?", choices: [] }));
  });

  it("keeps a prompt character for character", async () => {
    for (const Prompt of [
      "",
      " Deux  espaces ",
      "Où êtes-vous né ?",
      "__proto__",
      "constructor",
      "a.b[0]\u0000\ud83c",
    ]) {
      expect(await questionsFrom([{ Type: "QuestionAndAnswer", Prompt }])).toMatchObject([
        { prompt: Prompt },
      ]);
    }
  });
});

it("reads two hundred thousand questions, as no bank asks them", async () => {
  const asked = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`q${at}`, []]));
  expect(await questionsFrom([asked])).toHaveLength(200_000);
});

it("names the institution if the answer does", async () => {
  const asked = { RequestId: requestId, SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: "?" }] };
  for (const [names, institution] of [
    [{ InstitutionName: "Name", Institution: "Id" }, { institution: "Name" }],
    [{ InstitutionName: "", Institution: "Id" }, { institution: "Id" }],
    [{ Institution: 7 }, {}],
    [{}, {}],
  ]) {
    const server = await startServerWith({ status: 203, body: { ...asked, ...names } });
    const outcome = await clientOf(server).authorize({ LoginId: loginId });
    expect(outcome.status === "mfa_required" && outcome.challenge).toStrictEqual({
      ...institution,
      requestId,
      questions: [{ prompt: "?", type: "QuestionAndAnswer", choices: [] }],
      round: 1,
      receivedAt: expect.any(String),
    });
  }
});

it("that is an error's empty list of challenges is no challenge", async () => {
  const body = { FlinksCode: "INVALID_SECURITY_RESPONSE", RequestId: requestId, SecurityChallenges: [] };
  const server = await startServerWith({ status: 401, body });
  const error = await errorOf(clientOf(server).authorize({ LoginId: loginId }));
  expect(error).not.toHaveProperty("challenge");
});

describe("questions in the documented form", () => {
  it("are free text, what stands in the array being suggestions", async () => {
    expect(await questionsFrom([{ "What city?": ["Montreal"], "What shape?": [] }, { "Who?": [] }])).toEqual([
      { type: "QuestionAndAnswer", prompt: "What city?", choices: ["Montreal"] },
      { type: "QuestionAndAnswer", prompt: "What shape?", choices: [] },
      { type: "QuestionAndAnswer", prompt: "Who?", choices: [] },
    ]);
  });

  it("may have prompts that are named like the fields of the other form", async () => {
    expect(await questionsFrom([{ Type: [], Prompt: ["x"] }])).toMatchObject([
      { prompt: "Type" },
      { prompt: "Prompt" },
    ]);
  });

  it("may have the prompt __proto__", async () => {
    const server = await startServerWith({
      status: 203,
      headers: { "content-type": "application/json" },
      body: `{"RequestId":"${requestId}","SecurityChallenges":[{"__proto__":["x"]}]}`,
    });
    const outcome = await clientOf(server).authorize({ LoginId: loginId });
    expect(outcome).toMatchObject({ challenge: { questions: [{ prompt: "__proto__", choices: ["x"] }] } });
  });
});

it.each([
  ["no type", { Prompt: "What city?" }, ""],
  ["null for its type", { Type: null, Prompt: "What city?" }, ""],
  ["choices that are no strings", { Type: "New", Prompt: "What city?", Iterables: [1, {}] }, "New"],
  ["choices that are no list", { Type: "New", Prompt: "What city?", Iterables: "a" }, "New"],
])("a question with %s can be answered all the same", async (_, item, type) => {
  expect(await questionsFrom([item])).toEqual([{ prompt: "What city?", type, choices: [] }]);
});

it.each([
  ["null", null],
  ["a string", "What city?"],
  ["an array", [["x"]]],
  ["an empty object", {}],
  ["a prompt that is no string", { Type: "QuestionAndAnswer", Prompt: 7 }],
])("refuses the whole challenge for %s in it: the rest alone would use up a try", async (_, item) => {
  const good = { Type: "QuestionAndAnswer", Prompt: "What city?" };
  await errorOfClass(FlinksResponseError, questionsFrom([good, item]));
});

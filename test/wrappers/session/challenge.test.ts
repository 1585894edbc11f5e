import { describe, expect, it } from "vitest";
import { FlinksResponseError } from "../../../src/index.ts";
import { askedBy } from "../../helpers/api.ts";
import { clientOf, errorOfClass, loginId, requestId } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { challenge, question } from "../../helpers/wire.ts";

/** The challenge that these items of `SecurityChallenges` become. */
async function read(items: readonly unknown[], fields: object = {}) {
  const server = await startServerWith(challenge(items, fields));
  return (await askedBy(clientOf(server).authorize({ LoginId: loginId }))).challenge;
}

describe("a question as it travels", () => {
  it.each([
    ["QuestionAndAnswer", undefined, [], "prompt"],
    ["QuestionAndAnswer", null, [], "prompt"],
    ["QuestionAndAnswer", [], [], "prompt"],
    ["QuestionAndAnswer", ["First pet?", "First car?"], ["First pet?", "First car?"], "choice"],
    ["TextOrCall", ["•••-1234", ""], ["•••-1234", ""], "choice"],
    ["TextOrCall", [], [], "prompt"],
    ["MultipleChoice", ["a", "b"], ["a", "b"], "prompt"],
    ["MultipleChoiceMultipleAnswers", ["a", 7, 1.5], ["a", "7", "1.5"], "prompt"],
    ["ImageSelection", ["iVBORw0KGgo="], ["iVBORw0KGgo="], "prompt"],
    ["SomethingNew", ["a"], ["a"], "prompt"],
    ["constructor", ["a"], ["a"], "prompt"],
    ["", ["a"], ["a"], "prompt"],
  ])("returns %s with %j as choices %j, answered under the %s", async (Type, Iterables, choices, answerUnder) => {
    const { questions } = await read([{ Type, Prompt: "Which?", Iterables }]);
    expect(questions).toEqual([{ prompt: "Which?", type: Type, choices, answerUnder }]);
  });

  it.each(["", " Deux  espaces ", "Où êtes-vous né ?", "__proto__", "constructor", "a.b[0]\u0000\ud83c"])(
    "returns the prompt %j character for character",
    async (prompt) => {
      expect((await read([question(prompt)])).questions).toMatchObject([{ prompt }]);
    },
  );

  it.each([[{ Prompt: "Which?" }], [{ Type: null, Prompt: "Which?" }], [{ Type: 7, Prompt: "Which?" }]])(
    "returns %j with an empty type",
    async (item) => {
      expect((await read([item])).questions).toMatchObject([{ prompt: "Which?", type: "" }]);
    },
  );
});

describe("a question in the documented form", () => {
  it("returns each prompt as free text, and the list as suggestions", async () => {
    const { questions } = await read([{ "What city?": ["Montreal"], "What shape?": [] }, { "Which number?": [7] }]);
    const common = { type: "QuestionAndAnswer", answerUnder: "prompt" };
    expect(questions).toEqual([
      { prompt: "What city?", choices: ["Montreal"], ...common },
      { prompt: "What shape?", choices: [], ...common },
      { prompt: "Which number?", choices: ["7"], ...common },
    ]);
  });

  it.each(["Type", "Prompt", "Iterables", "__proto__", "constructor"])("returns the prompt %s", async (prompt) => {
    const { questions } = await read([JSON.parse(`{"${prompt}":["x"]}`)]);
    expect(questions).toMatchObject([{ prompt, choices: ["x"] }]);
  });

  it("returns 150 000 questions", async () => {
    const item = Object.fromEntries(Array.from({ length: 150_000 }, (_, at) => [`q${at}`, []]));
    expect((await read([item])).questions).toHaveLength(150_000);
  });
});

describe("a challenge", () => {
  it.each([
    [{ InstitutionName: "Name", Institution: "Id" }, { institution: "Name" }],
    [{ InstitutionName: "", Institution: "Id" }, { institution: "Id" }],
    [{ InstitutionName: null, Institution: 7 }, {}],
    [{}, {}],
  ])("with %j has %j and nothing else that is optional", async (fields, institution) => {
    expect(await read([question("?")], fields)).toStrictEqual({
      ...institution,
      requestId,
      questions: [{ prompt: "?", type: "QuestionAndAnswer", choices: [], answerUnder: "prompt" }],
      round: 1,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it("says when it was received", async () => {
    const before = Date.now();
    const receivedAt = Date.parse((await read([question()])).receivedAt);
    expect(receivedAt).toBeGreaterThanOrEqual(before);
    expect(receivedAt).toBeLessThanOrEqual(Date.now());
  });

  const choices = (Iterables: unknown) => question("Which?", { Type: "MultipleChoice", Iterables });

  // The rest alone would use up one of the user's attempts.
  it.each<[string, unknown]>([
    ["null", null],
    ["a string", "What city?"],
    ["an array", [["x"]]],
    ["an empty object", {}],
    ["a prompt that is a number", { Type: "QuestionAndAnswer", Prompt: 7 }],
    ["a prompt that is null", { Type: null, Prompt: null, Iterables: null }],
    ["choices that are a string", choices("abc")],
    ["choices that are an object", choices({ 0: "a" })],
    ["a choice that is an object", choices(["a", { text: "b" }])],
    ["a choice that is null", choices(["a", null])],
    ["a choice that is true", choices(["a", true])],
    ["suggestions that are a string", { "What city?": "Montreal" }],
    ["suggestions with an object", { "What city?": ["Montreal", {}] }],
  ])("rejects every question if one has %s", async (_, item) => {
    const error = await errorOfClass(FlinksResponseError, read([question(), item]));
    expect(error).toMatchObject({ code: "invalid_response", status: 203, bodyExcerpt: "" });
    expect(error.message).toMatch(/^Authorize returned HTTP 203 with an MFA challenge without usable questions/);
  });
});

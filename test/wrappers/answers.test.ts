import { describe, expect, it } from "vitest";
import { FlinksUsageError, type MfaQuestion } from "../../src/index.ts";
import { sealContinuation } from "../../src/wrappers/continuation.ts";
import { clientOf, errorOfClass, requestId, secrets } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

async function answer(questions: MfaQuestion[], answers: unknown) {
  const server = await startServerWith({ body: { RequestId: requestId } });
  const challenge = { requestId, questions, round: 1, receivedAt: "2026-01-01T00:00:00.000Z" };
  const call = clientOf(server).answerChallenge(
    { challenge, continuation: sealContinuation({ token: secrets.token, fields: {} }) },
    answers as Record<string, string>,
  );
  return { call, received: server.received };
}

const choices = ["Circle", "Triangle"];
const question = (type: string, given: string[] = []): MfaQuestion => ({
  prompt: "Q?",
  type,
  choices: given,
});

describe("answers that fit", () => {
  it.each([
    ["QuestionAndAnswer", [], "free text", ["free text"]],
    ["QuestionAndAnswer", [], ["free text"], ["free text"]],
    ["QuestionAndAnswer", choices, "no suggestion", ["no suggestion"]],
    ["QuestionAndAnswer", [], " kept as it is ", [" kept as it is "]],
    ["MultipleChoice", choices, "Circle", ["Circle"]],
    ["MultipleChoice", [], "nothing to choose from", ["nothing to choose from"]],
    ["MultipleChoiceMultipleAnswers", choices, ["Circle", "Triangle"], ["Circle", "Triangle"]],
    ["MultipleChoiceMultipleAnswers", choices, "Circle", ["Circle"]],
    ["ImageSelection", choices, ["Triangle"], ["Triangle"]],
    ["TextOrCall", ["Text", "Call"], "Text", ["Text"]],
    ["SomethingNew", choices, ["whatever", "it", "takes"], ["whatever", "it", "takes"]],
    ["constructor", [], "x", ["x"]],
    ["NotMultipleChoice", choices, ["whatever", "it takes"], ["whatever", "it takes"]],
    ["TextOrCallOrMail", choices, ["whatever", "it takes"], ["whatever", "it takes"]],
  ])("%s with %j takes %j", async (type, given, value, sent) => {
    const { call, received } = await answer([question(type, given)], { "Q?": value });
    await call;
    expect(received[0]?.json.SecurityResponses).toEqual({ "Q?": sent });
  });

  it("to a prompt that is asked twice is one", async () => {
    const { call, received } = await answer([question("QuestionAndAnswer"), question("QuestionAndAnswer")], {
      "Q?": "x",
    });
    await call;
    expect(received[0]?.json.SecurityResponses).toEqual({ "Q?": ["x"] });
  });
});

describe("answers that do not fit are refused unsent, by prompt and unseen", () => {
  const secret = secrets.answer;

  it.each<[string, MfaQuestion[], unknown, string[], string]>([
    [
      "missing",
      [question("QuestionAndAnswer")],
      {},
      ["Q?"],
      '"Q?" needs an answer: a string, or an array of strings',
    ],
    [
      "undefined",
      [question("QuestionAndAnswer")],
      { "Q?": undefined },
      ["Q?"],
      '"Q?" needs an answer: a string, or an array of strings',
    ],
    ["empty", [question("QuestionAndAnswer")], { "Q?": "" }, ["Q?"], "needs an answer"],
    ["blank", [question("SomethingNew")], { "Q?": [secret, "  "] }, ["Q?"], "needs an answer"],
    ["none in a list", [question("SomethingNew")], { "Q?": [] }, ["Q?"], "needs an answer"],
    ["null", [question("QuestionAndAnswer")], { "Q?": null }, ["Q?"], "needs an answer"],
    ["a number", [question("QuestionAndAnswer")], { "Q?": 7 }, ["Q?"], "needs an answer"],
    ["numbers", [question("SomethingNew")], { "Q?": [7] }, ["Q?"], "needs an answer"],
    ["two for one", [question("QuestionAndAnswer")], { "Q?": [secret, "b"] }, ["Q?"], "takes one answer"],
    ["no choice", [question("MultipleChoice", choices)], { "Q?": secret }, ["Q?"], "takes only its choices"],
    [
      "one choice and one other",
      [question("MultipleChoiceMultipleAnswers", choices)],
      { "Q?": ["Circle", secret] },
      ["Q?"],
      "takes only its choices",
    ],
    [
      "an image that is none",
      [question("ImageSelection", choices)],
      { "Q?": [secret] },
      ["Q?"],
      "takes only its choices",
    ],
    [
      "a re-cased choice",
      [question("TextOrCall", choices)],
      { "Q?": "circle" },
      ["Q?"],
      "takes only its choices",
    ],
    [
      "two of one choice",
      [question("MultipleChoice", choices)],
      { "Q?": choices },
      ["Q?"],
      "takes one answer",
    ],
    [
      "a choice twice",
      [question("ImageSelection", choices)],
      { "Q?": ["Circle", "Circle"] },
      ["Q?"],
      "the same answer twice",
    ],
    [
      "a re-cased prompt",
      [question("QuestionAndAnswer")],
      { "q?": secret },
      ["Q?"],
      "keys that are no prompts, character for character: 1",
    ],
    [
      "one too many",
      [question("QuestionAndAnswer")],
      { "Q?": secret, constructor: secret },
      [],
      "keys that are no prompts, character for character: 1",
    ],
    [
      "prompt and answer in each other's place",
      [question("QuestionAndAnswer")],
      { [secret]: "Q?", [`${secret} and more`]: "Q?" },
      ["Q?"],
      "keys that are no prompts, character for character: 2",
    ],
  ])("%s", async (_, questions, answers, prompts, message) => {
    const { call, received } = await answer(questions, answers);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.prompts).toEqual(prompts);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(secret);
    expect(received).toEqual([]);
  });

  it.each([undefined, null, "Montreal", ["Montreal"]])("%j are no answers", async (answers) => {
    const { call } = await answer([question("QuestionAndAnswer")], answers);
    expect((await errorOfClass(FlinksUsageError, call)).message).toMatch(/^The answers must be an object\.$/);
  });

  it("whatever is at fault, the message is whole", async () => {
    const { call } = await answer([question("QuestionAndAnswer")], {});
    expect((await errorOfClass(FlinksUsageError, call)).message).toBe(
      'The answers do not fit the challenge: "Q?" needs an answer: a string, or an array of strings.',
    );
  });

  it("all faults are told at once", async () => {
    const questions = ["a", "b", "c"].map((prompt) => ({ ...question("QuestionAndAnswer"), prompt }));
    const { call } = await answer(questions, { b: "x", d: "y" });
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.prompts).toEqual(["a", "c"]);
    expect(error.message).toBe(
      'The answers do not fit the challenge: "a" needs an answer: a string, or an array of strings; "c" needs an ' +
        "answer: a string, or an array of strings; keys that are no prompts, character for character: 1.",
    );
  });
});

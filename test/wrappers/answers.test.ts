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
    ["missing", [question("QuestionAndAnswer")], {}, ["Q?"], '"Q?" has no answer'],
    ["undefined", [question("QuestionAndAnswer")], { "Q?": undefined }, ["Q?"], '"Q?" has no answer'],
    ["empty", [question("QuestionAndAnswer")], { "Q?": "" }, ["Q?"], '"Q?" has an empty answer'],
    ["blank", [question("SomethingNew")], { "Q?": [secret, "  "] }, ["Q?"], '"Q?" has an empty answer'],
    ["none in a list", [question("SomethingNew")], { "Q?": [] }, ["Q?"], '"Q?" has an empty answer'],
    ["null", [question("QuestionAndAnswer")], { "Q?": null }, ["Q?"], "not null"],
    ["a number", [question("QuestionAndAnswer")], { "Q?": 7 }, ["Q?"], "not a number"],
    ["numbers", [question("SomethingNew")], { "Q?": [7] }, ["Q?"], "not an array of other things"],
    [
      "two for one",
      [question("QuestionAndAnswer")],
      { "Q?": [secret, "b"] },
      ["Q?"],
      "takes one answer, not 2",
    ],
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
      "takes one answer, not 2",
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
      "1 of the keys is no prompt of this challenge (they are compared character for character)",
    ],
    [
      "one too many",
      [question("QuestionAndAnswer")],
      { "Q?": secret, constructor: secret },
      [],
      "1 of the keys is no prompt of this challenge",
    ],
    [
      "prompt and answer in each other's place",
      [question("QuestionAndAnswer")],
      { [secret]: "Q?", [`${secret} and more`]: "Q?" },
      ["Q?"],
      "2 of the keys are no prompts of this challenge",
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
    expect((await errorOfClass(FlinksUsageError, call)).message).toMatch(
      /^The answers must be an object, not /,
    );
  });

  it("whatever is at fault, the message is whole", async () => {
    const { call } = await answer([question("QuestionAndAnswer")], {});
    expect((await errorOfClass(FlinksUsageError, call)).message).toBe(
      'The answers do not fit the challenge, and nothing was sent: "Q?" has no answer.',
    );
  });

  it("all faults are told at once", async () => {
    const questions = ["a", "b", "c"].map((prompt) => ({ ...question("QuestionAndAnswer"), prompt }));
    const { call } = await answer(questions, { b: "x", d: "y" });
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.prompts).toEqual(["a", "c"]);
    expect(error.message).toBe(
      'The answers do not fit the challenge, and nothing was sent: "a" has no answer; "c" has no answer; ' +
        "1 of the keys is no prompt of this challenge (they are compared character for character).",
    );
  });
});

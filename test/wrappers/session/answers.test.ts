import { describe, expect, it } from "vitest";
import { FlinksUsageError, type MfaAnswers, type OpenChallenge } from "../../../src/index.ts";
import { askedBy } from "../../helpers/api.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, question, session } from "../../helpers/wire.ts";

/** Asks these questions, and answers them. */
async function answer(questions: readonly object[], answers: unknown) {
  const server = await startServerWith(challenge(questions), session());
  const flinks = clientOf(server);
  const open = await askedBy(flinks.authorize({ LoginId: loginId }));
  const call = () => flinks.answerChallenge(open, answers as MfaAnswers);
  return { call, received: server.received };
}

const ask = (Type: string, Iterables?: unknown, prompt = "Q?") => question(prompt, { Type, Iterables });
const shapes = ["Circle", "Triangle"];
const numbers = ["•••-1234", "•••-5678"];

describe("answers that fit", () => {
  it.each<[string, unknown, unknown, unknown]>([
    ["QuestionAndAnswer", [], { "Q?": "free text" }, { "Q?": ["free text"] }],
    ["QuestionAndAnswer", [], { "Q?": ["free text"] }, { "Q?": ["free text"] }],
    ["QuestionAndAnswer", [], { "Q?": " kept as it is " }, { "Q?": [" kept as it is "] }],
    ["QuestionAndAnswer", ["Pet?", "Car?"], { "Car?": "Beetle" }, { "Car?": ["Beetle"] }],
    ["QuestionAndAnswer", ["Pet?", "Car?"], { "Q?": "Beetle" }, { "Q?": ["Beetle"] }],
    ["QuestionAndAnswer", ["Pet?", ""], { "": "Beetle" }, { "": ["Beetle"] }],
    ["TextOrCall", numbers, { "•••-5678": "Text" }, { "•••-5678": ["Text"] }],
    ["TextOrCall", numbers, { "Q?": "Call" }, { "Q?": ["Call"] }],
    ["TextOrCall", [], { "Q?": "Call" }, { "Q?": ["Call"] }],
    ["MultipleChoice", shapes, { "Q?": "Circle" }, { "Q?": ["Circle"] }],
    ["MultipleChoice", [1, 2], { "Q?": "2" }, { "Q?": ["2"] }],
    ["MultipleChoice", ["", "  "], { "Q?": "" }, { "Q?": [""] }],
    ["MultipleChoice", [], { "Q?": "anything" }, { "Q?": ["anything"] }],
    ["MultipleChoiceMultipleAnswers", shapes, { "Q?": shapes }, { "Q?": shapes }],
    ["MultipleChoiceMultipleAnswers", shapes, { "Q?": "Circle" }, { "Q?": ["Circle"] }],
    ["ImageSelection", ["iVBORw0KGgo=", "R0lGODlh"], { "Q?": ["R0lGODlh"] }, { "Q?": ["R0lGODlh"] }],
    ["ImageSelection", ["iVBORw0KGgo=", "R0lGODlh"], { "Q?": ["R0lGODlh", "iVBORw0KGgo="] }, expect.anything()],
    ["SomethingNew", shapes, { "Q?": ["a", "b", "c"] }, { "Q?": ["a", "b", "c"] }],
    ["NotMultipleChoice", shapes, { "Q?": ["a", "b"] }, { "Q?": ["a", "b"] }],
    ["constructor", [], { "Q?": "x" }, { "Q?": ["x"] }],
  ])("are sent for %s with choices %j: %j", async (type, choices, answers, sent) => {
    const { call, received } = await answer([ask(type, choices)], answers);
    await call();
    expect(received[1]?.json.SecurityResponses).toEqual(sent);
  });

  it("are sent to several questions in one call, character for character", async () => {
    const prompts = [
      "",
      "what_city",
      "What City",
      "Où ? ",
      "__proto__",
      "constructor",
      'a"b\\c',
      "\u0000",
      "\ud83d\ude00",
    ];
    const answers = Object.fromEntries(prompts.map((prompt, at) => [prompt, `answer ${at}`]));
    const { call, received } = await answer(
      prompts.map((prompt) => question(prompt)),
      answers,
    );
    await call();
    expect(Object.entries(received[1]?.json.SecurityResponses)).toEqual(
      prompts.map((prompt, at) => [prompt, [`answer ${at}`]]),
    );
    expect(received).toHaveLength(2);
  });

  it("are sent once to a prompt that is asked twice", async () => {
    const { call, received } = await answer([question("Q?"), question("Q?")], { "Q?": "x" });
    await call();
    expect(received[1]?.json.SecurityResponses).toEqual({ "Q?": ["x"] });
  });
});

describe("answers that do not fit", () => {
  const secret = secrets.answer;
  const needsAnswer = '"Q?" needs an answer';
  const noMatch = (count: number) => `${count} of the keys match no prompt or choice, character for character`;

  it.each<[string, object, unknown, string[], string]>([
    ["a missing answer", ask("QuestionAndAnswer"), {}, ["Q?"], needsAnswer],
    ["a missing choice", ask("TextOrCall", numbers), {}, ["Q?"], `${needsAnswer}, under one of its choices`],
    ["undefined", ask("QuestionAndAnswer"), { "Q?": undefined }, ["Q?"], needsAnswer],
    ["null", ask("QuestionAndAnswer"), { "Q?": null }, ["Q?"], `${needsAnswer} that is a string`],
    ["a number", ask("QuestionAndAnswer"), { "Q?": 7 }, ["Q?"], `${needsAnswer} that is a string`],
    ["numbers", ask("SomethingNew"), { "Q?": [secret, 7] }, ["Q?"], `${needsAnswer} that is a string`],
    ["lists in a list", ask("SomethingNew"), { "Q?": [[secret]] }, ["Q?"], `${needsAnswer} that is a string`],
    ["an empty list", ask("SomethingNew"), { "Q?": [] }, ["Q?"], `${needsAnswer} that is a string`],
    ["an empty answer", ask("QuestionAndAnswer"), { "Q?": "" }, ["Q?"], `${needsAnswer} that is not blank`],
    ["a blank answer", ask("SomethingNew"), { "Q?": [secret, "  "] }, ["Q?"], `${needsAnswer} that is not blank`],
    ["two for one", ask("QuestionAndAnswer"), { "Q?": [secret, "b"] }, ["Q?"], '"Q?" takes one answer'],
    ["two choices for one", ask("MultipleChoice", shapes), { "Q?": shapes }, ["Q?"], '"Q?" takes one answer'],
    ["text and call", ask("TextOrCall", numbers), { "•••-1234": ["Text", "Call"] }, ["Q?"], '"Q?" takes one answer'],
    [
      "two keys for one",
      ask("TextOrCall", numbers),
      { "•••-1234": "Text", "•••-5678": "Call" },
      ["Q?"],
      '"Q?" takes one answer, under one key',
    ],
    [
      "prompt and choice as keys",
      ask("QuestionAndAnswer", ["Pet?"]),
      { "Q?": secret, "Pet?": secret },
      ["Q?"],
      '"Q?" takes one answer, under one key',
    ],
    ["an unknown choice", ask("MultipleChoice", shapes), { "Q?": secret }, ["Q?"], '"Q?" takes only its choices'],
    ["a re-cased choice", ask("MultipleChoice", shapes), { "Q?": "circle" }, ["Q?"], '"Q?" takes only its choices'],
    [
      "one choice and one other",
      ask("MultipleChoiceMultipleAnswers", shapes),
      { "Q?": ["Circle", secret] },
      ["Q?"],
      '"Q?" takes only its choices',
    ],
    ["another image", ask("ImageSelection", shapes), { "Q?": [secret] }, ["Q?"], '"Q?" takes only its choices'],
    [
      "a choice twice",
      ask("ImageSelection", shapes),
      { "Q?": ["Circle", "Circle"] },
      ["Q?"],
      '"Q?" has the same answer twice',
    ],
    ["a re-cased prompt", ask("QuestionAndAnswer"), { "q?": secret }, ["Q?"], noMatch(1)],
    ["a key too many", ask("QuestionAndAnswer"), { "Q?": secret, constructor: secret }, [], noMatch(1)],
    ["a choice as the key", ask("MultipleChoice", shapes), { Circle: secret }, ["Q?"], noMatch(1)],
    [
      "swapped keys and answers",
      ask("QuestionAndAnswer"),
      { [secret]: "Q?", [`${secret}!`]: "Q?" },
      ["Q?"],
      noMatch(2),
    ],
  ])("rejects %s by prompt, without showing or sending it", async (_, asked, answers, prompts, message) => {
    const { call, received } = await answer([asked], answers);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error).toMatchObject({ code: "invalid_answers", prompts });
    expect(error.message).toContain(message);
    expect(stringsOn(error).join()).not.toContain(secret);
    expect(received).toHaveLength(1);
  });

  it.each([undefined, null, "Montreal", ["Montreal"]])("rejects %j as answers", async (answers) => {
    const { call } = await answer([question()], answers);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error).toMatchObject({ code: "invalid_answers", message: "The answers must be an object." });
  });

  it("rejects all faults in one sentence", async () => {
    const { call } = await answer(
      ["a", "b", "c"].map((prompt) => question(prompt)),
      { b: "x", c: 7, d: "y" },
    );
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.prompts).toEqual(["a", "c"]);
    expect(error.message).toMatch(
      /^The answers do not fit the challenge: "a" [^;]*; "c" [^;]*; 1 of the keys [^;]*\.$/,
    );
  });
});

describe("answerChallenge", () => {
  /** Changes the outcome of a call that asked, before it is answered. */
  async function reject(change: (open: OpenChallenge) => unknown) {
    const server = await startServerWith(challenge(), session());
    const flinks = clientOf(server);
    const open = await askedBy(flinks.authorize({ LoginId: loginId }));
    const call = flinks.answerChallenge(change(open) as OpenChallenge, { "What city were you born in?": "Montreal" });
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.code).toBe("invalid_answers");
    expect(server.received).toHaveLength(1);
    return error;
  }

  it.each([undefined, null, "c", []])("rejects %j instead of a challenge and its continuation", async (open) => {
    await reject(() => open);
  });

  it.each([undefined, null, "c", []])("rejects the challenge %j", async (given) => {
    const error = await reject(({ continuation }) => ({ challenge: given, continuation }));
    expect(error.message).toContain("challenge must be an object");
  });

  it.each([undefined, null, 0, -1, 1.5, "1", 2_147_483_648])("rejects a challenge of round %j", async (round) => {
    const error = await reject(({ challenge, continuation }) => ({ challenge: { ...challenge, round }, continuation }));
    expect(error.message).toContain("challenge.round must be a whole number from 1");
  });

  const asked = {
    prompt: "What city were you born in?",
    type: "QuestionAndAnswer",
    choices: [],
    answerUnder: "prompt",
  };
  const hole = [asked, asked];
  delete hole[0];

  it.each<[string, object]>([
    ["without a requestId", { requestId: undefined }],
    ["without questions", { questions: undefined }],
    ["with an empty list of questions", { questions: [] }],
    ["with questions that are text", { questions: "?" }],
    ["with a question that is text", { questions: [asked, "?"] }],
    ["with a question that is null", { questions: [asked, null] }],
    ["with a hole in its questions", { questions: hole }],
    ["with a question without a prompt", { questions: [{ ...asked, prompt: undefined }] }],
    ["with a question without a type", { questions: [{ ...asked, type: 1 }] }],
    ["with a question without choices", { questions: [{ ...asked, choices: null }] }],
    ["with a choice that is a number", { questions: [{ ...asked, choices: [1] }] }],
  ])("rejects a challenge %s", async (_, fields) => {
    const error = await reject(({ challenge, continuation }) => ({
      challenge: { ...challenge, ...fields },
      continuation,
    }));
    expect(error.message).toContain("challenge must have the requestId and questions that it had in the outcome");
  });
});

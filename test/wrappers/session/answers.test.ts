import { describe, expect, it } from "vitest";
import { FlinksUsageError, type MfaAnswers, type OpenChallenge } from "../../../src/index.ts";
import { askedBy } from "../../helpers/api.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, question, session } from "../../helpers/wire.ts";

const ask = (Type = "QuestionAndAnswer", Iterables: unknown[] = [], prompt = "Q?") =>
  question(prompt, { Type, Iterables });

/** Asks these questions; `call` answers them. */
async function open(questions: object[], answers: unknown, change = (open: OpenChallenge): unknown => open) {
  const { baseUrl, received } = await startServerWith(challenge(questions), session());
  const flinks = clientOf({ baseUrl });
  const given = change(await askedBy(flinks.authorize({ LoginId: loginId }))) as OpenChallenge;
  return { call: () => flinks.answerChallenge(given, answers as MfaAnswers), received };
}

const shapes = ["Circle", "Triangle"];
const images = ["iVBORw0KGgo=", "R0lGODlh"];
const phones = ["•••-1234", "•••-5678"];
const secret = secrets.answer;

describe("answers that fit", () => {
  it.each<[string, unknown[], MfaAnswers, object?]>([
    ["QuestionAndAnswer", [], { "Q?": "free text" }],
    ["QuestionAndAnswer", [], { "Q?": ["free text"] }],
    ["QuestionAndAnswer", [], { "Q?": " kept as it is " }],
    ["QuestionAndAnswer", ["Pet?", "Car?"], { "Car?": "Beetle" }],
    ["QuestionAndAnswer", ["Pet?", "Car?"], { "Q?": "Beetle" }],
    ["QuestionAndAnswer", ["Pet?", ""], { "": "Beetle" }],
    ["TextOrCall", phones, { "•••-5678": "Text" }],
    ["TextOrCall", phones, { "Q?": "Call" }],
    ["TextOrCall", [], { "Q?": "Call" }],
    ["MultipleChoice", shapes, { "Q?": "Circle" }],
    ["MultipleChoice", [1, 2], { "Q?": "2" }],
    ["MultipleChoice", ["", "  "], { "Q?": "" }],
    ["MultipleChoice", [], { "Q?": "nothing to choose from" }],
    ["MultipleChoiceMultipleAnswers", shapes, { "Q?": shapes }],
    ["MultipleChoiceMultipleAnswers", shapes, { "Q?": "Circle" }],
    ["ImageSelection", images, { "Q?": images }],
    ["ImageSelection", images, { "Q?": "R0lGODlh" }],
    ["SomethingNew", shapes, { "Q?": ["a", "b", "c"] }],
    ["NotMultipleChoice", shapes, { "Q?": ["a", "b"] }],
    ["constructor", [], { "Q?": "x" }],
  ])("are sent for %s with %j: %j", async (type, choices, answers) => {
    const { call, received } = await open([ask(type, choices)], answers);
    await call();
    const sent = Object.entries(answers).map(([key, value]) => [key, [value].flat()]);
    expect(received[1]?.json.SecurityResponses).toEqual(Object.fromEntries(sent));
  });

  it("are sent to several questions in one call, character for character", async () => {
    const prompts = ["", "city", "City", "Où ? ", "__proto__", "constructor", 'a"b\\c', "\u0000", "\ud83d\ude00"];
    const answers = prompts.map((prompt, at) => [prompt, `answer ${at}`] as const);
    const questions = prompts.map((prompt) => question(prompt));
    const { call, received } = await open(questions, Object.fromEntries(answers));
    await call();
    expect(Object.entries(received[1]?.json.SecurityResponses)).toEqual(answers.map(([key, text]) => [key, [text]]));
    expect(received).toHaveLength(2);
  });

  it("are sent once to a prompt that is asked twice", async () => {
    const { call, received } = await open([ask(), ask()], { "Q?": "x" });
    await call();
    expect(received[1]?.json.SecurityResponses).toEqual({ "Q?": ["x"] });
  });
});

describe("answers that do not fit", () => {
  const unmatched = "keys that match no prompt or choice, character for character: 1";

  it.each<[string, object, unknown, string]>([
    ["a missing answer", ask(), {}, '"Q?" needs an answer.'],
    ["undefined", ask(), { "Q?": undefined }, '"Q?" needs an answer that is a string'],
    ["a missing choice", ask("TextOrCall", phones), {}, '"Q?" needs an answer, under one of its choices'],
    ["null", ask(), { "Q?": null }, '"Q?" needs an answer that is a string'],
    ["a number", ask(), { "Q?": 7 }, '"Q?" needs an answer that is a string'],
    ["numbers", ask("SomethingNew"), { "Q?": [secret, 7] }, '"Q?" needs an answer that is a string'],
    ["lists in a list", ask("SomethingNew"), { "Q?": [[secret]] }, '"Q?" needs an answer that is a string'],
    ["an empty list", ask("SomethingNew"), { "Q?": [] }, '"Q?" needs an answer that is a string'],
    ["an empty answer", ask(), { "Q?": "" }, '"Q?" needs an answer that is not blank'],
    ["a blank answer", ask("SomethingNew"), { "Q?": [secret, "  "] }, '"Q?" needs an answer that is not blank'],
    ["two for one", ask(), { "Q?": [secret, "b"] }, '"Q?" takes one answer'],
    ["two choices for one", ask("MultipleChoice", shapes), { "Q?": shapes }, '"Q?" takes one answer'],
    ["text and call", ask("TextOrCall", phones), { "•••-1234": ["Text", "Call"] }, '"Q?" takes one answer'],
    ["two phones", ask("TextOrCall", ["1", "2"]), { 1: "Text", 2: "Call" }, '"Q?" takes one answer, under one key'],
    ["prompt and choice", ask(undefined, ["1"]), { "Q?": secret, 1: "a" }, '"Q?" takes one answer, under one key'],
    ["another choice", ask("MultipleChoice", shapes), { "Q?": secret }, '"Q?" takes only its choices'],
    ["a re-cased choice", ask("MultipleChoice", shapes), { "Q?": "circle" }, '"Q?" takes only its choices'],
    ["another image", ask("ImageSelection", images), { "Q?": [secret] }, '"Q?" takes only its choices'],
    ["one of two", ask("MultipleChoiceMultipleAnswers", ["a"]), { "Q?": ["a", secret] }, '"Q?" takes only its choices'],
    ["a choice twice", ask("ImageSelection", ["a"]), { "Q?": ["a", "a"] }, '"Q?" has the same answer twice'],
    ["a re-cased prompt", ask(), { "q?": secret }, unmatched],
    ["a choice as the key", ask("MultipleChoice", shapes), { Circle: secret }, unmatched],
    ["swapped keys and answers", ask(), { [secret]: "Q?", [`${secret}!`]: "Q?" }, unmatched.replace("1", "2")],
  ])("rejects %s by prompt, without showing or sending it", async (_, asked, answers, message) => {
    const { call, received } = await open([asked], answers);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error).toMatchObject({ code: "invalid_answers", prompts: ["Q?"] });
    expect(error.message).toContain(message);
    expect(stringsOn(error).join()).not.toContain(secret);
    expect(received).toHaveLength(1);
  });

  it("rejects a key too many, which is no prompt", async () => {
    const { call } = await open([ask()], { "Q?": "x", constructor: secret });
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error).toMatchObject({ prompts: [], message: `The answers do not fit the challenge: ${unmatched}.` });
  });

  it("rejects all faults in one sentence", async () => {
    const questions = ["a", "b", "c"].map((prompt) => question(prompt));
    const error = await errorOfClass(FlinksUsageError, (await open(questions, { b: "x", c: 7, d: "y" })).call);
    expect(error.prompts).toEqual(["a", "c"]);
    expect(error.message).toMatch(
      /^The answers do not fit the challenge: "a" [^;]*; "c" [^;]*; keys that match [^;]*: 1\.$/,
    );
  });

  it.each([undefined, null, "Montreal", ["Montreal"]])("rejects %j", async (answers) => {
    const error = await errorOfClass(FlinksUsageError, (await open([ask()], answers)).call);
    expect(error).toMatchObject({ code: "invalid_answers", message: "The answers must be an object." });
  });
});

describe("answerChallenge", () => {
  async function reject(change: (open: OpenChallenge) => unknown, message: string) {
    const { call, received } = await open([ask()], { "Q?": "x" }, change);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.code).toBe("invalid_answers");
    expect(error.message).toContain(message);
    expect(received).toHaveLength(1);
  }

  it.each([undefined, null, "c", []])("rejects %j instead of a challenge and its continuation", async (given) => {
    await reject(() => given, "must be an object");
  });

  it.each([undefined, null, "c", []])("rejects the challenge %j", async (challenge) => {
    await reject((open) => ({ ...open, challenge }), "challenge must be an object");
  });

  it.each([undefined, 0, 1.5, "1", 2_147_483_648])("rejects a challenge of round %j", async (round) => {
    const change = (open: OpenChallenge) => ({ ...open, challenge: { ...open.challenge, round } });
    await reject(change, "challenge.round must be a whole number from 1");
  });

  const asked = { prompt: "Q?", type: "QuestionAndAnswer", choices: [], answerUnder: "prompt" };
  const hole = [asked, asked];
  delete hole[0];

  it.each<[string, object]>([
    ["without a requestId", { requestId: undefined }],
    ["without questions", { questions: undefined }],
    ["with an empty requestId", { requestId: "" }],
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
    const change = (open: OpenChallenge) => ({ ...open, challenge: { ...open.challenge, ...fields } });
    await reject(change, "challenge must have the requestId and questions that it had in the outcome");
  });
});

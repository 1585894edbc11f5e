import { describe, expect, it } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import type { SandboxQuestion } from "../../src/sandbox/index.ts";
import { live, startSandbox } from "../helpers/raw-sandbox.ts";

const free: SandboxQuestion = { Type: "QuestionAndAnswer", Prompt: "Which street?", answer: "Main" };
const pickQuestion: SandboxQuestion = {
  Type: "QuestionAndAnswer",
  Prompt: "Choose a new question",
  Iterables: ["First pet?", "First car?"],
  answer: "Rex",
  answerUnder: "First pet?",
};
const one: SandboxQuestion = {
  Type: "MultipleChoice",
  Prompt: "Which colour?",
  Iterables: ["Red", "Blue"],
  answer: "Blue",
};
const several: SandboxQuestion = {
  Type: "MultipleChoiceMultipleAnswers",
  Prompt: "Which cities?",
  Iterables: ["Paris", "Québec", "Rome"],
  answer: ["Québec", "Rome"],
};
const image: SandboxQuestion = {
  Type: "ImageSelection",
  Prompt: "Your image?",
  Iterables: ["aW1n", "b25l"],
  answer: ["b25l"],
};
const phone: SandboxQuestion = {
  Type: "TextOrCall",
  Prompt: "Where can we reach you?",
  Iterables: ["•••-0142", "•••-0117"],
  answer: "Text",
};
const future: SandboxQuestion = { Type: "Hologram", Prompt: "__proto__", answer: "wave" };

async function ask(...rounds: SandboxQuestion[][]) {
  const started = startSandbox({ rounds });
  return { ...started, ...(await started.authorize({ ...live, Username: "Greatday" })) };
}

const wrong = { status: 401, body: { FlinksCode: "INVALID_SECURITY_RESPONSE" } };

describe("rounds", () => {
  it("asks every type in the form that travels", async () => {
    const { status, body } = await ask([free, pickQuestion, one, several, image, phone, future]);
    expect(status).toBe(203);
    expect(body.SecurityChallenges).toEqual([
      { Type: "QuestionAndAnswer", Prompt: "Which street?" },
      { Type: "QuestionAndAnswer", Prompt: "Choose a new question", Iterables: ["First pet?", "First car?"] },
      { Type: "MultipleChoice", Prompt: "Which colour?", Iterables: ["Red", "Blue"] },
      { Type: "MultipleChoiceMultipleAnswers", Prompt: "Which cities?", Iterables: ["Paris", "Québec", "Rome"] },
      { Type: "ImageSelection", Prompt: "Your image?", Iterables: ["aW1n", "b25l"] },
      { Type: "TextOrCall", Prompt: "Where can we reach you?", Iterables: ["•••-0142", "•••-0117"] },
      { Type: "Hologram", Prompt: "__proto__" },
    ]);
  });

  it("takes the answers to all questions of a round at once", async () => {
    const { answer, RequestId } = await ask([free, pickQuestion, one, several, image, phone, future]);
    const answers = {
      "Which street?": ["Main"],
      "First pet?": ["Rex"],
      "Which colour?": ["Blue"],
      "Which cities?": ["Rome", "Québec"],
      "Your image?": ["b25l"],
      "•••-0117": ["Text"],
      ["__proto__"]: ["wave"],
    };
    expect(await answer(answers)).toMatchObject({ status: 200, body: { RequestId } });
  });

  it("asks one round after the other, and opens the session after the last", async () => {
    const code: SandboxQuestion = { Type: "QuestionAndAnswer", Prompt: "Which code?", answer: "123456" };
    const { answer, RequestId, call } = await ask([phone], [code], [free]);
    const next = await answer({ "•••-0142": ["Text"] });
    expect(next).toMatchObject({ status: 203, body: { RequestId, SecurityChallenges: [{ Prompt: "Which code?" }] } });
    expect(await answer({ "•••-0142": ["Text"] })).toMatchObject({ body: { FlinksCode: "UNKNOWN_CHALLENGE_KEY" } });
    expect(await answer({ "Which code?": ["123456"] })).toMatchObject({ status: 203 });
    expect(await call("getAccountsSummary", { RequestId })).toMatchObject({ status: 400 });
    expect(await answer({ "Which street?": ["Main"] })).toMatchObject({ status: 200 });
    expect(await call("getAccountsSummary", { RequestId })).toMatchObject({ status: 200 });
  });

  it("asks the same for a LoginId, and in every session of the sandbox", async () => {
    const { sandbox, authorize } = startSandbox({ rounds: [[one]] });
    for (let time = 0; time < 2; time++) {
      const { answer, body } = await authorize({ LoginId: sandbox.loginIds.greatday });
      expect(body.SecurityChallenges).toMatchObject([{ Prompt: "Which colour?" }]);
      expect(await answer({ "Which colour?": ["Blue"] })).toMatchObject({ status: 200 });
    }
  });

  it("opens the session at once if there are none", async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body.Login).toMatchObject({ Username: "greatday" });
  });

  it("asks the wrong round again twice, then refuses for good, right answers in between or not", async () => {
    const { answer, RequestId, call } = await ask([free], [one]);
    expect(await answer({ "Which street?": ["Side"] })).toMatchObject(wrong);
    expect(await answer({ "Which street?": ["Main"] })).toMatchObject({ status: 203 });
    const again = await answer({ "Which colour?": ["Red"] });
    expect(again).toMatchObject({ ...wrong, body: { RequestId, SecurityChallenges: [{ Prompt: "Which colour?" }] } });
    expect(await answer({ "Which colour?": ["Red"] })).toMatchObject({
      status: 401,
      body: { FlinksCode: "INVALID_SECURITY_RESPONSE_NO_RETRY" },
    });
    expect(await call("getAccountsSummary", { RequestId })).toMatchObject({ status: 400 });
  });

  it("works through the client, which answers under what the user picked", async () => {
    const sandbox = startSandbox({ rounds: [[phone], [pickQuestion, several]] }).sandbox;
    const flinks = createFlinksClient({ ...sandbox.options });
    const outcome = await flinks.authorizeWithMfa({ LoginId: sandbox.loginIds.greatday }, ({ round }) =>
      round === 1 ? { "•••-0117": "Text" } : { "First pet?": "Rex", "Which cities?": ["Québec", "Rome"] },
    );
    expect(outcome.status).toBe("authorized");
  });
});

describe("an answer", () => {
  it.each<[string, SandboxQuestion, Record<string, string[]>]>([
    ["of another text", free, { "Which street?": ["main"] }],
    ["twice", free, { "Which street?": ["Main", "Main"] }],
    ["of another choice", one, { "Which colour?": ["Red"] }],
    ["of one choice too few", several, { "Which cities?": ["Québec"] }],
    ["of one choice too many", several, { "Which cities?": ["Québec", "Rome", "Paris"] }],
    ["of another image", image, { "Your image?": ["aW1n"] }],
    ["of the other way", phone, { "•••-0142": ["Call"] }],
    ["under another choice than answerUnder", pickQuestion, { "First car?": ["Rex"] }],
    ["that is wrong under one of two keys", phone, { "•••-0142": ["Text"], "•••-0117": ["Call"] }],
  ])("%s is wrong", async (_, question, given) => {
    const { answer } = await ask([question]);
    expect(await answer(given)).toMatchObject(wrong);
  });

  it.each<[string, SandboxQuestion, Record<string, string[]>]>([
    ["under the prompt, where there are numbers", phone, { "Where can we reach you?": ["Text"] }],
    ["under the prompt, where there are questions", pickQuestion, { "Choose a new question": ["Rex"] }],
    ["under any number, if answerUnder names none", phone, { "•••-0117": ["Text"] }],
  ])("%s is right", async (_, question, given) => {
    const { answer } = await ask([question]);
    expect(await answer(given)).toMatchObject({ status: 200 });
  });

  it.each<[string, Record<string, string[]>]>([
    ["SECURITYRESPONSES_INCOMPLETE", { "Which street?": ["Main"] }],
    ["SECURITYRESPONSES_INCOMPLETE", { "Which street?": ["Main"], "Which colour?": [] }],
    ["UNKNOWN_CHALLENGE_KEY", { "Which street?": ["Main"], Red: ["Blue"] }],
    ["INVALID_SECURITY_RESPONSE", { "Which street?": ["Main"], "Which colour?": ["Red"] }],
  ])("to some of the questions is refused: %s", async (FlinksCode, given) => {
    const { answer } = await ask([free, one]);
    expect(await answer(given)).toMatchObject({ body: { FlinksCode } });
  });
});

import { describe, expect, it } from "vitest";
import type { SandboxQuestion } from "../../src/sandbox/index.ts";
import { redirectOf, startConnect } from "../helpers/connect-page.ts";

describe("questions", () => {
  const every: SandboxQuestion[] = [
    { Type: "QuestionAndAnswer", Prompt: "Which <b>street</b>?", answer: 'Main & "Side"' },
    {
      Type: "QuestionAndAnswer",
      Prompt: "Choose a question",
      Iterables: ["First pet?", "First car?"],
      answer: "Rex",
      answerUnder: "First car?",
    },
    { Type: "MultipleChoice", Prompt: "Which colour?", Iterables: ["Red", "Blue"], answer: "Blue" },
    {
      Type: "MultipleChoiceMultipleAnswers",
      Prompt: "Which cities?",
      Iterables: ["Paris", "Rome", "Québec"],
      answer: ["Rome", "Québec"],
    },
    { Type: "ImageSelection", Prompt: "Your image?", Iterables: ["iVBORw0KGgo=", "R0lGODlh"], answer: "R0lGODlh" },
    {
      Type: "TextOrCall",
      Prompt: "Where can we reach you?",
      Iterables: ["•••-0142", "•••-0117"],
      answer: "Call",
      answerUnder: "•••-0117",
    },
    { Type: "Hologram", Prompt: "__proto__", answer: "wave" },
    { Type: "Gesture", Prompt: "Which?", Iterables: ["one", "two"], answer: "two" },
  ];
  const right = {
    q0: 'Main & "Side"',
    "q1-key": "1",
    q1: "Rex",
    q2: "1",
    q3: ["1", "2"],
    q4: "1",
    "q5-key": "1",
    q5: "Call",
    q6: "wave",
    q7: "1",
  };

  it("of every type are asked at once, and answered", async () => {
    const { login, send } = await startConnect({ rounds: [every] });
    const page = await login("Greatday");
    const fields = page.inputs
      .filter(({ type }) => type !== "hidden")
      .map(({ name, type, value }) => `${name} ${type} ${value}`);
    expect(fields).toEqual([
      "q0 text ",
      "q1-key radio 0",
      "q1-key radio 1",
      "q1 text ",
      "q2 radio 0",
      "q2 radio 1",
      "q3 checkbox 0",
      "q3 checkbox 1",
      "q3 checkbox 2",
      "q4 checkbox 0",
      "q4 checkbox 1",
      "q5-key radio 0",
      "q5-key radio 1",
      "q5 radio Text",
      "q5 radio Call",
      "q6 text ",
      "q7 checkbox 0",
      "q7 checkbox 1",
    ]);
    expect(page.html).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo&#61;" alt=""> Image 1'.replace("&#61;", "="),
    );
    expect(redirectOf(await send(page, right)).searchParams.get("institution")).toBe("FlinksCapital");
  });

  it("without an answer are named, each with its field", async () => {
    const { login, send } = await startConnect({ rounds: [every] });
    const page = await send(await login("Greatday"), { q0: "Main" });
    expect(page.status).toBe(422);
    expect(page.title).toBe("There is a problem – Answer the security questions");
    expect(page.problems).toEqual([
      "q1-key: Question – required",
      "q1: Your answer – required",
      "q2: Which colour? – required",
      "q3: Which cities? – required",
      "q4: Your image? – required",
      "q5-key: Phone number – required",
      "q5: How should the code reach you? – required",
      "q6: __proto__ – required",
      "q7: Which? – required",
    ]);
    expect(page.inputs).toContainEqual({ name: "q0", type: "text", value: "Main" });
    const odd = await send(page, { ...right, q2: "7", "q5-key": "x" });
    expect(odd.problems).toEqual(["q2: Which colour? – required", "q5-key: Phone number – required"]);
  });

  it("are asked round by round, with what was chosen kept after a wrong answer", async () => {
    const { login, send } = await startConnect({
      rounds: [[every[2] as SandboxQuestion], [every[0] as SandboxQuestion]],
    });
    const first = await login("Greatday");
    const wrong = await send(first, { q0: "0" });
    expect(wrong).toMatchObject({ status: 422, problems: ["The answer is wrong. Try again."] });
    expect(wrong.html.match(/value="0" checked/g)).toHaveLength(1);
    const second = await send(wrong, { q0: "1" });
    expect(second).toMatchObject({ status: 200, problems: [] });
    expect(second.html).toContain("Which &#60;b&#62;street&#60;/b&#62;?");
    expect(second.inputs).toContainEqual({ name: "q0", type: "text", value: "" });
    redirectOf(await send(second, { q0: 'Main & "Side"' }));
  });

  it("lead back to signing in after the last wrong answer, or too late", async () => {
    const { login, send, pass } = await startConnect();
    let page = await login("Greatday");
    const wrong = { q0: "Paris" };
    for (let time = 0; time < 3; time++) page = await send(page, wrong);
    expect(page).toMatchObject({
      title: "There is a problem – Sign in to FlinksCapital",
      problems: ["That did not work. Sign in again."],
    });
    page = await send(page, { username: "Greatday", password: "Everyday" });
    pass(8 * 60_000 + 1);
    page = await send(page, { q0: "Montreal" });
    expect(page.problems).toEqual(["That did not work. Sign in again."]);
    page = await send(await send(page, { username: "Greatday", password: "Everyday" }), { q0: "Montreal" });
    redirectOf(page);
  });
});

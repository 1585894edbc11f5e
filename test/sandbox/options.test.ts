import { describe, expect, it } from "vitest";
import { createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { errorOfClass } from "../helpers/client.ts";

const question = { Type: "QuestionAndAnswer", Prompt: "Why?", answer: "Because" };

async function refusalOf(options: unknown): Promise<string> {
  const error = await errorOfClass(FlinksUsageError, () => createSandbox(options as SandboxOptions));
  expect(error.code).toBe("invalid_options");
  return error.message;
}

describe("an unknown name is refused with the one that was meant", () => {
  it.each<[unknown, string]>([
    [{ fault: [] }, 'createSandbox: "fault" is unknown. Did you mean "faults"? Known: now, random, '],
    [{ Rounds: [] }, 'createSandbox: "Rounds" is unknown. Did you mean "rounds"?'],
    [{ pendingSeconds: 3 }, 'createSandbox: "pendingSeconds" is unknown. Known: now, '],
    [{ clock: Date.now }, 'createSandbox: "clock" is unknown. Known: now, '],
    [
      { faults: [{ operation: "getAccountDetail", fault: "html" }] },
      'faults[0]: operation: "getAccountDetail" is unknown. Did you mean "getAccountsDetail"?',
    ],
    [{ faults: [{ fault: "html" }, { fault: "rest" }] }, 'faults[1]: fault: "rest" is unknown. Did you mean "reset"?'],
    [{ faults: [{ fault: "html", time: 2 }] }, 'faults[0]: "time" is unknown. Did you mean "times"?'],
    [{ faults: [{ fault: { status: 500, bdy: "" } }] }, 'faults[0]: fault: "bdy" is unknown. Did you mean "body"?'],
    [{ rounds: [[{ ...question, prompt: "Why?" }]] }, 'rounds[0][0]: "prompt" is unknown. Did you mean "Prompt"?'],
    [{ rounds: [[{ ...question, answers: [] }]] }, 'rounds[0][0]: "answers" is unknown. Did you mean "answer"?'],
  ])("%j", async (options, message) => {
    expect((await refusalOf(options)).startsWith(message)).toBe(true);
  });
});

describe("a wrong value is refused", () => {
  it.each<[unknown, string]>([
    [null, "createSandbox must be an object."],
    [{ now: 0 }, "now must be a function."],
    [{ random: 0.5 }, "random must be a function."],
    [{ logins: null }, "logins must be an object."],
    [{ logins: { a: 7 } }, 'logins: the test institution has no user "7". It has greatday, '],
    [{ logins: { a: "__proto__" } }, 'logins: the test institution has no user "__proto__".'],
    [{ pendingMs: -1 }, "pendingMs must be a whole number from 0"],
    [{ pendingMs: "5" }, "pendingMs must be a whole number from 0"],
    [{ rounds: {} }, "rounds must be an array of arrays of questions."],
    [{ rounds: [question] }, "rounds[0] must be an array of questions."],
    [{ rounds: [[question], []] }, "rounds[1] must be an array of questions."],
    [{ rounds: [["Why?"]] }, "rounds[0][0] must be an object."],
    [{ rounds: [[{ ...question, Prompt: "" }]] }, "rounds[0][0]: Prompt must be a non-empty string."],
    [{ rounds: [[{ ...question, Prompt: 7 }]] }, "rounds[0][0]: Prompt must be a non-empty string."],
    [{ rounds: [[{ ...question, Type: "" }]] }, "rounds[0][0]: Type must be a non-empty string."],
    [{ rounds: [[{ ...question, Type: undefined }]] }, "rounds[0][0]: Type must be a non-empty string."],
    [{ rounds: [[{ ...question, Iterables: "a" }]] }, "rounds[0][0]: Iterables must be an array of strings."],
    [
      { rounds: [[{ ...question, answer: undefined }]] },
      "rounds[0][0]: answer must be a string, or an array of strings.",
    ],
    [{ rounds: [[{ ...question, answer: [] }]] }, "rounds[0][0]: answer must be a string, or an array of strings."],
    [{ rounds: [[{ ...question, answerUnder: "b", Iterables: ["a"] }]] }, "rounds[0][0]: answerUnder must be one of"],
    [
      { rounds: [[{ ...question, Type: "MultipleChoice", answerUnder: "a", Iterables: ["a"] }]] },
      "rounds[0][0]: answerUnder must be one of",
    ],
    [{ rounds: [[question, question]] }, "rounds[0] must not have the same Prompt twice."],
    [{ faults: "html" }, "faults must be an array."],
    [{ faults: ["html"] }, "faults[0] must be an object."],
    [{ faults: [{}] }, 'faults[0]: fault: "undefined" is unknown.'],
    [{ faults: [{ fault: "html", times: 0 }] }, "faults[0]: times must be a whole number from 1"],
    [{ faults: [{ fault: {} }] }, "faults[0]: status must be a whole number from 200 to 599."],
    [{ faults: [{ fault: { status: 199 } }] }, "faults[0]: status must be a whole number from 200 to 599."],
    [{ faults: [{ fault: { status: 600 } }] }, "faults[0]: status must be a whole number from 200 to 599."],
    [{ faults: [{ fault: { status: 500, headers: { a: 1 } } }] }, "faults[0]: headers must be an object of strings."],
    [{ faults: [{ fault: { status: 500, headers: [] } }] }, "faults[0]: headers must be an object of strings."],
    [{ faults: [{ fault: { status: 500, body: 7 } }] }, "faults[0]: body must be an object or a string."],
    [{ faults: [{ fault: { status: 500, body: null } }] }, "faults[0]: body must be an object or a string."],
  ])("%j", async (options, message) => {
    expect((await refusalOf(options)).startsWith(message)).toBe(true);
  });
});

it("accepts undefined for every option, and an array as a fault's body", () => {
  const names = ["now", "random", "logins", "rounds", "faults", "pendingMs"];
  createSandbox(Object.fromEntries(names.map((name) => [name, undefined])));
  createSandbox({ faults: [{ fault: { status: 200, body: [] } }] });
});

it("gives a client all that it takes", () => {
  const { options } = createSandbox();
  expect(options).toEqual({
    baseUrl: "https://flinks-sandbox.invalid",
    connectUrl: "https://flinks-sandbox.invalid/v2/",
    customerId: "43387ca6-0391-4c82-857d-70d95f087ecb",
    secretKey: "c4569c54-e167-4d34-8de6-f4113bc82414",
    apiKey: "3d5266a8-b697-48d4-8de6-52e2e2662acc",
    fetch: expect.any(Function),
  });
  createFlinksClient({ ...options });
});

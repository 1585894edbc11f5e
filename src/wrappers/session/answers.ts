/**
 * The user's answers → `SecurityResponses`, checked against the challenge: a malformed answer would use up one of the
 * user's attempts at the bank.
 *
 * @module
 */
import { assert, assertInteger, assertObject, isObject, isStrings } from "../errors/assert.ts";
import { FlinksUsageError } from "../errors/errors.ts";
import type { MfaAnswers, MfaChallenge, MfaQuestion } from "../outcomes.ts";
import type { AuthorizeRequest } from "../wire.ts";

const code = "invalid_answers";

/**
 * @throws {@link FlinksUsageError} with `prompts`: those whose answers are missing or malformed. It never shows an answer.
 */
export function readAnswers(
  { questions }: MfaChallenge,
  answers: MfaAnswers,
): NonNullable<AuthorizeRequest["SecurityResponses"]> {
  assertObject(answers, "The answers", code);
  // Entries: a prompt may be called "constructor" or "__proto__".
  const given = Object.entries<unknown>(answers).map(([key, value]): Answer => ({ key, values: [value].flat() }));
  const checked = questions.map((question) => {
    const own = given.filter(({ key }) => keysOf(question).includes(key));
    return { question, own, fault: faultOf(own, question) };
  });
  const faulty = checked.filter(({ fault }) => fault !== undefined);
  const faults = faulty.map(({ question, fault }) => `"${question.prompt}" ${fault}`);
  // Counted, not shown: a caller who swaps prompt and answer has an answer as the key.
  const unmatched = given.filter((answer) => !checked.some(({ own }) => own.includes(answer))).length;
  if (unmatched > 0) faults.push(`keys that match no prompt or choice, character for character: ${unmatched}`);
  if (faults.length > 0) {
    throw new FlinksUsageError(`The answers do not fit the challenge: ${faults.join("; ")}.`, {
      code,
      prompts: faulty.map(({ question }) => question.prompt),
    });
  }
  return Object.fromEntries(given.map(({ key, values }) => [key, values as string[]]));
}

interface Answer {
  readonly key: string;
  readonly values: unknown[];
}

/** The keys under which a question can be answered. The bank may want the prompt even where it offers choices. */
function keysOf({ prompt, choices, answerUnder }: MfaQuestion): readonly string[] {
  return answerUnder === "choice" ? [prompt, ...choices] : [prompt];
}

const singleAnswer: readonly string[] = ["QuestionAndAnswer", "MultipleChoice", "TextOrCall"];
const fromChoices: readonly string[] = ["MultipleChoice", "MultipleChoiceMultipleAnswers", "ImageSelection"];

function faultOf([answer, ...others]: readonly Answer[], question: MfaQuestion): string | undefined {
  const { type, choices, answerUnder } = question;
  if (answer === undefined) {
    return answerUnder === "choice" ? "needs an answer, under one of its choices" : "needs an answer";
  }
  if (others.length > 0) return "takes one answer, under one key";
  const { values } = answer;
  if (!isStrings(values) || values.length === 0) return "needs an answer that is a string, or an array of strings";
  // A bank may offer an empty choice.
  if (!values.every((value) => value.trim() || choices.includes(value))) return "needs an answer that is not blank";
  if (new Set(values).size < values.length) return "has the same answer twice";
  if (singleAnswer.includes(type) && values.length > 1) return "takes one answer";
  const mustChoose = fromChoices.includes(type) && choices.length > 0;
  return mustChoose && !values.every((value) => choices.includes(value))
    ? "takes only its choices, character for character"
    : undefined;
}

/** Checks a challenge that may have been through JSON and a database. */
export function readGivenChallenge(challenge: unknown): MfaChallenge {
  assertObject(challenge, "challenge", code);
  const { requestId, questions, round } = challenge;
  assertInteger(round, "challenge.round", 1, undefined, code);
  assert(
    typeof requestId === "string" &&
      requestId !== "" &&
      Array.isArray(questions) &&
      questions.length > 0 &&
      // A copy without holes, which `every` would skip.
      Array.from(questions).every(isQuestion),
    "challenge must have the requestId and questions that it had in the outcome.",
    code,
  );
  return challenge as unknown as MfaChallenge;
}

function isQuestion(question: unknown): boolean {
  return isObject(question) && isStrings([question["prompt"], question["type"]]) && isStrings(question["choices"]);
}

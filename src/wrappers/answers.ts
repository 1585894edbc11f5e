/**
 * The user's answers → `SecurityResponses`, checked against the challenge before anything travels: a wrong
 * form would use up one of the user's tries at the bank.
 *
 * @module
 */
import { assertObject, kindOf } from "./assert.ts";
import type { MfaChallenge, MfaQuestion, MfaQuestionType } from "./challenge.ts";
import { FlinksUsageError } from "./errors.ts";
import { type AuthorizeRequest, isStrings } from "./wire.ts";

/** The user's answers. Keys: the challenge's prompts, character for character. */
export type MfaAnswers = Record<string, string | readonly string[]>;

/** How many answers a type takes, and whether they must be among the choices. */
interface AnswerRule {
  readonly most: number;
  readonly fromChoices: boolean;
}

const freeText: AnswerRule = { most: 1, fromChoices: false };
const oneChoice: AnswerRule = { most: 1, fromChoices: true };
const someChoices: AnswerRule = { most: Number.POSITIVE_INFINITY, fromChoices: true };
const rules = new Map<MfaQuestionType, AnswerRule>([
  ["QuestionAndAnswer", freeText],
  ["MultipleChoice", oneChoice],
  ["MultipleChoiceMultipleAnswers", someChoices],
  ["ImageSelection", someChoices],
  ["TextOrCall", oneChoice],
]);

/**
 * @throws {FlinksUsageError} with `prompts`: those without an answer, or whose answer cannot be right. It never
 * shows an answer.
 */
export function readAnswers(
  { questions }: MfaChallenge,
  answers: MfaAnswers,
): NonNullable<AuthorizeRequest["SecurityResponses"]> {
  const given: unknown = answers;
  assertObject(given, "The answers");
  // By entries: a prompt may be named like a member of every object ("constructor", "__proto__").
  const byPrompt = new Map(Object.entries(given));
  const faults: [prompt: string, fault: string][] = [];

  const responses = questions.map((question): [string, string[]] => {
    const answer = byPrompt.get(question.prompt);
    const fault = faultOf(answer, question);
    if (fault !== undefined) faults.push([question.prompt, fault]);
    return [question.prompt, asList(answer)];
  });
  const prompts = new Set(questions.map(({ prompt }) => prompt));
  // Counted, not shown: whoever swaps prompt and answer has an answer for a key.
  const strangers = [...byPrompt.keys()].filter((key) => !prompts.has(key)).length;
  if (faults.length > 0 || strangers > 0) {
    const words = faults.map(([prompt, fault]) => `"${prompt}" ${fault}`);
    if (strangers > 0) {
      words.push(
        `${strangers} of the keys ${strangers === 1 ? "is no prompt" : "are no prompts"} of this challenge (they are ` +
          "compared character for character)",
      );
    }
    throw new FlinksUsageError(
      `The answers do not fit the challenge, and nothing was sent: ${words.join("; ")}.`,
      {
        prompts: faults.map(([prompt]) => prompt),
      },
    );
  }
  return Object.fromEntries(responses);
}

function faultOf(answer: unknown, { type, choices }: MfaQuestion): string | undefined {
  if (answer === undefined) return "has no answer";
  const list = asList(answer);
  if (!isStrings(list)) {
    return `needs a string or an array of strings, not ${Array.isArray(answer) ? "an array of other things" : kindOf(answer)}`;
  }
  if (list.length === 0 || list.some((text) => text.trim() === "")) return "has an empty answer";
  // A type that is not known takes whatever the user's screen made of it.
  const rule = rules.get(type);
  if (rule !== undefined && list.length > rule.most) return `takes one answer, not ${list.length}`;
  if (new Set(list).size < list.length) return "has the same answer twice";
  if (rule?.fromChoices && choices.length > 0 && !list.every((text) => choices.includes(text))) {
    return "takes only its choices, character for character";
  }
  return undefined;
}

function asList(answer: unknown): string[] {
  return Array.isArray(answer) ? [...answer] : [answer as string];
}

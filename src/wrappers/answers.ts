/**
 * The user's answers → `SecurityResponses`, checked against the challenge before anything travels: a wrong
 * form would use up one of the user's tries at the bank.
 *
 * @module
 */
import { assertObject } from "./assert.ts";
import type { MfaChallenge, MfaQuestion } from "./challenge.ts";
import { FlinksUsageError } from "./errors.ts";
import { type AuthorizeRequest, isStrings } from "./wire.ts";

/** The user's answers. Keys: the challenge's prompts, character for character. */
export type MfaAnswers = Record<string, string | readonly string[]>;

/**
 * @throws {FlinksUsageError} with `prompts`: those without an answer, or whose answer cannot be right. It never
 * shows an answer.
 */
export function readAnswers(
  { questions }: MfaChallenge,
  answers: MfaAnswers,
): NonNullable<AuthorizeRequest["SecurityResponses"]> {
  assertObject(answers, "The answers");
  // By entries: a prompt may be named like a member of every object ("constructor", "__proto__").
  const byPrompt = new Map<string, unknown>(Object.entries(answers));
  const faults: string[] = [];
  const prompts: string[] = [];
  const responses = questions.map((question): [string, string[]] => {
    const { prompt } = question;
    const answer = [byPrompt.get(prompt)].flat() as string[];
    const fault = faultOf(answer, question);
    if (fault) {
      faults.push(`"${prompt}" ${fault}`);
      prompts.push(prompt);
    }
    return [prompt, answer];
  });
  // Counted, not shown: whoever swaps prompt and answer has an answer for a key.
  for (const { prompt } of questions) byPrompt.delete(prompt);
  if (byPrompt.size > 0) faults.push(`keys that are no prompts, character for character: ${byPrompt.size}`);
  if (faults.length > 0) {
    throw new FlinksUsageError(`The answers do not fit the challenge: ${faults.join("; ")}.`, { prompts });
  }
  return Object.fromEntries(responses);
}

function faultOf(answer: unknown[], { type, choices }: MfaQuestion): string | false {
  if (!isStrings(answer) || answer.length === 0 || !answer.every((text) => text.trim())) {
    return "needs an answer: a string, or an array of strings";
  }
  if (new Set(answer).size < answer.length) return "has the same answer twice";
  if (/^(?:QuestionAndAnswer|MultipleChoice|TextOrCall)$/.test(type) && answer.length > 1)
    return "takes one answer";
  // A type that is not known takes whatever the user's screen made of it.
  return (
    /^(?:MultipleChoice(?:MultipleAnswers)?|ImageSelection|TextOrCall)$/.test(type) &&
    choices.length > 0 &&
    !answer.every((text) => choices.includes(text)) &&
    "takes only its choices, character for character"
  );
}

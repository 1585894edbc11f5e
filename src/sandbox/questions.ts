/**
 * What the bank asks, and whether the answers are right.
 *
 * @module
 */
import type { SandboxQuestion } from "./types.ts";

/** What a user sent: the lists of answers, by the keys that they stood under. */
export type GivenAnswers = ReadonlyMap<string, readonly string[]>;

/** `"unknown"`: a key that belongs to no question. `"missing"`: a question without an answer. */
export type Verdict = "right" | "wrong" | "unknown" | "missing";

/** Compares the answers with all questions of a round. */
export function judge(round: readonly SandboxQuestion[], given: GivenAnswers): Verdict {
  const known = round.flatMap(keysOf);
  if ([...given.keys()].some((key) => !known.includes(key))) return "unknown";
  const answers = round.map((question) => ({
    question,
    own: keysOf(question).filter((key) => given.get(key)?.length),
  }));
  if (answers.some(({ own }) => own.length === 0)) return "missing";
  return answers.every(({ question, own }) => own.every((key) => isRight(question, key, given))) ? "right" : "wrong";
}

/** Where `answerUnder` may point: the two types whose answers stand under a choice (the vendor's page on special cases). */
export function choicesAsKeys({
  Type,
  Iterables = [],
}: Pick<SandboxQuestion, "Type" | "Iterables">): readonly string[] {
  return Type === "TextOrCall" || Type === "QuestionAndAnswer" ? Iterables : [];
}

function keysOf(question: SandboxQuestion): string[] {
  return [question.Prompt, ...choicesAsKeys(question)];
}

function isRight({ Prompt, answer, answerUnder = Prompt }: SandboxQuestion, key: string, given: GivenAnswers): boolean {
  const isPlaced = answerUnder === Prompt || key === Prompt || key === answerUnder;
  return isPlaced && sorted(given.get(key) as readonly string[]) === sorted([answer].flat());
}

function sorted(answers: readonly (string | readonly string[])[]): string {
  return JSON.stringify([...answers].sort());
}

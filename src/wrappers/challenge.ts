/**
 * What the API asks → what a program shows its user. Reads both forms of a challenge: the one that travels,
 * and the one that the vendor's document describes.
 *
 * @module
 */
import type { FlinksCode } from "./codes.ts";
import {
  type AuthorizeResponse203,
  type AuthorizeResponse401,
  type DocumentedChallenge,
  defined,
  fieldsOf,
  idOf,
  listOf,
  type SecurityQuestion,
  stringOf,
  stringsOf,
  textOf,
  type Unverified,
} from "./wire.ts";

/** What kind of answer a question wants. The list is open: others may come any day, and can be answered. */
export type MfaQuestionType =
  | "QuestionAndAnswer"
  | "MultipleChoice"
  | "MultipleChoiceMultipleAnswers"
  | "ImageSelection"
  | "TextOrCall"
  | (string & {});

/** One question of a challenge. */
export interface MfaQuestion {
  /** The question in the bank's words, and the key of its answer, character for character. */
  prompt: string;
  type: MfaQuestionType;
  /**
   * What to choose from: for `ImageSelection` images in base64 without a `data:` prefix, for
   * `QuestionAndAnswer` suggestions, for others texts. Empty where there is nothing to choose from.
   */
  choices: string[];
}

/** What the bank asks the user. Plain JSON for the user's screen, with no secret in it. */
export interface MfaChallenge {
  requestId: string;
  institution?: string;
  questions: MfaQuestion[];
  /** 1 for the first challenge of a session. */
  round: number;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** Set when the last answer was refused and may be given again. */
  rejected?: { code: FlinksCode; message?: string };
}

/** Reads the challenge of a 203, or of a 401 that asks again; `undefined` if it cannot be answered. */
export function readMfaChallenge(
  body: Unverified<AuthorizeResponse203 | AuthorizeResponse401>,
  round: number,
): MfaChallenge | undefined {
  const requestId = idOf(body.RequestId);
  const questions = listOf(body.SecurityChallenges)?.flatMap(readQuestions) ?? [];
  // Answering some of the questions alone would use up a try.
  if (requestId === undefined || questions.length === 0 || questions.includes(undefined)) return undefined;
  return defined<MfaChallenge>({
    requestId,
    institution: textOf(body.InstitutionName) ?? textOf(body.Institution),
    questions: questions as MfaQuestion[],
    round,
    receivedAt: new Date().toISOString(),
    rejected: undefined,
  });
}

/** The questions of an item, `undefined` in place of what cannot be read. */
function readQuestions(item: unknown): (MfaQuestion | undefined)[] {
  // `{ "Type": …, "Prompt": …, "Iterables": […] }`, as it travels. Whatever else is new about it, a question that has
  // a prompt can be answered.
  const { Type, Prompt, Iterables } = fieldsOf<SecurityQuestion>(item);
  const prompt = stringOf(Prompt);
  if (prompt !== undefined) {
    return [{ prompt, type: stringOf(Type) ?? "", choices: stringsOf(Iterables) ?? [] }];
  }
  // `{ "What city were you born in?": ["Montreal"] }`, by the document. It has no types, and what stands in the array
  // are suggestions at most, so the answer is free text.
  const documented = Object.entries(fieldsOf<DocumentedChallenge>(item)).map(([prompt, suggestions]) => {
    const choices = stringsOf(suggestions);
    return choices && { prompt, type: "QuestionAndAnswer", choices };
  });
  return documented.length > 0 ? documented : [undefined];
}

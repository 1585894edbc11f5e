/**
 * The bank's questions, as the API sends them → as a user's screen needs them. Reads both forms: the one that travels,
 * and the one that the vendor's document describes.
 *
 * @module
 */

import type { Unverified } from "../checked-types.ts";
import { isObject } from "../errors/assert.ts";
import { invalidResponse } from "../http/failure.ts";
import { type Reply, textOf } from "../http/response.ts";
import type { MfaChallenge, MfaQuestion } from "../outcomes.ts";
import type { SecurityQuestion } from "../wire.ts";

/** @throws {@link FlinksResponseError} the response has no questions, or one that cannot be read */
export function readChallenge(reply: Reply, requestId: string, round: number): MfaChallenge {
  const { response, message, code, body } = reply;
  const items = Array.isArray(body.SecurityChallenges) ? Array.from<unknown>(body.SecurityChallenges) : [];
  const questions = items.flatMap(readQuestions);
  // All or none: an answer to some of the questions would use up one of the user's attempts.
  if (questions.length === 0 || !questions.every((question) => question !== undefined)) {
    throw invalidResponse(response, "an MFA challenge without usable questions");
  }
  // A 401 refuses the last answer and asks again, and so does this code under any status.
  const isRejection = response.status >= 400 || code === "INVALID_SECURITY_RESPONSE";
  const institution = textOf(body.InstitutionName) ?? textOf(body.Institution);
  return {
    requestId,
    ...(institution && { institution }),
    questions,
    round,
    receivedAt: new Date().toISOString(),
    ...(isRejection && { rejected: { code, ...(message && { message }) } }),
  };
}

/** The questions of one item; `undefined` for one that cannot be read. */
function readQuestions(item: unknown): (MfaQuestion | undefined)[] {
  if (!isObject(item)) return [undefined];
  const { Type, Prompt, Iterables }: Unverified<SecurityQuestion> = item;
  if (typeof Prompt === "string") {
    const type = typeof Type === "string" ? Type : "";
    const choices = readChoices(Iterables);
    return [choices && { prompt: Prompt, type, choices, answerUnder: answerUnder(type, choices) }];
  }
  // The documented form, { "What city were you born in?": ["Montreal"] }, has no types. Its lists are suggestions.
  const entries = Object.entries(item);
  if (entries.length === 0) return [undefined];
  return entries.map(([prompt, suggestions]) => {
    // Without a list it is a field of the other form, such as `Prompt: null`.
    const choices = Array.isArray(suggestions) ? readChoices(suggestions) : undefined;
    return choices && { prompt, type: "QuestionAndAnswer", choices, answerUnder: "prompt" };
  });
}

/**
 * `TextOrCall` offers phone numbers, and a `QuestionAndAnswer` with choices offers questions: the answer goes under the
 * one that the user picks (the vendor's page on special cases, and a production client).
 */
function answerUnder(type: string, choices: readonly string[]): MfaQuestion["answerUnder"] {
  return choices.length > 0 && (type === "TextOrCall" || type === "QuestionAndAnswer") ? "choice" : "prompt";
}

/** Numbers become strings. `undefined` for anything else that is not a string: a choice is never dropped. */
function readChoices(iterables: unknown): string[] | undefined {
  if (iterables === undefined || iterables === null) return [];
  if (!Array.isArray(iterables)) return undefined;
  const choices = Array.from<unknown>(iterables).map((item) => (typeof item === "number" ? String(item) : item));
  return choices.every((choice) => typeof choice === "string") ? choices : undefined;
}

/**
 * What calls return, and what MFA asks and is answered: plain data, types only.
 *
 * @module
 */
import type { FlinksCode } from "./codes.ts";
import type { AuthorizeResponse200 } from "./wire.ts";

/** The session is open (HTTP 200): `requestId` opens the data calls. */
export interface AuthorizedOutcome {
  status: "authorized";
  requestId: string;
  /** The body as the API sent it. `Login` is absent after an MFA answer. */
  session: AuthorizeResponse200;
}

/** The bank asks the user something (HTTP 203, or a 401 that asks again). Answer with `answerChallenge`. */
export interface MfaRequiredOutcome {
  status: "mfa_required";
  requestId: string;
  /** For the user's screen. */
  challenge: MfaChallenge;
  /**
   * The session as an opaque string. It stays the same through all rounds. It is a secret, because it holds the
   * session's token: keep it on the server, out of browsers and logs.
   */
  continuation: string;
}

/** The operation goes on in the background (HTTP 202): neither a result nor a failure. */
export interface PendingOutcome {
  status: "pending";
  requestId: string;
  /** The method that is pending, such as `authorize`. */
  operation: string;
  /** `OPERATION_PENDING`, or `OPERATION_DISPATCHED` for a live call of more than 210 s. */
  code: FlinksCode;
  /** The API's own words. */
  message?: string;
}

/** What one response to `authorize` means. Tell them apart by `status`. */
export type AuthorizeOutcome = AuthorizedOutcome | MfaRequiredOutcome | PendingOutcome;

/** The data is there (HTTP 200). */
export interface ReadyOutcome<T> {
  status: "ready";
  requestId: string;
  /** The body as the API sent it. */
  data: T;
}

/** What one response to a data call means. Tell them apart by `status`. */
export type DataOutcome<T> = ReadyOutcome<T> | PendingOutcome;

/** What kind of answer a question takes. The list is open; an unknown type can still be answered. */
export type MfaQuestionType =
  | "QuestionAndAnswer"
  | "MultipleChoice"
  | "MultipleChoiceMultipleAnswers"
  | "ImageSelection"
  | "TextOrCall"
  | (string & {});

/** One question of a challenge. */
export interface MfaQuestion {
  /** The question in the bank's words, character for character. */
  prompt: string;
  type: MfaQuestionType;
  /**
   * What the user chooses from, empty for free text. For `ImageSelection`, base64 images without a `data:` prefix; for
   * `TextOrCall`, masked phone numbers; for `QuestionAndAnswer`, questions of which the user picks one.
   */
  choices: string[];
  /**
   * The key of the answer. `"prompt"`: the prompt. `"choice"`: the user picks one of `choices`, and the answer goes
   * under it. For `TextOrCall` the answer is `Text` or `Call`; for `QuestionAndAnswer` it is free text.
   */
  answerUnder: "prompt" | "choice";
}

/** What the bank asks the user. Plain JSON for the user's screen, without secrets. */
export interface MfaChallenge {
  requestId: string;
  institution?: string;
  questions: MfaQuestion[];
  /** 1 for the first challenge of a session. */
  round: number;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** Set if the last answer was refused and may be given again. */
  rejected?: { code: FlinksCode; message?: string };
}

/**
 * The user's answers. A key is a question's prompt, or the chosen item where `answerUnder` is `"choice"`, character
 * for character.
 *
 * @example
 * { "What city were you born in?": "Montreal" }
 */
export type MfaAnswers = Record<string, string | readonly string[]>;

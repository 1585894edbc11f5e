/**
 * What calls return, and what MFA asks and is answered: plain data, types only.
 *
 * @module
 */
import type { FlinksCode } from "./codes.ts";
import type { AuthorizeResponse200 } from "./wire.ts";

/**
 * The session is open (HTTP 200): `requestId` opens the data calls.
 *
 * @example
 * const outcome = await flinks.authorize({ LoginId: loginId });
 * if (outcome.status === "authorized") log.info(outcome.session.Institution, outcome.session.Login?.LastRefresh);
 */
export interface AuthorizedOutcome {
  status: "authorized";
  /** The session's id, which opens the data calls for about half an hour: their `RequestId`. */
  requestId: string;
  /** The body as the API sent it. `Login` is absent after an MFA answer. */
  session: AuthorizeResponse200;
}

/**
 * The bank asks the user something (HTTP 203, or a 401 that asks again). Answer with `answerChallenge`.
 *
 * @example
 * const remember = ({ challenge, continuation }: MfaRequiredOutcome) =>
 *   store.put(challenge.requestId, JSON.stringify({ challenge, continuation })); // on the server
 * const outcome = await flinks.authorize({ LoginId: loginId });
 * if (outcome.status === "mfa_required") await remember(outcome);
 */
export interface MfaRequiredOutcome {
  status: "mfa_required";
  /** The session's id. Its data calls are open only after the answers. */
  requestId: string;
  /** For the user's screen. */
  challenge: MfaChallenge;
  /**
   * The session as an opaque string. It stays the same through all rounds. It is a secret, because it holds the
   * session's token: keep it on the server, out of browsers and logs.
   */
  continuation: string;
}

/**
 * The operation goes on in the background (HTTP 202): neither a result nor a failure.
 *
 * @example
 * const pending: PendingOutcome = JSON.parse(await store.get(`pending/${requestId}`));
 * const { Accounts } = await flinks.waitForAccountsDetail(pending);
 */
export interface PendingOutcome {
  status: "pending";
  /** The id of the session, or of the operation in the background. */
  requestId: string;
  /** The method that is pending, such as `authorize`. */
  operation: string;
  /** `OPERATION_PENDING`, or `OPERATION_DISPATCHED` for a live call of more than 210 s. */
  code: FlinksCode;
  /** The API's own words. */
  message?: string;
}

/**
 * What one response to `authorize` means. Tell them apart by `status`.
 *
 * @example
 * function nextPage(outcome: AuthorizeOutcome): string {
 *   switch (outcome.status) {
 *     case "authorized":
 *     case "pending":
 *       return `/accounts/${outcome.requestId}`;
 *     case "mfa_required":
 *       return `/questions/${outcome.requestId}`;
 *   }
 * }
 */
export type AuthorizeOutcome = AuthorizedOutcome | MfaRequiredOutcome | PendingOutcome;

/**
 * The data is there (HTTP 200).
 *
 * @example
 * const use = ({ data }: ReadyOutcome<AccountsSummary>) => save(data.Accounts);
 * const outcome = await flinks.getAccountsSummary({ RequestId: requestId });
 * if (outcome.status === "ready") await use(outcome);
 */
export interface ReadyOutcome<T> {
  status: "ready";
  /** The session's id: the response's, or the request's if the response has none. */
  requestId: string;
  /** The body as the API sent it. */
  data: T;
}

/**
 * What one response to a data call means. Tell them apart by `status`.
 *
 * @example
 * const accountsIn = (outcome: DataOutcome<AccountsDetail>) =>
 *   outcome.status === "ready" ? outcome.data.Accounts : undefined; // undefined: ask again in 10 seconds
 * accountsIn(await flinks.getAccountsDetail({ RequestId: requestId }));
 */
export type DataOutcome<T> = ReadyOutcome<T> | PendingOutcome;

/**
 * What kind of answer a question takes. The list is open; an unknown type can still be answered.
 *
 * @example
 * const inputs: Partial<Record<MfaQuestionType, string>> = {
 *   MultipleChoice: "radio",
 *   MultipleChoiceMultipleAnswers: "checkbox",
 *   ImageSelection: "checkbox",
 * };
 * for (const { type } of challenge.questions) show(inputs[type] ?? "text");
 */
export type MfaQuestionType =
  | "QuestionAndAnswer"
  | "MultipleChoice"
  | "MultipleChoiceMultipleAnswers"
  | "ImageSelection"
  | "TextOrCall"
  | (string & {});

/**
 * One question of a challenge.
 *
 * @example
 * const toField = ({ prompt, choices }: MfaQuestion) => ({ label: prompt, options: choices });
 * challenge.questions.map(toField); // → [{ label: "What city were you born in?", options: [] }]
 */
export interface MfaQuestion {
  /** The question in the bank's words, character for character. */
  prompt: string;
  /** Which form to show, if `choices` and `answerUnder` do not say enough. */
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

/**
 * What the bank asks the user. Plain JSON for the user's screen, without secrets.
 *
 * @example
 * const headingOf = ({ rejected, round }: MfaChallenge) =>
 *   rejected ? "That was not right. Please answer again." : `Step ${round}: your bank asks you something.`;
 * headingOf(challenge); // → "Step 1: your bank asks you something."
 */
export interface MfaChallenge {
  /** The session's id. */
  requestId: string;
  /** The institution's name, such as `FlinksCapital`. */
  institution?: string;
  /** All of them are answered in one call. */
  questions: MfaQuestion[];
  /** 1 for the first challenge of a session. */
  round: number;
  /** When the challenge arrived: ISO 8601, UTC. The bank waits for about 8 minutes. */
  receivedAt: string;
  /** Set if the last answer was refused and may be given again. */
  rejected?: { code: FlinksCode; message?: string };
}

/**
 * The user's answers. A key is a question's prompt, or the chosen item where `answerUnder` is `"choice"`, character
 * for character.
 *
 * @example
 * const answers: MfaAnswers = { "What city were you born in?": "Montreal" };
 * const outcome = await flinks.answerChallenge({ challenge, continuation }, answers);
 */
export type MfaAnswers = Record<string, string | readonly string[]>;

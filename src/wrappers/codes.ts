/**
 * Every `FlinksCode` that is known, one row each. The facts on errors, the types, the retry policy and
 * `docs/errors.md` are all derived from this table.
 *
 * @module
 */

/**
 * Which part of the call went wrong.
 *
 * @example
 * const statuses: Partial<Record<FlinksErrorCategory, number>> = { credentials: 422, rate_limit: 429 };
 * if (error instanceof FlinksApiError) return new Response(null, { status: statuses[error.category] ?? 502 });
 */
export type FlinksErrorCategory =
  | "credentials"
  | "mfa"
  | "account"
  | "institution"
  | "session"
  | "rate_limit"
  | "access"
  | "request"
  | "server"
  | "unknown";

/**
 * Who has to act, and how.
 *
 * @example
 * const texts: Partial<Record<FlinksErrorAction, string>> = {
 *   reenter_credentials: "Please connect your account again.",
 *   retry_later: "Your bank cannot be reached. Please try again later.",
 * };
 * if (error instanceof FlinksApiError) show(texts[error.action] ?? "Something went wrong.");
 */
export type FlinksErrorAction =
  | "reenter_credentials"
  | "answer_again"
  | "contact_institution"
  | "start_over"
  | "retry_later"
  | "fix_integration"
  | "contact_support";

/**
 * What is known about a `FlinksCode`.
 *
 * @example
 * const facts: FlinksCodeFacts = flinksCodes.RETRY_LATER;
 * facts.category; // → "institution"
 * facts.retryable; // → true
 */
export interface FlinksCodeFacts {
  /** Which part of the call went wrong, for metrics and HTTP statuses. */
  readonly category: FlinksErrorCategory;
  /** Who has to act, and how. */
  readonly action: FlinksErrorAction;
  /** Whether the same call may succeed a little later although nobody changed anything. */
  readonly retryable: boolean;
  /** What went wrong and what to do next. */
  readonly sentence: string;
}

type Row = readonly [FlinksErrorCategory, FlinksErrorAction, retryable: boolean, sentence: string];

// One row a line, so that it reads and greps as a table.
// biome-ignore format: a table
const table = {
  INVALID_LOGIN: ["credentials", "reenter_credentials", false, "The LoginId or the credentials are wrong. Ask the user to connect the account again."],
  INVALID_USERNAME: ["credentials", "reenter_credentials", false, "The institution does not know the username. Ask the user to enter the credentials again."],
  INVALID_PASSWORD: ["credentials", "reenter_credentials", false, "The institution refused the password. Ask the user to enter it again, and never resend it unasked."],
  INVALID_SECURITY_RESPONSE: ["mfa", "answer_again", false, "An MFA answer is wrong. Ask the user again."],
  INVALID_SECURITY_RESPONSE_NO_RETRY: ["mfa", "start_over", false, "An MFA answer is wrong, and no attempt is left. Open a new session."],
  QUESTION_NOT_FOUND: ["mfa", "start_over", false, "A prompt has no stored answer. Open a live session while the user is there to answer, or read the last data that was fetched with this requestId."],
  SECURITYRESPONSES_INCOMPLETE: ["mfa", "fix_integration", false, "A prompt has no answer. Answer all prompts of a challenge in one call."],
  UNKNOWN_CHALLENGE_KEY: ["mfa", "fix_integration", false, "The key of an answer matches no prompt of the challenge. Send prompts back character for character."],
  DISABLED_LOGIN: ["account", "contact_institution", false, "The institution has disabled the login. The user has to sign in there and follow what it asks."],
  NEW_ACCOUNT: ["account", "contact_institution", false, "The account is too new to be read. The user has to sign in at the institution and set it up first."],
  UNAUTHORIZED: ["account", "contact_institution", false, "The institution wants the user to act first. The user has to sign in there and follow what it asks."],
  NO_TRANSACTION: ["account", "retry_later", false, "The account has no transactions, or too few. A newly linked account may get some later."],
  DISABLED_INSTITUTION: ["institution", "retry_later", false, "The institution is switched off for now. Try again another day, or offer another institution."],
  RETRY_LATER: ["institution", "retry_later", true, "The institution could not be reached. Try again in some minutes."],
  TOO_MANY_REQUESTS: ["rate_limit", "retry_later", true, "Too many calls in too short a time. Try again later, and more slowly."],
  SESSION_NONEXISTENT: ["session", "start_over", false, "The RequestId is unknown or its session has ended. Open a new session."],
  SESSION_EXPIRED: ["session", "start_over", false, "The session was left alone for too long. Open a new session."],
  ALREADY_AUTHORIZED: ["session", "start_over", false, "The session is already authorized. Use its RequestId for data calls, or open a new session."],
  CONCURRENT_SESSION: ["session", "retry_later", true, "Another call is using this login. Try again when it has finished."],
  CARD_IN_USE: ["session", "retry_later", true, "Another call is using this card. Try again when it has finished."],
  OPERATION_PENDING: ["session", "retry_later", false, "The operation goes on in the background. Ask for its result later, and do not send it again."],
  OPERATION_DISPATCHED: ["session", "retry_later", false, "The live call goes on in the background. Ask for its result later, and do not send it again."],
  ACCESS_DENIED: ["access", "fix_integration", false, "The key does not allow this call. Check the secret key, customerId and instance."],
  CUSTOMER_NOT_FOUND: ["access", "fix_integration", false, "The instance does not know the customerId. Check customerId and instance."],
  METHOD_NOT_AVAILABLE: ["access", "fix_integration", false, "The customer's plan does not include this call. Ask the vendor's support to enable it."],
  INVALID_REQUEST: ["request", "fix_integration", false, "A field is missing or malformed. Correct the request before it is sent again."],
  AGGREGATION_ERROR: ["server", "retry_later", true, "The vendor failed to read the account. Try again later; contact the vendor's support if it persists."],
  NO_BROWSER_AVAILABLE: ["server", "retry_later", true, "The vendor had no capacity. Try again later."],
  UNKNOWN_ERROR: ["server", "retry_later", true, "The vendor's side failed. Try again later; contact the vendor's support if it persists."],
} as const satisfies Record<string, Row>;

/**
 * A code in the table.
 *
 * @example
 * const texts: Partial<Record<KnownFlinksCode, string>> = { DISABLED_LOGIN: "Votre banque a bloqué cet accès." };
 * if (error instanceof FlinksApiError && isKnownFlinksCode(error.code)) show(texts[error.code] ?? error.message);
 */
export type KnownFlinksCode = keyof typeof table;

/**
 * What went wrong, as the API says it. Editors complete the known codes; the list is open. `HTTP_<status>` (`HTTP_401`)
 * stands for a response without a code.
 *
 * @example
 * // A metric must not have a label for every string that a server may send.
 * const labelOf = (code: FlinksCode) => (isKnownFlinksCode(code) ? code : "other");
 * labelOf("RETRY_LATER"); // → "RETRY_LATER"
 * labelOf("A_CODE_OF_NEXT_YEAR"); // → "other"
 */
export type FlinksCode = KnownFlinksCode | (string & {});

/**
 * The facts of every known code.
 *
 * @example
 * flinksCodes.DISABLED_LOGIN.action; // → "contact_institution"
 * for (const [code, { sentence }] of Object.entries(flinksCodes)) log.info(code, sentence);
 */
export const flinksCodes = Object.fromEntries(
  Object.entries(table).map(([code, row]) => [code, toFacts(row)]),
) as Readonly<Record<KnownFlinksCode, FlinksCodeFacts>>;

/**
 * Whether this version of the client knows a code.
 *
 * @example
 * if (error instanceof FlinksApiError && isKnownFlinksCode(error.code)) log.warn(flinksCodes[error.code].sentence);
 */
export function isKnownFlinksCode(code: string): code is KnownFlinksCode {
  // Not `in`: a server may send "constructor".
  return Object.hasOwn(table, code);
}

/**
 * The facts of a code. If there is no code, or an unknown one, the status decides as far as it can. The sentence
 * then says "may", because the status alone does not prove the cause.
 */
export function factsOf(code: FlinksCode, status: number): FlinksCodeFacts {
  if (isKnownFlinksCode(code)) return flinksCodes[code];
  if (status === 429) return flinksCodes.TOO_MANY_REQUESTS;
  if (status >= 500)
    return toFacts([
      "server",
      "retry_later",
      true,
      `${serverFailures[status] ?? "The server failed."} Try again later.`,
    ]);
  if (!code.startsWith("HTTP_")) return toFacts(unknownCode);
  return toFacts(byStatus[status] ?? byStatus[400]);
}

function toFacts([category, action, retryable, sentence]: Row): FlinksCodeFacts {
  return { category, action, retryable, sentence };
}

const unknownCode: Row = [
  "unknown",
  "contact_support",
  false,
  "This version of the client does not know the code. Ask the vendor's support what it means.",
];

// biome-ignore format: a table
const byStatus: Readonly<Record<number, Row>> & { readonly 400: Row } = {
  400: ["request", "fix_integration", false, "A field may be missing or malformed. Correct the request before you send it again."],
  401: ["access", "fix_integration", false, "The key or token of this call may be wrong, spent or expired. Check secretKey and apiKey, and use a new token for each session."],
  403: ["access", "fix_integration", false, "The key may not allow this call, or a firewall refused it. Check the key, customerId and instance."],
  404: ["access", "fix_integration", false, "The address may be wrong. Check instance or baseUrl, and customerId."],
  405: ["access", "fix_integration", false, "The address may be wrong. Check instance or baseUrl, and customerId."],
  408: ["server", "retry_later", false, "The server gave up waiting for the request. Try again later."],
  409: ["session", "retry_later", false, "Another call may hold this login or session. Try again later."],
  413: ["request", "fix_integration", false, "The request is larger than the server accepts."],
  415: ["request", "fix_integration", false, "The server does not accept the request's content type. A proxy may have changed it."],
};

const serverFailures: Readonly<Record<number, string>> = {
  500: "The server failed.",
  502: "A gateway got no valid response from the server.",
  503: "The server is overloaded or down.",
  504: "A gateway got no response from the server in time.",
};

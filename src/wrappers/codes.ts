/**
 * The `FlinksCode`s of the API: the one place where they stand. The types, the errors' `category`, `action`,
 * `retryable` and message, and `docs/errors.md` are all made from this table.
 *
 * @module
 */

/** What part of the call went wrong. */
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

/** Who mends it, and how. */
export type FlinksErrorAction =
  | "reenter_credentials"
  | "answer_again"
  | "contact_institution"
  | "start_over"
  | "retry_later"
  | "fix_integration"
  | "contact_support";

/** What is known about a `FlinksCode`. */
export interface FlinksCodeFacts {
  readonly category: FlinksErrorCategory;
  readonly action: FlinksErrorAction;
  /**
   * Whether the same call may succeed a little later although nobody changed anything. Says nothing about
   * whether it is wise: repeating a live call can lock the user out of their bank.
   */
  readonly retryable: boolean;
  /** What to do next, for whoever reads the log. */
  readonly sentence: string;
}

const table = [
  ["credentials", "reenter_credentials", false, "INVALID_LOGIN INVALID_USERNAME INVALID_PASSWORD"],
  ["mfa", "answer_again", false, "INVALID_SECURITY_RESPONSE"],
  ["mfa", "start_over", false, "INVALID_SECURITY_RESPONSE_NO_RETRY QUESTION_NOT_FOUND"],
  ["mfa", "fix_integration", false, "SECURITYRESPONSES_INCOMPLETE UNKNOWN_CHALLENGE_KEY"],
  ["account", "contact_institution", false, "DISABLED_LOGIN NEW_ACCOUNT UNAUTHORIZED"],
  ["institution", "retry_later", false, "DISABLED_INSTITUTION"],
  ["institution", "retry_later", true, "RETRY_LATER"],
  ["rate_limit", "retry_later", true, "TOO_MANY_REQUESTS"],
  ["session", "start_over", false, "SESSION_NONEXISTENT SESSION_EXPIRED ALREADY_AUTHORIZED"],
  ["session", "retry_later", true, "CONCURRENT_SESSION CARD_IN_USE"],
  ["session", "retry_later", false, "OPERATION_PENDING OPERATION_DISPATCHED"],
  ["access", "fix_integration", false, "ACCESS_DENIED CUSTOMER_NOT_FOUND METHOD_NOT_AVAILABLE"],
  ["request", "fix_integration", false, "INVALID_REQUEST"],
  ["server", "retry_later", true, "AGGREGATION_ERROR NO_BROWSER_AVAILABLE UNKNOWN_ERROR"],
] as const satisfies readonly (readonly [FlinksErrorCategory, FlinksErrorAction, boolean, string])[];

const sentences: Record<FlinksErrorAction, string> = {
  reenter_credentials: "Ask the user for the credentials again.",
  answer_again: "Put the challenge to the user again.",
  contact_institution: "The user has to sign in at the institution and follow what it asks.",
  start_over: "Open a new session.",
  retry_later: "Try again later.",
  fix_integration: "Check the call, its key or token, customerId and instance.",
  contact_support: "Ask the vendor's support what it means.",
};

/** A code that {@link flinksCodes} describes. */
export type KnownFlinksCode = Words<(typeof table)[number][3]>;

type Words<Text> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text;

/**
 * What went wrong, in the API's own word. Known codes are completed by an editor; others may come any day.
 * `HTTP_<status>` (`HTTP_401`) stands for an answer that carried no code at all.
 */
export type FlinksCode = KnownFlinksCode | (string & {});

/** Every `FlinksCode` that is known, with who can mend it. */
export const flinksCodes = Object.fromEntries(
  table.flatMap(([category, action, retryable, codes]) =>
    codes.split(" ").map((code) => [code, { category, action, retryable, sentence: sentences[action] }]),
  ),
) as Readonly<Record<KnownFlinksCode, FlinksCodeFacts>>;

/** Whether `code` is one of {@link flinksCodes}. Codes named like members of `Object` are not. */
export function isKnownFlinksCode(code: string): code is KnownFlinksCode {
  return Object.hasOwn(flinksCodes, code);
}

/**
 * Reads a `FlinksCode` as the API sends it: padded with spaces at times, or absent.
 *
 * @returns the code without padding, or `HTTP_<status>` where there is none.
 */
export function readFlinksCode(value: string | undefined, status: number): FlinksCode {
  return value?.trim() || `HTTP_${status}`;
}

/**
 * What is known about a code. For an unknown or absent code the status decides, as far as it can: 429 and 5xx
 * mean the same whatever the body says, and a 401 or 403 without a code is about the key or the token.
 */
export function factsOf(code: FlinksCode, status: number): FlinksCodeFacts {
  if (isKnownFlinksCode(code)) return flinksCodes[code];
  if (status === 429) return flinksCodes.TOO_MANY_REQUESTS;
  if (status >= 500) return flinksCodes.UNKNOWN_ERROR;
  if (code === `HTTP_${status}`) {
    return flinksCodes[status === 401 || status === 403 ? "ACCESS_DENIED" : "INVALID_REQUEST"];
  }
  const action = "contact_support";
  return { category: "unknown", action, retryable: false, sentence: sentences[action] };
}

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
  /** What went wrong and what to do next, for whoever reads the log. */
  readonly sentence: string;
}

const table = [
  [
    ["credentials", "reenter_credentials", false],
    {
      INVALID_LOGIN: "The LoginId or the credentials are wrong. Ask the user to connect the account again.",
      INVALID_USERNAME:
        "The institution does not know the username. Ask the user to enter the credentials again.",
      INVALID_PASSWORD:
        "The institution refused the password. Ask the user to enter it again, and never resend it unasked.",
    },
  ],
  [
    ["mfa", "answer_again", false],
    { INVALID_SECURITY_RESPONSE: "An MFA answer is wrong. Put the challenge to the user again." },
  ],
  [
    ["mfa", "start_over", false],
    {
      INVALID_SECURITY_RESPONSE_NO_RETRY: "An MFA answer is wrong, for the last time. Open a new session.",
      QUESTION_NOT_FOUND:
        "A prompt has no stored answer. Open a live session while the user is there to answer.",
    },
  ],
  [
    ["mfa", "fix_integration", false],
    {
      SECURITYRESPONSES_INCOMPLETE: "A prompt has no answer. Answer all prompts of a challenge in one call.",
      UNKNOWN_CHALLENGE_KEY:
        "An answer's key is no prompt of the challenge. Send prompts back character for character.",
    },
  ],
  [
    ["account", "contact_institution", false],
    {
      DISABLED_LOGIN:
        "The institution has disabled the login. The user has to sign in there and follow what it asks.",
      NEW_ACCOUNT:
        "The account is too new to be read. The user has to sign in at the institution and set it up first.",
      UNAUTHORIZED:
        "The institution wants the user to act first. The user has to sign in there and follow what it asks.",
    },
  ],
  [
    ["institution", "retry_later", false],
    {
      DISABLED_INSTITUTION:
        "The institution is switched off for now. Try again another day, or offer another institution.",
    },
  ],
  [
    ["institution", "retry_later", true],
    { RETRY_LATER: "The institution could not be reached. Try again in some minutes." },
  ],
  [
    ["rate_limit", "retry_later", true],
    { TOO_MANY_REQUESTS: "Too many calls in too short a time. Try again later, and more slowly." },
  ],
  [
    ["session", "start_over", false],
    {
      SESSION_NONEXISTENT: "The RequestId is unknown or its session has ended. Open a new session.",
      SESSION_EXPIRED: "The session was left alone for too long. Open a new session.",
      ALREADY_AUTHORIZED:
        "The session is authorized already. Use its RequestId for data calls, or open a new session.",
    },
  ],
  [
    ["session", "retry_later", true],
    {
      CONCURRENT_SESSION: "Another call holds this login. Try again when it has ended.",
      CARD_IN_USE: "Another call holds this card. Try again when it has ended.",
    },
  ],
  [
    ["session", "retry_later", false],
    {
      OPERATION_PENDING:
        "The operation goes on in the background. Ask for its result later, and do not send it again.",
      OPERATION_DISPATCHED:
        "The live call goes on in the background. Ask for its result later, and do not send it again.",
    },
  ],
  [
    ["access", "fix_integration", false],
    {
      ACCESS_DENIED: "The key does not allow this call. Check the secret key, customerId and instance.",
      CUSTOMER_NOT_FOUND: "The instance does not know the customerId. Check customerId and instance.",
      METHOD_NOT_AVAILABLE:
        "The customer's plan does not include this call. Ask the vendor's support to enable it.",
    },
  ],
  [
    ["request", "fix_integration", false],
    {
      INVALID_REQUEST: "A field is missing or malformed. Correct the request before it is sent again.",
    },
  ],
  [
    ["server", "retry_later", true],
    {
      AGGREGATION_ERROR:
        "The vendor failed to read the account. Try again later; ask the vendor's support if it stays.",
      NO_BROWSER_AVAILABLE: "The vendor had no capacity. Try again later.",
      UNKNOWN_ERROR: "The vendor's side failed. Try again later; ask the vendor's support if it stays.",
    },
  ],
] as const satisfies readonly (readonly [
  readonly [FlinksErrorCategory, FlinksErrorAction, boolean],
  Readonly<Record<string, string>>,
])[];

/** A code that {@link flinksCodes} describes. */
export type KnownFlinksCode = KeysOf<(typeof table)[number][1]>;

type KeysOf<Row> = Row extends unknown ? keyof Row : never;

/**
 * What went wrong, in the API's own word. Known codes are completed by an editor; others may come any day.
 * `HTTP_<status>` (`HTTP_401`) stands for an answer that carried no code at all.
 */
export type FlinksCode = KnownFlinksCode | (string & {});

/** Every `FlinksCode` that is known, with what it means and who can mend it. */
export const flinksCodes = Object.fromEntries(
  table.flatMap(([[category, action, retryable], codes]) =>
    Object.entries(codes).map(([code, sentence]) => [code, { category, action, retryable, sentence }]),
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
  if (code !== `HTTP_${status}`) return unknownCode;
  return status === 401 || status === 403 ? refusedKey : flinksCodes.INVALID_REQUEST;
}

const refusedKey: FlinksCodeFacts = {
  ...flinksCodes.ACCESS_DENIED,
  sentence:
    "The secret key or the authorize token was refused. Check the key, and use a fresh token for each session.",
};

const unknownCode: FlinksCodeFacts = {
  category: "unknown",
  action: "contact_support",
  retryable: false,
  sentence: "This client does not know the code. Ask the vendor's support what it means.",
};

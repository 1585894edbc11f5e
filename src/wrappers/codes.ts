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
  /** What went wrong and what to do next, in two sentences for whoever reads the log. */
  readonly sentence: string;
}

const credentials = { category: "credentials", action: "reenter_credentials", retryable: false } as const;
const account = { category: "account", action: "contact_institution", retryable: false } as const;
const session = { category: "session", action: "start_over", retryable: false } as const;
const busy = { category: "session", action: "retry_later", retryable: true } as const;
const access = { category: "access", action: "fix_integration", retryable: false } as const;
const server = { category: "server", action: "retry_later", retryable: true } as const;
const pending = { category: "session", action: "retry_later", retryable: false } as const;

/** Every `FlinksCode` that is known, with what it means and who can mend it. */
export const flinksCodes = {
  INVALID_LOGIN: {
    ...credentials,
    sentence: "The LoginId or the credentials are wrong. Ask the user to connect the account again.",
  },
  INVALID_USERNAME: {
    ...credentials,
    sentence: "The institution does not know the username. Ask the user to enter the credentials again.",
  },
  INVALID_PASSWORD: {
    ...credentials,
    sentence:
      "The institution refused the password. Ask the user to enter it again, and never resend it unasked.",
  },
  INVALID_SECURITY_RESPONSE: {
    category: "mfa",
    action: "answer_again",
    retryable: false,
    sentence: "An MFA answer is wrong. Put the challenge to the user again.",
  },
  INVALID_SECURITY_RESPONSE_NO_RETRY: {
    category: "mfa",
    action: "start_over",
    retryable: false,
    sentence: "An MFA answer is wrong and there is no further try. Open a new session.",
  },
  SECURITYRESPONSES_INCOMPLETE: {
    category: "mfa",
    action: "fix_integration",
    retryable: false,
    sentence: "A prompt was left without an answer. Answer all prompts of a challenge in one call.",
  },
  UNKNOWN_CHALLENGE_KEY: {
    category: "mfa",
    action: "fix_integration",
    retryable: false,
    sentence: "An answer's key is no prompt of the challenge. Send prompts back character for character.",
  },
  QUESTION_NOT_FOUND: {
    category: "mfa",
    action: "start_over",
    retryable: false,
    sentence: "A prompt has no stored answer. Open a live session while the user is there to answer.",
  },
  DISABLED_LOGIN: {
    ...account,
    sentence:
      "The institution has disabled the login. The user has to sign in at the institution and mend it there.",
  },
  NEW_ACCOUNT: {
    ...account,
    sentence:
      "The account is too new to be read. The user has to finish setting it up at the institution first.",
  },
  UNAUTHORIZED: {
    ...account,
    sentence:
      "The institution wants the user to act first. The user has to sign in at the institution and follow what it asks.",
  },
  DISABLED_INSTITUTION: {
    category: "institution",
    action: "retry_later",
    retryable: false,
    sentence: "The institution is switched off for now. Try again another day, or offer another institution.",
  },
  RETRY_LATER: {
    category: "institution",
    action: "retry_later",
    retryable: true,
    sentence: "The institution could not be reached. Try again in some minutes.",
  },
  TOO_MANY_REQUESTS: {
    category: "rate_limit",
    action: "retry_later",
    retryable: true,
    sentence: "Too many calls in too short a time. Try again later, and more slowly.",
  },
  SESSION_NONEXISTENT: {
    ...session,
    sentence: "The RequestId is unknown or its session has ended. Open a new session.",
  },
  SESSION_EXPIRED: {
    ...session,
    sentence: "The session was left alone for too long. Open a new session.",
  },
  ALREADY_AUTHORIZED: {
    ...session,
    sentence: "The session is authorized already. Use its RequestId for data calls, or open a new session.",
  },
  CONCURRENT_SESSION: {
    ...busy,
    sentence: "Another call holds this login. Try again when it has ended.",
  },
  CARD_IN_USE: {
    ...busy,
    sentence: "Another call holds this card. Try again when it has ended.",
  },
  ACCESS_DENIED: {
    ...access,
    sentence: "The key does not allow this call. Check the secret key, the customerId and the instance.",
  },
  CUSTOMER_NOT_FOUND: {
    ...access,
    sentence: "The instance does not know the customerId. Check the customerId and the instance.",
  },
  METHOD_NOT_AVAILABLE: {
    ...access,
    sentence: "The customer's plan does not include this call. Ask the vendor to enable it.",
  },
  INVALID_REQUEST: {
    category: "request",
    action: "fix_integration",
    retryable: false,
    sentence: "A field is missing or malformed. Correct the request before it is sent again.",
  },
  AGGREGATION_ERROR: {
    ...server,
    sentence: "The vendor failed to read the account. Try again later; ask the vendor's support if it stays.",
  },
  NO_BROWSER_AVAILABLE: {
    ...server,
    sentence: "The vendor had no capacity. Try again later; ask the vendor's support if it stays.",
  },
  UNKNOWN_ERROR: {
    ...server,
    sentence: "Something failed on the vendor's side. Try again later; ask the vendor's support if it stays.",
  },
  OPERATION_PENDING: {
    ...pending,
    sentence: "The operation goes on in the background. Ask for its result later, and do not send it again.",
  },
  OPERATION_DISPATCHED: {
    ...pending,
    sentence:
      "The live call took so long that it goes on in the background. Ask for its result later, and do not send it again.",
  },
} as const satisfies Record<string, FlinksCodeFacts>;

/** A code that {@link flinksCodes} describes. */
export type KnownFlinksCode = keyof typeof flinksCodes;

/**
 * What went wrong, in the API's own word. Known codes are completed by an editor; others may come any day.
 * `HTTP_<status>` (`HTTP_401`) stands for an answer that carried no code at all.
 */
export type FlinksCode = KnownFlinksCode | (string & {});

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
  return value?.trim() || withoutCode(status);
}

function withoutCode(status: number): FlinksCode {
  return `HTTP_${status}`;
}

/**
 * What is known about a code. For an unknown or absent code the status decides, as far as it can: 429 and 5xx
 * mean the same whatever the body says, and a 401 or 403 without a code is about the key or the token.
 */
export function factsOf(code: FlinksCode, status: number): FlinksCodeFacts {
  if (isKnownFlinksCode(code)) return flinksCodes[code];
  if (status === 429) return flinksCodes.TOO_MANY_REQUESTS;
  if (status >= 500) return flinksCodes.UNKNOWN_ERROR;
  if (code === withoutCode(status)) {
    if (status === 401 || status === 403) {
      return {
        ...access,
        sentence:
          "The secret key or the authorize token was refused. Check the key, and use a fresh token for each session.",
      };
    }
    return flinksCodes.INVALID_REQUEST;
  }
  return {
    category: "unknown",
    action: "contact_support",
    retryable: false,
    sentence:
      "This client does not know the code. Look it up in the vendor's documentation or ask its support.",
  };
}

/** The table of codes → docs/errors.md. */
import { flinksCodes, type KnownFlinksCode } from "../../src/wrappers/codes.ts";

/** What went wrong, for the page alone: whoever reads a log has the vendor's message beside the code. */
const meanings: Record<KnownFlinksCode, string> = {
  INVALID_LOGIN: "The LoginId or the credentials are wrong.",
  INVALID_USERNAME: "The institution does not know the username.",
  INVALID_PASSWORD: "The institution refused the password. Never resend it unasked.",
  INVALID_SECURITY_RESPONSE: "An MFA answer is wrong.",
  INVALID_SECURITY_RESPONSE_NO_RETRY: "An MFA answer is wrong and there is no further try.",
  SECURITYRESPONSES_INCOMPLETE: "A prompt was left without an answer. All prompts are answered in one call.",
  UNKNOWN_CHALLENGE_KEY: "An answer's key is no prompt of the challenge, character for character.",
  QUESTION_NOT_FOUND: "A prompt has no stored answer. In a live session the user is there to answer.",
  DISABLED_LOGIN: "The institution has disabled the login.",
  NEW_ACCOUNT: "The account is too new to be read.",
  UNAUTHORIZED: "The institution wants the user to act first.",
  DISABLED_INSTITUTION: "The institution is switched off for now, maybe for days.",
  RETRY_LATER: "The institution could not be reached.",
  TOO_MANY_REQUESTS: "Too many calls in too short a time.",
  SESSION_NONEXISTENT: "The RequestId is unknown or its session has ended.",
  SESSION_EXPIRED: "The session was left alone for too long.",
  ALREADY_AUTHORIZED: "The session is authorized already: its RequestId serves data calls.",
  CONCURRENT_SESSION: "Another call holds this login.",
  CARD_IN_USE: "Another call holds this card.",
  ACCESS_DENIED: "The key does not allow this call.",
  CUSTOMER_NOT_FOUND: "The instance does not know the customerId.",
  METHOD_NOT_AVAILABLE: "The customer's plan does not include this call; the vendor can enable it.",
  INVALID_REQUEST: "A field is missing or malformed.",
  AGGREGATION_ERROR: "The vendor failed to read the account. Its support can help if it stays.",
  NO_BROWSER_AVAILABLE: "The vendor had no capacity.",
  UNKNOWN_ERROR: "Something failed on the vendor's side. Its support can help if it stays.",
  OPERATION_PENDING: "The operation goes on in the background: ask for its result, and do not send it again.",
  OPERATION_DISPATCHED: "The live call took so long that it goes on in the background: do not send it again.",
};

export function errorsPage(): string {
  const rows = Object.entries(flinksCodes).map(([code, { category, action, retryable, sentence }]) => {
    const meaning = `${meanings[code as KnownFlinksCode]} ${sentence}`;
    return `| \`${code}\` | \`${category}\` | \`${action}\` | ${retryable ? "yes" : "no"} | ${meaning} |`;
  });
  return `<!-- Made by \`npm run generate\` from src/wrappers/codes.ts. Do not edit. -->

# Error codes

A \`FlinksApiError\` carries the API's \`FlinksCode\` as \`code\`, and what this table says of it as \`category\`,
\`action\` and \`retryable\`. The HTTP status does not tell what went wrong (\`INVALID_LOGIN\` comes with 400 and
with 401), so decide by the code or its category.

- **category**: what part of the call went wrong.
- **action**: who mends it, and how.
- **retryable**: whether the same call may succeed a little later although nobody changed anything. Repeating a
  *live* call can still lock the user out of their bank; the client never does it by itself.

The list is open: a code that is not in it is passed on as it is, with the category that its status allows
(\`rate_limit\` for 429, \`server\` for 5xx), otherwise \`unknown\` and \`contact_support\`. An answer without any code
has the code \`HTTP_<status>\`; \`HTTP_401\` is what a wrong secret key and a spent authorize token get.

| code | category | action | retryable | what it means, and what to do |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

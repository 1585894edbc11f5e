/** The table of codes → docs/errors.md. */
import { flinksCodes } from "../src/wrappers/codes.ts";

export function errorsPage(): string {
  const rows = Object.entries(flinksCodes).map(([code, { category, action, retryable, sentence }]) => {
    return `| \`${code}\` | \`${category}\` | \`${action}\` | ${retryable ? "yes" : "no"} | ${sentence} |`;
  });
  return `<!-- Made by \`npm run generate\` from src/wrappers/codes.ts. Do not edit. -->

# Error codes

A \`FlinksApiError\` carries the API's \`FlinksCode\` as \`code\`, and what this table says of it as \`category\`,
\`action\` and \`retryable\`. The HTTP status does not tell what went wrong (\`INVALID_LOGIN\` comes with 400 and
with 401), so decide by the code or its category.

- **category**: what part of the call went wrong.
- **action**: who has to act, and how.
- **retryable**: whether the same call may succeed a little later although nobody changed anything. Repeating a
  *live* call can still lock the user out of their bank; the client never does it by itself.

The list is open: a code that is not in it is passed on as it is, with the category that its status allows
(\`rate_limit\` for 429, \`server\` for 5xx), otherwise \`unknown\` and \`contact_support\`. A response without a code
has the code \`HTTP_<status>\`; \`HTTP_401\` is what a wrong secret key and a spent authorize token get.

| code | category | action | retryable | what it means, and what to do |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

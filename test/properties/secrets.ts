/** No error shows a secret, whatever it is and wherever it is echoed. */
import fc from "fast-check";
import { stringsOn } from "../helpers/strings-on.ts";
import { answerText, anyString, clientWith, errorOf, type Property } from "./property.ts";

/** How servers echo what they were sent: as it is, or escaped once. */
const echoes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  // Without half characters, which it rejects.
  (text) => encodeURIComponent(Buffer.from(text).toString()),
  (text) => new URLSearchParams({ text }).toString(),
  (text) =>
    text.replace(/[&<>"']/g, (sign) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[sign]};`),
];

/** Where they echo it. */
const replies: readonly ((text: string) => Response)[] = [
  (Message) =>
    Response.json(
      { Message, FlinksCode: "UNKNOWN_ERROR", ValidationDetails: { [Message]: [Message] } },
      { status: 500 },
    ),
  (FlinksCode) => Response.json({ FlinksCode, RequestId: FlinksCode }, { status: 401 }),
  (text) => new Response(`<html>${text}</html>`, { status: 502 }),
  (text) => Response.json({ text }),
  (text) => {
    throw Object.assign(new Error(text), { code: text, request: { text }, cause: new TypeError(text) });
  },
];

interface Secrets {
  readonly Username: string;
  readonly Password: string;
  readonly answer: string;
  readonly token: string;
  readonly secretKey: string;
}

/** A call, and the secrets that go into it. */
type Call = (secrets: Secrets, fetch: unknown) => { call: () => unknown; sent: string[] };

const calls: readonly Call[] = [
  ({ secretKey }, fetch) => ({ call: clientWith(fetch, { secretKey }).generateAuthorizeToken, sent: [secretKey] }),
  ({ token, Username, Password }, fetch) => ({
    call: () => clientWith(fetch, { authorizeToken: () => token }).authorize({ Institution: "i", Username, Password }),
    sent: [token, Username, Password],
  }),
  ({ answer }, fetch) => ({
    async call() {
      const body = { RequestId: "r", SecurityChallenges: [{ Type: "New", Prompt: "?" }] };
      const asked = await clientWith(async () => Response.json(body, { status: 203 })).authorize({ LoginId: "l" });
      if (asked.status === "mfa_required") await clientWith(fetch).answerChallenge(asked, { "?": [answer] });
    },
    sent: [answer],
  }),
];

/** All that can be read off the error of a call whose every secret comes back. */
async function stringsOnError(secrets: Secrets, which: number, echo: number, reply: number): Promise<string[]> {
  const encode = echoes[echo] as (text: string) => string;
  const { call, sent } = (calls[which] as Call)(secrets, async () =>
    (replies[reply] as (text: string) => Response)(sent.map(encode).join(" \u2603 ")),
  );
  return stringsOn(await errorOf(call));
}

const headerText = fc
  .string({ unit: "binary-ascii", minLength: 1 })
  .filter((text) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text));
const secretText = anyString.filter((text) => text !== "");

/** What our own words say does not count: the same call with other secrets of the same lengths tells. */
export const noSecret: Property = {
  name: "any string that goes in as a secret is absent from any error",
  property: fc.asyncProperty(
    fc.record({
      Username: secretText,
      Password: secretText,
      answer: answerText,
      token: headerText,
      secretKey: headerText,
    }),
    fc.nat({ max: calls.length - 1 }),
    fc.nat({ max: echoes.length - 1 }),
    fc.nat({ max: replies.length - 1 }),
    async (secrets, which, echo, reply) => {
      const { sent } = (calls[which] as Call)(secrets, fetch);
      const others = Object.fromEntries(
        Object.entries(secrets).map(([name, secret]) => [name, "\u00a1".repeat(secret.length)]),
      ) as unknown as Secrets;
      // From one line: a number may be a secret, and stack traces are full of lines and columns.
      const [shown = [], usual = []] = await Promise.all(
        [secrets, others].map((each) => stringsOnError(each, which, echo, reply)),
      );
      // A message has numbers of its own, such as the length of a body that depends on the secret.
      for (const secret of sent.filter((secret) => !/^\d{1,3}$/.test(secret))) {
        const text = shown.find((string) => string.includes(secret));
        if (text !== undefined && !usual.some((string) => string.includes(secret))) {
          throw new Error(`${JSON.stringify(secret)} stands in ${JSON.stringify(text)}`);
        }
      }
    },
  ),
};

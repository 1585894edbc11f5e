/**
 * What holds for any input. Run in short by `npm test`, in length by `npm run fuzz`. The network is a function:
 * what is under test is what the client makes of any answer, not how it arrives.
 */
import fc from "fast-check";
import { createFlinksClient, FlinksError, FlinksUsageError } from "../../src/index.ts";
import { stringsOn } from "../helpers/strings-on.ts";
import { oneByteChanged } from "./webhooks.ts";

export interface Property {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: any number of arbitraries of any types.
  readonly property: fc.IAsyncProperty<any>;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

function clientWith(fetch: Fetch, options: object = {}) {
  const key = "secretKey" in options ? {} : { authorizeToken: () => "token" };
  const all = { baseUrl: "http://localhost", customerId: "c", retry: false, fetch, ...key, ...options };
  return createFlinksClient(all as Parameters<typeof createFlinksClient>[0]);
}

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

const anyString = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    " ",
    "\ud800",
    "a\u0000b",
    '"',
    "\\",
    "%41",
    "&amp;",
  ),
);
const answerText = anyString.filter((text) => text.trim() !== "");

/** Any prompts and answers survive the round trip verbatim, continuation and all. */
const roundTrip: Property = {
  name: "prompts and answers survive the round trip verbatim",
  property: fc.asyncProperty(
    fc.uniqueArray(fc.tuple(anyString, answerText), {
      minLength: 1,
      maxLength: 5,
      selector: ([prompt]) => prompt,
    }),
    fc.record({ Tag: fc.string({ minLength: 1 }), Save: fc.boolean() }, { requiredKeys: [] }),
    fc.boolean(),
    async (pairs, fields, documented) => {
      let body = "";
      const flinks = clientWith(async (_, init) => {
        body = String(init.body);
        if (JSON.parse(body).RequestId !== undefined) return Response.json({ RequestId: "r" });
        const SecurityChallenges = pairs.map(([Prompt]) =>
          documented ? Object.fromEntries([[Prompt, []]]) : { Type: "QuestionAndAnswer", Prompt },
        );
        return Response.json({ RequestId: "r", SecurityChallenges }, { status: 203 });
      });
      const asked = JSON.parse(JSON.stringify(await flinks.authorize({ LoginId: "l", ...fields })));
      await flinks.answerChallenge(asked, Object.fromEntries(pairs));
      const { SecurityResponses, ...rest } = JSON.parse(body);
      const sent = Object.entries(SecurityResponses as Record<string, string[]>);
      const expected = new Map(pairs);
      const isVerbatim = sent.every(
        ([prompt, answers]) => answers.length === 1 && expected.get(prompt) === answers[0],
      );
      const repeats = Object.entries(fields).every(([name, value]) => rest[name] === value);
      return isVerbatim && repeats && sent.length === pairs.length && rest.MostRecentCached === false;
    },
  ),
};

const jsonBody = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      HttpStatusCode: fc.oneof(fc.integer(), fc.constantFrom(200, 202, 203, 401), fc.jsonValue()),
      RequestId: fc.oneof(fc.string(), fc.jsonValue()),
      FlinksCode: fc.oneof(
        fc.string(),
        fc.constantFrom("INVALID_SECURITY_RESPONSE", "constructor"),
        fc.jsonValue(),
      ),
      Message: fc.oneof(fc.string(), fc.jsonValue()),
      InstitutionName: fc.jsonValue(),
      SecurityChallenges: fc.oneof(
        fc.array(
          fc.oneof(
            fc.record({
              Type: fc.oneof(fc.string(), fc.jsonValue()),
              Prompt: fc.string(),
              Iterables: fc.jsonValue(),
            }),
            fc.dictionary(fc.string(), fc.oneof(fc.array(fc.string()), fc.jsonValue())),
            fc.jsonValue(),
          ),
          { maxLength: 3 },
        ),
        fc.jsonValue(),
      ),
      Token: fc.oneof(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);
const status = fc.oneof(fc.constantFrom(200, 202, 203, 400, 401, 500), fc.integer({ min: 200, max: 599 }));

/** Any JSON value as a body, under any status, is an outcome or one of our errors. */
const anyBody: Property = {
  name: "any body under any status is an outcome or one of our errors",
  property: fc.asyncProperty(status, jsonBody, fc.integer({ min: 0, max: 20 }), async (code, value, cut) => {
    const text = JSON.stringify(value);
    const bodiless = [204, 205, 304].includes(code);
    const body = bodiless ? null : text.slice(0, text.length - (cut < 3 ? cut : 0));
    const flinks = clientWith(async () => new Response(body, { status: code }), { secretKey: "key" });
    const calls = [() => flinks.authorize({ LoginId: "l" }), () => flinks.generateAuthorizeToken()];
    for (const call of calls) {
      const error = await errorOf(call);
      if (error !== undefined && !(error instanceof FlinksError)) return false;
    }
    return (
      Object.keys(Object.prototype).length === 0 && ({} as { polluted?: unknown }).polluted === undefined
    );
  }),
};

const option = (...likely: fc.Arbitrary<unknown>[]) => fc.oneof(...likely, fc.anything({ maxDepth: 1 }));

/** Any options are a client or a FlinksUsageError. */
const anyOptions: Property = {
  name: "any options are a client or a FlinksUsageError",
  property: fc.asyncProperty(
    fc.oneof(
      fc.anything(),
      fc.record(
        {
          instance: option(fc.domain(), fc.constant("toolbox")),
          baseUrl: option(fc.webUrl(), fc.constant("http://[::1]:1")),
          customerId: option(fc.uuid()),
          secretKey: option(fc.string()),
          authorizeToken: option(fc.string(), fc.func(fc.string())),
          fetch: option(fc.constant(fetch)),
          timeoutMs: option(fc.integer()),
          retry: option(fc.record({ retries: fc.nat(), minDelayMs: fc.nat(), maxDelayMs: fc.nat() })),
          maxResponseBytes: option(fc.nat()),
        },
        { requiredKeys: [] },
      ),
    ),
    async (options) => {
      const error = await errorOf(() =>
        createFlinksClient(options as Parameters<typeof createFlinksClient>[0]),
      );
      return error === undefined || error instanceof FlinksUsageError;
    },
  ),
};

/** How servers echo what they were sent. */
const echoes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify(text)),
  (text) => encodeURIComponent(Buffer.from(text).toString()),
  (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
];

/** Where they echo it. */
const replies: readonly ((text: string) => Response)[] = [
  (Message) => Response.json({ Message, FlinksCode: "UNKNOWN_ERROR" }, { status: 500 }),
  (FlinksCode) => Response.json({ FlinksCode, RequestId: FlinksCode }, { status: 401 }),
  (text) => new Response(`<html>${text}</html>`, { status: 502 }),
  (text) => Response.json({ text }),
  (text) => {
    throw Object.assign(new Error(text), { request: { text }, cause: new TypeError(text) });
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
type Call = (secrets: Secrets, fetch: Fetch) => { call: () => unknown; sent: string[] };

const questions = [{ prompt: "?", type: "New", choices: [] }];
const challenge = { requestId: "r", questions, round: 1, receivedAt: "" };
const continuation = `flinks_mfa_1.${btoa(JSON.stringify({ token: "continued", fields: {} }))}`;

const calls: readonly Call[] = [
  ({ secretKey }, fetch) => ({
    call: clientWith(fetch, { secretKey }).generateAuthorizeToken,
    sent: [secretKey],
  }),
  ({ token, Username, Password }, fetch) => ({
    call: () =>
      clientWith(fetch, { authorizeToken: () => token }).authorize({ Institution: "i", Username, Password }),
    sent: [token, Username, Password],
  }),
  ({ answer }, fetch) => ({
    call: () => clientWith(fetch).answerChallenge({ challenge, continuation }, { "?": [answer] }),
    sent: [answer],
  }),
];

/** All that can be read off the error of a call whose every secret comes back. */
async function stringsOnError(
  secrets: Secrets,
  which: number,
  echo: number,
  reply: number,
): Promise<string[]> {
  const encode = echoes[echo] as (text: string) => string;
  const { call, sent } = (calls[which] as Call)(secrets, async () =>
    (replies[reply] as (text: string) => Response)(sent.map(encode).join(" \u2603 ")),
  );
  return stringsOn(await errorOf(call));
}

const headerText = fc
  .string({ unit: "binary-ascii", minLength: 1 })
  .filter((text) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text));

/**
 * Any string that goes in as a secret is absent from any error. What our own words say whatever the secret is
 * does not count: the same calls with other secrets of the same lengths tell.
 */
const noSecret: Property = {
  name: "any string that goes in as a secret is absent from any error",
  property: fc.asyncProperty(
    fc.record({
      Username: anyString.filter((text) => text !== ""),
      Password: anyString.filter((text) => text !== ""),
      answer: answerText,
      token: headerText,
      secretKey: headerText,
    }),
    fc.nat({ max: calls.length - 1 }),
    fc.nat({ max: echoes.length - 1 }),
    fc.nat({ max: replies.length - 1 }),
    async (secrets, which, echo, reply) => {
      const { sent } = (calls[which] as Call)(secrets, fetch as Fetch);
      const others = Object.fromEntries(
        Object.entries(secrets).map(([name, secret]) => [name, "\u00a1".repeat(secret.length)]),
      ) as unknown as Secrets;
      let found = sent;
      let shown: string[] = [];
      // Both from here: a number may be a secret, and stack traces are full of lines and columns.
      for (const given of [secrets, others]) {
        const strings = await stringsOnError(given, which, echo, reply);
        const isShown = (secret: string) => strings.some((text) => text.includes(secret));
        found = found.filter((secret) => (given === secrets ? isShown(secret) : !isShown(secret)));
        if (found.length === 0) return;
        if (given === secrets) shown = strings;
      }
      const [secret = ""] = found;
      const text = shown.find((string) => string.includes(secret));
      throw new Error(`${JSON.stringify(secret)} stands in ${JSON.stringify(text)}`);
    },
  ),
};

export const properties: readonly Property[] = [roundTrip, anyBody, anyOptions, noSecret, oneByteChanged];

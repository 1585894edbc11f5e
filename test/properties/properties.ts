/**
 * What holds for any input. Run in short by `npm test`, in length by `npm run fuzz`. The network is a function:
 * what is under test is what the client makes of any response, not how it arrives.
 */
import fc from "fast-check";
import { createFlinksClient, FlinksError, FlinksUsageError } from "../../src/index.ts";
import { answerText, anyString, clientWith, errorOf, type Property } from "./property.ts";
import { noSecret } from "./secrets.ts";
import { oneByteChanged } from "./webhooks.ts";

/** An outcome, or one of our errors; and nothing polluted. */
async function isOurs(call: () => unknown): Promise<boolean> {
  const error = await errorOf(call);
  const isPolluted = Object.keys(Object.prototype).length > 0 || Reflect.has({}, "polluted");
  return (error === undefined || error instanceof FlinksError) && !isPolluted;
}

const roundTrip: Property = {
  name: "prompts and answers survive the round trip verbatim",
  property: fc.asyncProperty(
    fc.uniqueArray(fc.tuple(anyString, answerText), { minLength: 1, maxLength: 5, selector: ([prompt]) => prompt }),
    fc.record({ Tag: anyString, Save: fc.boolean() }, { requiredKeys: [] }),
    fc.boolean(),
    async (pairs, fields, isDocumented) => {
      let body = "";
      const flinks = clientWith(async (_: string, init: { body: string }) => {
        ({ body } = init);
        if (JSON.parse(body).RequestId !== undefined) return Response.json({ RequestId: "r" });
        const SecurityChallenges = pairs.map(([Prompt]) =>
          isDocumented ? Object.fromEntries([[Prompt, []]]) : { Type: "QuestionAndAnswer", Prompt },
        );
        return Response.json({ RequestId: "r", SecurityChallenges }, { status: 203 });
      });
      const asked = JSON.parse(JSON.stringify(await flinks.authorize({ LoginId: "l", ...fields })));
      await flinks.answerChallenge(asked, Object.fromEntries(pairs));
      const { SecurityResponses, ...rest } = JSON.parse(body);
      const sent = Object.entries(SecurityResponses as Record<string, string[]>);
      const expected = new Map(pairs);
      const isVerbatim = sent.every(([prompt, answers]) => answers.length === 1 && expected.get(prompt) === answers[0]);
      const repeats = Object.entries(fields).every(([name, value]) => rest[name] === value);
      return isVerbatim && repeats && sent.length === pairs.length && rest.MostRecentCached === false;
    },
  ),
};

const json = fc.jsonValue();
const question = fc.oneof(
  fc.record({ Type: fc.oneof(fc.string(), json), Prompt: fc.string(), Iterables: json }),
  fc.dictionary(fc.string(), fc.oneof(fc.array(fc.string()), json)),
  json,
);
const statusInBody = fc.oneof(fc.integer(), fc.constantFrom(200, 202, 203, 401), json);
const code = fc.oneof(
  fc.string(),
  fc.constantFrom("INVALID_SECURITY_RESPONSE", "OPERATION_PENDING", "constructor"),
  json,
);
const details = fc.oneof(fc.dictionary(fc.string(), fc.array(fc.string())), json);
const jsonBody = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      HttpStatusCode: statusInBody,
      RequestId: fc.oneof(fc.string(), json),
      FlinksCode: code,
      Message: fc.oneof(fc.string(), json),
      ValidationDetails: fc.oneof(details, fc.array(details)),
      InstitutionName: json,
      SecurityChallenges: fc.oneof(fc.array(question, { maxLength: 3 }), json),
      Token: fc.oneof(fc.string(), json),
    },
    { requiredKeys: [] },
  ),
);
const status = fc.oneof(fc.constantFrom(200, 202, 203, 400, 401, 500), fc.integer({ min: 200, max: 599 }));

const anyBody: Property = {
  name: "any body under any status is an outcome or one of our errors",
  property: fc.asyncProperty(status, jsonBody, fc.integer({ min: 0, max: 20 }), async (code, value, cut) => {
    const text = JSON.stringify(value);
    const body = [204, 205, 304].includes(code) ? null : text.slice(0, text.length - (cut < 3 ? cut : 0));
    const flinks = clientWith(async () => new Response(body, { status: code }), { secretKey: "key" });
    return (await isOurs(() => flinks.authorize({ LoginId: "l" }))) && isOurs(() => flinks.generateAuthorizeToken());
  }),
};

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
});
const foreignResponse = fc.record(
  {
    status: fc.oneof(status, anything),
    headers: anything,
    redirected: anything,
    type: anything,
    body: fc.oneof(
      anything,
      fc.record({ getReader: fc.func(fc.record({ read: fc.func(anything), cancel: anything })) }),
    ),
    text: fc.oneof(fc.func(fc.oneof(fc.json(), anything)), anything),
  },
  { requiredKeys: [] },
);

const anyFetch: Property = {
  name: "whatever a fetch returns or throws is an outcome or one of our errors",
  property: fc.asyncProperty(fc.oneof(foreignResponse, anything), fc.boolean(), async (value, isThrown) => {
    const fetch = () => {
      if (isThrown) throw value;
      return value;
    };
    return isOurs(() => clientWith(fetch, { onExchange: () => {}, timeoutMs: 1_000 }).authorize({ LoginId: "l" }));
  }),
};

const option = (...likely: fc.Arbitrary<unknown>[]) => fc.oneof(...likely, fc.anything({ maxDepth: 1 }));

const anyOptions: Property = {
  name: "any options are a client or a FlinksUsageError",
  property: fc.asyncProperty(
    fc.oneof(
      fc.anything(),
      fc.record(
        {
          instance: option(fc.domain(), fc.constant("toolbox")),
          baseUrl: option(fc.webUrl(), fc.constant("http://[::1]:1")),
          allowInsecureHttp: option(fc.constant(true)),
          customerId: option(fc.uuid()),
          secretKey: option(fc.string()),
          authorizeToken: option(fc.string(), fc.func(fc.string())),
          prefetch: option(fc.nat()),
          fetch: option(fc.constant(fetch)),
          timeoutMs: option(fc.integer()),
          retry: option(fc.record({ retries: fc.nat(), minDelayMs: fc.nat(), maxDelayMs: fc.nat() })),
          maxResponseBytes: option(fc.nat()),
          onExchange: option(fc.func(fc.anything())),
        },
        { requiredKeys: [] },
      ),
    ),
    async (options) => {
      const error = await errorOf(() => createFlinksClient(options as Parameters<typeof createFlinksClient>[0]));
      return error === undefined || error instanceof FlinksUsageError;
    },
  ),
};

const path = "/v3/{customerId}/BankingServices/Authorize";

const anyInit: Property = {
  name: "whatever http is given is sent or a FlinksUsageError",
  property: fc.asyncProperty(
    fc.oneof(fc.constant(path), anything),
    fc.oneof(
      anything,
      fc.record(
        {
          params: option(
            fc.record({
              path: option(fc.record({ customerId: option(anyString) })),
              query: option(),
              header: option(),
            }),
          ),
          headers: option(fc.dictionary(anyString, option(anyString))),
          body: option(fc.dictionary(anyString, anything)),
          signal: option(),
        },
        { requiredKeys: [] },
      ),
    ),
    async (path, init) => {
      const { http } = clientWith(async () => Response.json({ RequestId: "r" }));
      const error = await errorOf(() => http.POST(path as "/v3/{customerId}/BankingServices/Authorize", init as never));
      return error === undefined || error instanceof FlinksUsageError;
    },
  ),
};

export const properties: readonly Property[] = [
  roundTrip,
  anyBody,
  anyFetch,
  anyOptions,
  anyInit,
  noSecret,
  oneByteChanged,
];

/**
 * Every kind of error, after a server echoed all that it was sent, through every way in which programs print errors.
 * The secrets have a core that no escape touches, so that a trace of one is found in any text.
 */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createFlinksClient, FlinksMfaError, type MfaRequiredOutcome } from "../../../src/index.ts";
import { clientOf, customerId, errorOf, errorOfClass } from "../../helpers/client.ts";
import { type Received, type Reply, startServer } from "../../helpers/http-server.ts";
import { serialisers, walk } from "../../helpers/serialisers.ts";
import { challenge, challengeAgain, question, refusal, requestId, token } from "../../helpers/wire.ts";

const cores = ["usr7Kq2Zx9", "pwd4Hn8Wv3", "key6Tb1Rm5", "tok9Lc3Yp7", "ans2Gd6Js8"];
const secrets = {
  Username: `${cores[0]}@exämple.com`,
  Password: `"${cores[1]}' <&>\\%41+/é`,
  key: `${cores[2]}==`,
  token: `${cores[3]}+/=`,
  answer: `${cores[4]} "ö"`,
};
const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

const tracesIn = (text: string) => cores.filter((core) => text.toLowerCase().includes(core.toLowerCase()));

function expectNoTrace(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  const traces = Object.entries(serialisers).map(([name, serialise]) => [name, tracesIn(serialise(error as Error))]);
  expect(traces).toEqual(Object.keys(serialisers).map((name) => [name, []]));
  if (!(error instanceof FlinksMfaError)) expect(tracesIn(walk(error))).toEqual([]);
}

it("every serialiser shows a secret where there is one", () => {
  const leaky = Object.assign(new Error(secrets.key), { secret: secrets.Password });
  for (const [name, serialise] of Object.entries({ ...serialisers, walk })) {
    expect([name, tracesIn(serialise(leaky)).length > 0]).toEqual([name, true]);
  }
});

/** As it is, and escaped once. */
const forms: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  encodeURIComponent,
  (text) => new URLSearchParams({ text }).toString(),
  (text) =>
    text.replace(/[&<>"']/g, (sign) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[sign]};`),
];

function echoOf({ headers, json }: Received): string {
  const answers = Object.values<string[]>(json?.SecurityResponses ?? {}).flat();
  const sent = [headers["flinks-auth-key"], json?.Username, json?.Password, ...answers];
  return sent.flatMap((text) => (typeof text === "string" ? forms.map((encode) => encode(text)) : [])).join(" | ");
}

const echoes: Readonly<Record<string, (echo: string) => Reply>> = {
  "a message": (Message) => refusal("INVALID_LOGIN", { Message }),
  "a code and a RequestId": (echo) => refusal(echo, { RequestId: echo, status: 401 }),
  headers: (echo) => refusal("UNKNOWN_ERROR", { headers: { "x-request-id": echo, server: echo, "retry-after": echo } }),
  ValidationDetails: (echo) => refusal("INVALID_REQUEST", { ValidationDetails: { [echo]: [echo] } }),
  "HTML, with headers": (echo) => ({ status: 502, body: `<html>${echo}</html>`, headers: { "cf-ray": echo } }),
  "cut JSON": (echo) => ({ status: 500, body: `{"echo":${echo}` }),
  "a 200 that is cut": (echo) => ({ body: `{"echo":${echo}` }),
  "JSON of another shape": (echo) => ({ body: { echo } }),
  "a redirect": (echo) => ({ status: 302, headers: { location: `/${encodeURIComponent(echo)}` } }),
};

type Call = (baseUrl: string, options?: object) => Promise<unknown>;
const withToken = { authorizeToken: () => secrets.token };
const asked = challenge([question("City?")]);

/** Each sends one request that is echoed. */
const calls: Readonly<Record<string, Call>> = {
  generateAuthorizeToken: (baseUrl, options) =>
    clientOf({ baseUrl }, { secretKey: secrets.key, ...options }).generateAuthorizeToken(),
  authorize: (baseUrl, options) => clientOf({ baseUrl }, { ...withToken, ...options }).authorize(credentials),
  async answerChallenge(baseUrl, options) {
    const flinks = clientOf({ baseUrl }, { ...withToken, ...options });
    return flinks.answerChallenge(await openChallenge(), { "City?": secrets.answer });
  },
  http: (baseUrl, options) =>
    clientOf({ baseUrl }, { ...withToken, ...options }).http.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: { path: { customerId }, header: { "flinks-auth-key": secrets.token } },
      body: { ...credentials, SecurityResponses: { "City?": [secrets.answer] } },
    }),
};

/** A challenge from another client, as if from another process. */
async function openChallenge(): Promise<MfaRequiredOutcome> {
  const flinks = clientOf(await startServer(() => asked), withToken);
  return (await flinks.authorize(credentials)) as MfaRequiredOutcome;
}

describe.each(Object.entries(echoes))("a server that echoes in %s", (_, reply) => {
  it.each(Object.entries(calls))("%s: no error shows a secret", async (name, call) => {
    const server = await startServer((request) => reply(echoOf(request)));
    const result = await call(server.baseUrl).catch((error: unknown) => error);
    // `http` returns refusals, in the server's own words. What it throws is ours.
    if (name !== "http" || result instanceof Error) expectNoTrace(result);
    expect(server.received).toHaveLength(1);
  });
});

describe("a fetch that throws its request", () => {
  type Init = { readonly body?: string; readonly headers: Record<string, string> };
  const keyOf = ({ headers }: Init) => `${headers["flinks-auth-key"]}`;
  it.each<[string, (init: Init) => unknown]>([
    ["in a message", (init) => new TypeError(`failed: ${init.body} ${keyOf(init)}`)],
    ["in a cause", (init) => new Error("m", { cause: new Error("n", { cause: new Error(init.body ?? keyOf(init)) }) })],
    ["as a property", (init) => Object.assign(new Error("m"), { config: init, code: keyOf(init) })],
    ["hidden", (init) => Object.defineProperty(new Error("m"), "request", { value: init })],
    ["in an AggregateError", (init) => new AggregateError([new Error(init.body ?? keyOf(init))], "m")],
    ["in a ReferenceError", (init) => new ReferenceError(`${keyOf(init)} is not defined`)],
    ["as it is", (init) => init],
    [
      "after it took the key out",
      (init) => {
        const key = keyOf(init);
        delete init.headers["flinks-auth-key"];
        return new TypeError(`failed: ${key}`);
      },
    ],
  ])("%s", async (_, errorFor) => {
    const fetch = (_url: string, init: Init) => Promise.reject(errorFor(init));
    for (const call of Object.values(calls)) expectNoTrace(await errorOf(call("http://localhost", { fetch })));
  });
});

it("a timeout shows no secret", async () => {
  const server = await startServer(() => new Promise(() => {}));
  for (const call of Object.values(calls)) expectNoTrace(await errorOf(call(server.baseUrl, { timeoutMs: 20 })));
});

describe("misuse shows no secret", () => {
  const make = (options: object) => () =>
    createFlinksClient({ instance: "toolbox", customerId, ...options } as Parameters<typeof createFlinksClient>[0]);
  const authorize = (request: object) => () => make(withToken)().authorize({ ...credentials, ...request } as never);
  const answer =
    (answers: object, fields: object = {}) =>
    async () =>
      make(withToken)().answerChallenge({ ...(await openChallenge()), ...fields }, answers as Record<string, string>);

  it.each<[string, () => unknown]>([
    ["instance", make({ instance: secrets.key, secretKey: "k" })],
    ["baseUrl with a password", make({ instance: undefined, baseUrl: `https://${cores[2]}@host`, secretKey: "k" })],
    ["baseUrl with http:", make({ instance: undefined, baseUrl: `http://${cores[2]}.example`, secretKey: "k" })],
    ["customerId", make({ customerId: secrets.key, secretKey: "k" })],
    ["secretKey", make({ secretKey: `${secrets.key}\n` })],
    ["secretKey and authorizeToken", make({ secretKey: secrets.key, authorizeToken: secrets.token })],
    ["authorizeToken", () => make({ authorizeToken: () => `${secrets.token}\n` })().authorize(credentials)],
    ["LoginId with credentials", authorize({ LoginId: secrets.Username })],
    ["Save", authorize({ Save: secrets.Password })],
    ["Language", authorize({ Language: secrets.Password })],
    ["RequestId", authorize({ RequestId: secrets.token })],
    ["a malformed answer", answer({ "City?": [secrets.answer, ""] })],
    ["an answer as the key", answer({ [secrets.answer]: "City?" })],
    ["a list of answers", answer([secrets.answer])],
    ["a continuation with text behind", answer({ "City?": secrets.answer }, { continuation: `${secrets.token}!` })],
  ])("%s", async (_, call) => {
    const error = await errorOf(call);
    expect(error).toMatchObject({ name: "FlinksUsageError" });
    expectNoTrace(error);
  });
});

it("too many rounds: the error holds the continuation, and nothing shows it that does not ask for getters", async () => {
  const server = await startServer(() => asked);
  const call = clientOf(server, withToken).authorizeWithMfa(credentials, () => ({ "City?": secrets.answer }));
  const error = await errorOfClass(FlinksMfaError, call);
  const { continuation } = (await openChallenge()) as MfaRequiredOutcome;
  expect(error.continuation).toBe(continuation);
  expectNoTrace(error);
  for (const serialise of Object.values(serialisers)) expect(serialise(error)).not.toContain(continuation);
  expect(inspect(error, { getters: true })).not.toContain(secrets.token);
});

describe("what an earlier request of the same session sent is not shown either", () => {
  const all = `${Object.values(secrets).join(" | ")} is locked`;
  it.each<[string, Reply]>([
    ["a refusal", refusal("DISABLED_LOGIN", { status: 401, Message: all })],
    ["a page", { status: 502, body: `<html>${all}</html>` }],
    ["a refusal that asks again", challengeAgain([question("City?")], { Message: all })],
  ])("%s", async (_, last) => {
    const replies = [token(secrets.token), asked, asked];
    const server = await startServer(() => replies.shift() ?? last);
    const answers = [secrets.answer];
    const error = await errorOf(
      clientOf(server, { secretKey: secrets.key }).authorizeWithMfa(
        credentials,
        () => ({ "City?": answers.shift() ?? "Laval" }),
        { maxRounds: 3 },
      ),
    );
    expect(error).toMatchObject({ name: expect.stringMatching(/^Flinks(Api|Response|Mfa)Error$/) });
    expectNoTrace(error);
  });
});

it("an answer that is sent alone hides the client's secretKey", async () => {
  const server = await startServer(() => ({ status: 500, body: `<html>${secrets.key}</html>` }));
  const flinks = clientOf(server, { secretKey: secrets.key });
  const error = await errorOf(flinks.answerChallenge(await openChallenge(), { "City?": "Laval" }));
  expect(error).toMatchObject({ bodyExcerpt: "<html>[redacted]</html>" });
});

it("an answer of pictures leaves the error what it is", async () => {
  const Iterables = Array.from({ length: 3 }, (_, at) => `${at}`.repeat(100_000));
  const Prompt = "Which?";
  const replies = [challenge([{ Type: "ImageSelection", Prompt, Iterables }])];
  const server = await startServer(
    () => replies.shift() ?? refusal("INVALID_SECURITY_RESPONSE_NO_RETRY", { RequestId: requestId }),
  );
  const flinks = clientOf(server);
  const outcome = (await flinks.authorize(credentials)) as MfaRequiredOutcome;
  const error = await errorOf(flinks.answerChallenge(outcome, { [Prompt]: Iterables }));
  expect(error).toMatchObject({ code: "INVALID_SECURITY_RESPONSE_NO_RETRY", requestId });
});

it.each<[string, object]>([
  ["secretKey", { secretKey: secrets.key }],
  ["authorizeToken", { authorizeToken: secrets.token }],
])("printing a client with %s shows no secret", (_, options) => {
  const flinks = clientOf({ baseUrl: "http://localhost" }, options);
  const all = { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true };
  for (const text of [inspect(flinks, all), JSON.stringify(flinks), walk(flinks)]) expect(tracesIn(text)).toEqual([]);
});

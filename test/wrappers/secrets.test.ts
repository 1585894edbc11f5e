/**
 * Every kind of error, after a server echoed all it was sent, through every way in which programs serialise
 * errors. The secrets have a core that no encoding touches, so that a trace of one is found in any output.
 */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import * as sentry from "@sentry/core";
import * as pino from "pino-std-serializers";
import { describe, expect, it } from "vitest";
import * as winston from "winston";
import { createFlinksClient, type FlinksClient } from "../../src/index.ts";
import { clientOf, errorOf } from "../helpers/client.ts";
import { type Received, type Reply, startServer } from "../helpers/http-server.ts";
import { stringsOn } from "../helpers/strings-on.ts";

const cores = {
  username: "usr7Kq2Zx9",
  password: "pwd4Hn8Wv3",
  key: "key6Tb1Rm5",
  token: "tok9Lc3Yp7",
  answer: "ans2Gd6Js8",
};
const secrets = {
  username: `${cores.username}@exämple.com`,
  password: `"${cores.password}' <&>\\%41+/é\n😀`,
  key: `${cores.key}==`,
  token: `${cores.token}+/=`,
  answer: `${cores.answer} "ö"`,
};

// ---------------------------------------------------------------- what servers do with what they were sent

const encoders: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify(text)),
  encodeURIComponent,
  (text) => new URLSearchParams({ text }).toString(),
  (text) => text.replace(/[&<>"']/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`),
  (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(""),
  (text) =>
    Array.from(
      text.split(""),
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ).join(""),
];

function echoOf({ headers, text, json }: Received): string {
  const answers = Object.values<string[]>(json?.SecurityResponses ?? {}).flat();
  const sent = [headers["flinks-auth-key"], json?.Username, json?.Password, ...answers, text];
  const given = sent.filter((value): value is string => typeof value === "string" && value !== "");
  return given.flatMap((value) => encoders.map((encode) => encode(value))).join(" | ");
}

/** Printable, as a header's value has to be. */
const forHeader = (text: string) => text.replace(/[^ -~]/g, "?");

const question = { Type: "QuestionAndAnswer", Prompt: "?" };
const echoing: Record<string, (echo: string) => Reply> = {
  "an error's message": (Message) => ({ status: 400, body: { FlinksCode: "INVALID_LOGIN", Message } }),
  "an error's code and RequestId": (echo) => ({ status: 401, body: { FlinksCode: echo, RequestId: echo } }),
  "an error's headers": (echo) => ({
    status: 500,
    body: { FlinksCode: "UNKNOWN_ERROR" },
    headers: { "x-request-id": forHeader(echo), server: forHeader(echo), "retry-after": forHeader(echo) },
  }),
  "a challenge asked again": (Message) => ({
    status: 401,
    body: {
      FlinksCode: "INVALID_SECURITY_RESPONSE",
      Message,
      RequestId: "r",
      SecurityChallenges: [question],
    },
  }),
  HTML: (echo) => ({
    status: 502,
    body: `<html>${echo}</html>`,
    headers: { "x-request-id": forHeader(echo) },
  }),
  "cut JSON": (echo) => ({ body: JSON.stringify({ echo }).slice(0, -1) }),
  "JSON of another shape": (echo) => ({ body: { echo } }),
  "a redirect": (echo) => ({ status: 302, headers: { location: `/${encodeURIComponent(forHeader(echo))}` } }),
};

type Make = (baseUrl: string, options?: object) => Promise<unknown>;

const input = { Institution: "FlinksCapital", Username: secrets.username, Password: secrets.password };
const challenge = {
  requestId: "r",
  questions: [{ prompt: "?", type: "New", choices: [] }],
  round: 1,
  receivedAt: "",
};
const continuation = `flinks_mfa_1.${btoa(JSON.stringify({ token: secrets.token, fields: {} }))}`;
const withToken = { authorizeToken: () => secrets.token };

const calls: Record<string, Make> = {
  mint: (baseUrl, options) =>
    clientOf({ baseUrl }, { secretKey: secrets.key, ...options }).generateAuthorizeToken(),
  authorize: (baseUrl, options) => clientOf({ baseUrl }, { ...withToken, ...options }).authorize(input),
  answerChallenge: (baseUrl, options) =>
    clientOf({ baseUrl }, { ...withToken, ...options }).answerChallenge(
      { challenge, continuation },
      { "?": secrets.answer },
    ),
  http: (baseUrl, options) =>
    clientOf({ baseUrl }, { ...withToken, ...options }).http.POST(
      "/v3/{customerId}/BankingServices/Authorize",
      {
        params: { path: { customerId: "c" }, header: { "flinks-auth-key": secrets.token } },
        body: {
          Username: secrets.username,
          Password: secrets.password,
          SecurityResponses: { "?": [secrets.answer] },
        },
      },
    ),
};

// ---------------------------------------------------------------- how programs serialise an error

function printed(print: (console: Console) => void): string {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  print(new Console(stream));
  return chunks.join("");
}

const sentryClient = { getOptions: () => ({}) } as unknown as sentry.Client;

const serialisers: Record<string, (error: unknown) => string> = {
  message: (error) => String((error as Error).message),
  stack: (error) => String((error as Error).stack),
  String: (error) => String(error),
  "JSON.stringify": (error) => JSON.stringify(error),
  "JSON.stringify with own property names": (error) =>
    JSON.stringify(error, (_, value) =>
      value instanceof Error
        ? Object.fromEntries(
            Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]),
          )
        : value,
    ),
  "util.inspect": (error) => inspect(error),
  "util.inspect, hidden and deep": (error) =>
    inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
  "util.format": (error) => format("%s %o %O %j", error, error, error, error),
  "console.log": (error) => printed((console) => console.log(error)),
  "console.dir": (error) => printed((console) => console.dir(error, { showHidden: true, depth: null })),
  structuredClone: (error) => inspect(structuredClone(error), { showHidden: true, depth: null }),
  "v8.serialize": (error) => serialize(error).toString("latin1").replaceAll("\0", ""),
  "a walk over the prototype chain": (error) => stringsOn(error).join("\n"),
  "pino err": (error) => JSON.stringify(pino.err(error as Error)),
  "pino errWithCause": (error) => JSON.stringify(pino.errWithCause(error as Error)),
  winston: (error) =>
    JSON.stringify(
      winston.format
        .combine(winston.format.errors({ stack: true, cause: true }), winston.format.json())
        .transform(error as winston.Logform.TransformableInfo, {}),
    ) + inspect(error),
  "Sentry's event": (error) => {
    const event = sentry.eventFromUnknownInput(sentryClient, () => [], error);
    const { processEvent } = sentry.extraErrorDataIntegration({ depth: 10, captureErrorCause: true });
    return JSON.stringify(processEvent?.(event, { originalException: error }, sentryClient));
  },
  "a rejection that nobody handles": (error) => inspect(error) + String((error as { cause?: unknown }).cause),
};

/** Which of the secrets can be told from a text, through the encodings that leave letters as they are or not. */
function traces(text: string): string[] {
  const decimal = (core: string) => Array.from(core, (letter) => `&#${letter.charCodeAt(0)};`).join("");
  const unicode = (core: string) =>
    Array.from(core, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("");
  const base64 = btoa(secrets.token).slice(0, 12);
  return Object.values(cores)
    .flatMap((core) => [core, decimal(core), unicode(core), unicode(core).replaceAll("\\", "\\\\"), base64])
    .filter((needle) => text.toLowerCase().includes(needle.toLowerCase()));
}

function expectNoTrace(error: unknown): void {
  expect(error).toBeInstanceOf(Error);
  for (const [name, serialise] of Object.entries(serialisers)) {
    expect({ serialiser: name, traces: traces(serialise(error)) }).toEqual({ serialiser: name, traces: [] });
  }
}

// ---------------------------------------------------------------- the table

it("the serialisers and the search do find what is there", () => {
  for (const [name, serialise] of Object.entries(serialisers)) {
    const leaky = new Error(`m ${secrets.password}`, { cause: secrets.password });
    expect({ name, found: traces(serialise(leaky)).length > 0 }).toEqual({
      name,
      found: name !== "JSON.stringify",
    });
  }
  for (const encode of encoders) expect(traces(encode(secrets.password))).not.toEqual([]);
});

describe.each(Object.entries(echoing))("echoed in %s", (_, reply) => {
  it.each(Object.entries(calls))("%s: no error shows a secret", async (_name, call) => {
    const server = await startServer((request) => reply(echoOf(request)));
    const error = await errorOf(call(server.baseUrl).then((result) => httpError(result)));
    expectNoTrace(error);
    expect(server.received).toHaveLength(1);
  });
});

/** `http` gives errors of the API as values, which are the server's own text. Only what throws is ours. */
function httpError(result: unknown): unknown {
  if (typeof result === "object" && result !== null && "response" in result)
    throw new Error("given, not thrown");
  return result;
}

describe("a fetch that throws its request", () => {
  type Init = RequestInit & { readonly headers: Record<string, string> };
  const keyOf = (init: Init) => {
    const key = init.headers["flinks-auth-key"];
    if (key === undefined) throw new Error("There is no key to throw.");
    return key;
  };
  const throwing: Record<string, (url: unknown, init: Init) => unknown> = {
    "an error with the request on it": (url, init) =>
      Object.assign(new Error("failed"), { config: { url, ...init } }),
    "an error with the request hidden": (url, init) =>
      Object.defineProperty(new Error("failed"), "request", {
        value: new Request(String(url), init),
        enumerable: false,
      }),
    "an error whose class has a getter": (_, init) =>
      new (class extends Error {
        get body() {
          return init.body;
        }
      })("failed"),
    "an error with a private field that it prints": (_, init) =>
      new (class extends Error {
        readonly #body = String(init.body) + keyOf(init);
        [inspect.custom]() {
          return this.#body;
        }
      })("failed"),
    "a message": (_, init) => new TypeError(`failed: ${String(init.body)} ${keyOf(init)}`),
    "a cause deep down": (_, init) =>
      new Error("failed", { cause: new Error("because", { cause: new TypeError(String(init.body)) }) }),
    "an AggregateError": (_, init) => new AggregateError([new Error(String(init.body))], "failed"),
    "an error whose properties are named by secrets": (_, init) =>
      Object.assign(new Error("failed"), { [`${keyOf(init)}`]: 1, code: "ECODE" }),
    "an error with a symbol": (_, init) =>
      Object.assign(new Error("failed"), { [Symbol(String(init.body))]: 1 }),
    "a message, and the key taken out of the request": (_, init) => {
      const key = keyOf(init);
      delete init.headers["flinks-auth-key"];
      return new TypeError(`failed: ${key}`);
    },
    "an error with the headers": (_, init) => Object.assign(new Error("failed"), { headers: init.headers }),
    "an error with a map": (_, init) =>
      Object.assign(new Error("failed"), { sent: new Map([["body", init.body]]) }),
    "an error with a function": (_, init) => Object.assign(new Error("failed"), { retry: () => init.body }),
    "an error with a hostile getter": () =>
      Object.defineProperty(new Error("failed"), "trap", {
        get() {
          throw new Error("trapped");
        },
      }),
    "no error": (url, init) => ({ url, body: init.body, key: keyOf(init) }),
    "a string": (_, init) => init.body ?? keyOf(init),
  };

  it.each(Object.entries(throwing))("%s", async (_, thrown) => {
    let problem: unknown;
    const fetch = async (url: string, init: Init) => {
      let error: unknown;
      try {
        error = thrown(url, init);
      } catch (failed) {
        problem = failed;
      }
      throw error;
    };
    for (const call of Object.values(calls)) {
      const error = await errorOf(call("http://localhost", { fetch }));
      expect(error).toMatchObject({ name: "FlinksConnectionError" });
      expectNoTrace(error);
    }
    expect(problem).toBeUndefined();
  });
});

describe("the other kinds of error", () => {
  it("a timeout", async () => {
    const server = await startServer(() => new Promise<undefined>(() => {}));
    for (const call of Object.values(calls))
      expectNoTrace(await errorOf(call(server.baseUrl, { timeoutMs: 20 })));
  });

  it("usage: options, requests, answers and continuations in the wrong place", async () => {
    const flinks = createFlinksClient({ instance: "toolbox", customerId: "c", ...withToken });
    const make = (options: object) => () =>
      createFlinksClient(options as Parameters<typeof createFlinksClient>[0]);
    const answer = (answers: object) => () =>
      flinks.answerChallenge({ challenge, continuation }, answers as Record<string, string>);
    const authorize = (request: object) => () => flinks.authorize(request as { LoginId: string });
    const wrong: (() => unknown)[] = [
      make({ instance: secrets.key, customerId: "c", secretKey: "k" }),
      make({ baseUrl: `https://${cores.key}@host`, customerId: "c", secretKey: "k" }),
      make({ baseUrl: `http://${cores.key}.example`, customerId: "c", secretKey: "k" }),
      make({ instance: "toolbox", customerId: secrets.key, secretKey: "k" }),
      make({ instance: "toolbox", customerId: "c", secretKey: `${secrets.key}\n` }),
      make({ instance: "toolbox", customerId: "c", secretKey: secrets.key, authorizeToken: secrets.token }),
      authorize({ ...input, LoginId: secrets.username }),
      authorize({ ...input, Save: secrets.password }),
      authorize({ ...input, MostRecentCached: secrets.password }),
      authorize({ ...input, RequestId: secrets.token }),
      answer({ "?": [secrets.answer, ""] }),
      answer({ "??": secrets.answer }),
      answer([secrets.answer]),
      () => flinks.answerChallenge({ challenge, continuation: `${continuation}!` }, { "?": secrets.answer }),
      () => flinks.answerChallenge({ challenge, continuation: secrets.token }, { "?": secrets.answer }),
      () =>
        flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
          params: { path: { customerId: "c" }, header: { "flinks-auth-key": `${secrets.token}\n` } },
          body: {},
        }),
      () =>
        flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
          params: { path: { customerId: `../${secrets.token}` }, header: { "flinks-auth-key": "t" } },
          body: {},
        }),
    ];
    for (const call of wrong) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ name: "FlinksUsageError" });
      expectNoTrace(error);
    }
  });

  it("MFA that never ends", async () => {
    const server = await startServer(() => ({
      status: 203,
      body: { RequestId: "r", SecurityChallenges: [question] },
    }));
    const flinks = clientOf(server, withToken);
    const error = await errorOf(
      flinks.authorizeWithMfa(input, () => ({ "?": secrets.answer }), { maxRounds: 2 }),
    );
    expect(error).toMatchObject({ name: "FlinksMfaError" });
    expectNoTrace(error);
  });
});

describe("what an earlier request of the same session sent", () => {
  const asked = {
    status: 203,
    body: {
      RequestId: "r",
      SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: "City?" }],
    },
  };
  const all = `${Object.values(secrets).join(" | ")} is locked`;

  it.each<[string, Reply]>([
    ["a refusal", { status: 401, body: { HttpStatusCode: 401, FlinksCode: "DISABLED_LOGIN", Message: all } }],
    ["a page", { status: 502, body: `<html>${all}</html>` }],
    [
      "a refusal that asks again",
      { ...asked, status: 401, body: { ...asked.body, FlinksCode: "NEW", Message: all } },
    ],
  ])("is not shown by the error of a later one: %s", async (_, last) => {
    const minted = { body: { HttpStatusCode: 200, Token: secrets.token } };
    const replies = [minted, asked, asked];
    const server = await startServer(() => replies.shift() ?? last);
    const flinks = clientOf(server, { secretKey: secrets.key });
    let round = 0;
    const error = await errorOf(
      flinks.authorizeWithMfa(
        { Institution: "i", Username: secrets.username, Password: secrets.password },
        () => ({ "City?": round++ === 0 ? secrets.answer : "Laval" }),
        { maxRounds: 3 },
      ),
    );
    expect(error).toMatchObject({ name: expect.stringMatching(/^Flinks(Api|Response|Mfa)Error$/) });
    const shown = stringsOn(error).join("\n");
    for (const core of Object.values(cores)) expect(shown).not.toContain(core);
  });
});

it("an answer sent alone masks the client's key, too", async () => {
  const challenge = {
    requestId: "r",
    questions: [{ prompt: "?", type: "T", choices: [] }],
    round: 1,
    receivedAt: "",
  };
  const continuation = `flinks_mfa_1.${btoa(JSON.stringify({ token: secrets.token, fields: {} }))}`;
  const server = await startServer(() => ({ status: 500, body: `<html>${secrets.key}</html>` }));
  for (const options of [{ secretKey: secrets.key }, { authorizeToken: secrets.key }]) {
    const call = clientOf(server, options).answerChallenge(
      { challenge, continuation },
      { "?": secrets.answer },
    );
    expect(await errorOf(call)).toMatchObject({ bodyExcerpt: "<html>[redacted]</html>" });
  }
});

it("an answer of pictures leaves the error what it is", async () => {
  const pictures = Array.from({ length: 3 }, (_, at) => `${at}`.repeat(500_000));
  const challenge = {
    requestId: "r",
    questions: [{ prompt: "Which?", type: "ImageSelection", choices: pictures }],
    round: 1,
    receivedAt: "",
  };
  const body = {
    HttpStatusCode: 401,
    FlinksCode: "INVALID_SECURITY_RESPONSE",
    Message: "Wrong",
    RequestId: "r",
  };
  const server = await startServer(() => ({ status: 401, body }));
  const continuation = `flinks_mfa_1.${btoa(JSON.stringify({ token: secrets.token, fields: {} }))}`;
  const call = clientOf(server).answerChallenge({ challenge, continuation }, { "Which?": pictures });
  expect(await errorOf(call)).toMatchObject({ code: "INVALID_SECURITY_RESPONSE", requestId: "r" });
});

describe("printing a client prints no secret", () => {
  const made: [string, FlinksClient][] = [
    ["secretKey", createFlinksClient({ instance: "toolbox", customerId: "c", secretKey: secrets.key })],
    [
      "authorizeToken",
      createFlinksClient({ instance: "toolbox", customerId: "c", authorizeToken: secrets.token }),
    ],
  ];
  it.each(made)("made with %s", (_, flinks) => {
    for (const print of [
      (value: unknown) =>
        inspect(value, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
      (value: unknown) => JSON.stringify(value),
      (value: unknown) => stringsOn(value).join("\n"),
    ]) {
      expect(traces(print(flinks))).toEqual([]);
    }
  });
});

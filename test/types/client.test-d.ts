import { describe, expectTypeOf, it } from "vitest";
import {
  type AuthorizedOutcome,
  type AuthorizeResponse200,
  createFlinksClient,
  type FlinksClient,
  type FlinksCode,
  type FlinksExchangeEvent,
  type MfaChallenge,
  type MfaQuestionType,
  type PendingOutcome,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

declare const flinks: FlinksClient;
const secretKey = "k";
const LoginId = "l";
const credentials = { Institution: "i", Username: "u", Password: "p" };

describe("outcomes", () => {
  it("narrow by status", async () => {
    const outcome = await flinks.authorize({ LoginId });
    expectTypeOf(outcome.requestId).toEqualTypeOf<string>();
    switch (outcome.status) {
      case "authorized":
        expectTypeOf(outcome.session).toEqualTypeOf<AuthorizeResponse200>();
        expectTypeOf(outcome.session.RequestId).toEqualTypeOf<string>();
        expectTypeOf(outcome.session.Login?.Id).toEqualTypeOf<string | undefined>();
        // @ts-expect-error a session has no challenge
        outcome.challenge;
        break;
      case "mfa_required":
        expectTypeOf(outcome.challenge).toEqualTypeOf<MfaChallenge>();
        expectTypeOf(outcome.challenge.questions[0]?.choices).toEqualTypeOf<string[] | undefined>();
        expectTypeOf(outcome.challenge.questions[0]?.answerUnder).toEqualTypeOf<"prompt" | "choice" | undefined>();
        expectTypeOf(outcome.challenge.rejected?.code).toEqualTypeOf<FlinksCode | undefined>();
        expectTypeOf(outcome.continuation).toEqualTypeOf<string>();
        // @ts-expect-error a challenge has no session
        outcome.session;
        break;
      case "pending":
        expectTypeOf(outcome.code).toEqualTypeOf<FlinksCode>();
        expectTypeOf(outcome.operation).toEqualTypeOf<string>();
        expectTypeOf(outcome.message).toEqualTypeOf<string | undefined>();
        break;
      default:
        expectTypeOf(outcome).toBeNever();
    }
  });

  it("of authorizeWithMfa are never a challenge", async () => {
    const outcome = await flinks.authorizeWithMfa({ LoginId }, (challenge) => {
      expectTypeOf(challenge).toEqualTypeOf<MfaChallenge>();
      return { [challenge.questions[0]?.prompt ?? ""]: ["a"] };
    });
    expectTypeOf(outcome).toEqualTypeOf<AuthorizedOutcome | PendingOutcome>();
  });

  it("fit answerChallenge as they are, and after JSON", async () => {
    const outcome = await flinks.authorize({ LoginId });
    if (outcome.status !== "mfa_required") return;
    flinks.answerChallenge(outcome, { prompt: "a", other: ["b"] });
    const { challenge, continuation } = outcome;
    flinks.answerChallenge({ challenge, continuation }, {});
    // @ts-expect-error an answer is a string or strings
    flinks.answerChallenge(outcome, { prompt: 7 });
    // @ts-expect-error the continuation is missing
    flinks.answerChallenge({ challenge }, {});
  });
});

describe("requests", () => {
  it("that make sense compile", () => {
    flinks.authorize({ LoginId });
    flinks.authorize({ LoginId, MostRecentCached: true, Language: "fr", Save: false, Tag: "t" });
    flinks.authorize({ LoginId, MostRecentCached: false });
    flinks.authorize(credentials);
    flinks.authorize({ ...credentials, MostRecentCached: false, Tag: undefined });
  });

  it("that make no sense do not", () => {
    // @ts-expect-error nothing to open a session with
    flinks.authorize({});
    // @ts-expect-error misspelt
    flinks.authorize({ LogindId: "l" });
    // @ts-expect-error both
    flinks.authorize({ LoginId, ...credentials });
    // @ts-expect-error no institution
    flinks.authorize({ Username: "u", Password: "p" });
    // @ts-expect-error credentials are never cached
    flinks.authorize({ ...credentials, MostRecentCached: true });
    // @ts-expect-error belongs to answerChallenge
    flinks.authorize({ LoginId, RequestId: "r" });
    // @ts-expect-error belongs to answerChallenge
    flinks.authorize({ LoginId, SecurityResponses: {} });
    // @ts-expect-error a string
    flinks.authorize({ LoginId, Save: "false" });
  });
});

describe("options", () => {
  const address = { instance: "toolbox", customerId: "c" };
  const sandbox = createSandbox().options;

  it("of every kind compile", () => {
    createFlinksClient({ ...address, secretKey: process.env["FLINKS_SECRET_KEY"] });
    createFlinksClient({ instance: process.env["A"], customerId: process.env["B"], secretKey: process.env["C"] });
    createFlinksClient({ baseUrl: "http://127.0.0.1", customerId: "c", authorizeToken: "t" });
    createFlinksClient({ baseUrl: "http://mock", customerId: "c", authorizeToken: "t", allowInsecureHttp: true });
    createFlinksClient({ ...address, authorizeToken: () => "t", timeoutMs: undefined });
    createFlinksClient({ ...address, authorizeToken: async ({ reason }) => reason });
    createFlinksClient({ ...address, secretKey, prefetch: 8 });
    createFlinksClient({ ...sandbox });
    createFlinksClient({ ...sandbox, timeoutMs: 5, maxResponseBytes: 1_000, retry: false });
    createFlinksClient({ ...sandbox, retry: { retries: 3, minDelayMs: 0, maxDelayMs: 9 } });
    createFlinksClient({ ...sandbox, onExchange: (event) => expectTypeOf(event).toEqualTypeOf<FlinksExchangeEvent>() });
    createFlinksClient({ ...sandbox, onExchange: async ({ result }) => result });
    flinks.authorize({ LoginId }, { retry: { retries: 0 }, maxResponseBytes: 9 });
    flinks.authorizeWithMfa({ LoginId }, () => ({}), { maxRounds: 3 });
    flinks.generateAuthorizeToken({ retry: false, timeoutMs: 9, signal: AbortSignal.timeout(9) });
  });

  it("in wrong combinations do not", () => {
    // @ts-expect-error instance and baseUrl
    createFlinksClient({ ...address, baseUrl: "https://a", secretKey });
    // @ts-expect-error neither
    createFlinksClient({ customerId: "c", secretKey });
    // @ts-expect-error tokens are minted ahead with a secretKey only
    createFlinksClient({ ...address, authorizeToken: "t", prefetch: 8 });
    // @ts-expect-error secretKey and authorizeToken
    createFlinksClient({ ...address, secretKey, authorizeToken: "t" });
    // @ts-expect-error neither
    createFlinksClient({ ...address });
    // @ts-expect-error no customerId
    createFlinksClient({ instance: "toolbox", secretKey });
    // @ts-expect-error misspelt
    createFlinksClient({ ...address, secretKey, timeout: 5 });
    // @ts-expect-error false, not true
    createFlinksClient({ ...sandbox, retry: true });
    // @ts-expect-error true, or left out
    createFlinksClient({ ...sandbox, allowInsecureHttp: false });
    // @ts-expect-error maxRounds is for authorizeWithMfa
    flinks.authorize({ LoginId }, { maxRounds: 3 });
  });
});

describe("open unions", () => {
  it("take any string and complete the known ones", () => {
    expectTypeOf<"NEW_CODE">().toExtend<FlinksCode>();
    expectTypeOf<"NewType">().toExtend<MfaQuestionType>();
    expectTypeOf<FlinksCode>().not.toEqualTypeOf<string>();
    expectTypeOf<MfaQuestionType>().not.toEqualTypeOf<string>();
  });
});

describe("http", () => {
  it("reads SecurityChallenges without a cast", async () => {
    const { data, error } = await flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: { path: { customerId: "c" }, header: { "flinks-auth-key": "t" } },
      body: { LoginId },
    });
    if (data !== undefined && "SecurityChallenges" in data) {
      for (const challenge of data.SecurityChallenges) {
        if (typeof challenge.Prompt === "string") expectTypeOf(challenge.Prompt).toEqualTypeOf<string>();
      }
    }
    expectTypeOf(error?.FlinksCode).toEqualTypeOf<string | undefined>();
  });

  it("knows what the document has, and nothing else", () => {
    // @ts-expect-error no such path
    flinks.http.POST("/v3/{customerId}/BankingServices/Nothing", {});
  });

  it("has optional fields where the wire may omit them, and where the API has a default", () => {
    expectTypeOf<AuthorizeResponse200>().toExtend<{ RequestId: string; Login?: object }>();
    flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: { path: { customerId: "c" }, header: { "flinks-auth-key": "t" } },
      body: {},
    });
  });
});

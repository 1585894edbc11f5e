import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type AuthorizeInput, createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { createSandbox, type Sandbox, type SandboxUser } from "../../src/sandbox/index.ts";
import { askedBy } from "../helpers/api.ts";
import { errorOf, errorOfClass } from "../helpers/client.ts";
import { live, mintToken, minute, post, prompt, startSandbox } from "../helpers/sandbox.ts";

const right = { [prompt]: "Montreal" };
const wrong = { [prompt]: "Paris" };

describe("a user", () => {
  const ways: [string, (user: SandboxUser, sandbox: Sandbox) => AuthorizeInput][] = [
    ["cached", (user, { loginIds }) => ({ LoginId: loginIds[user] })],
    ["refreshed", (user, { loginIds }) => ({ LoginId: loginIds[user], MostRecentCached: false })],
    ["with credentials", (user) => ({ ...live, Username: user })],
  ];

  describe.each(ways)("%s", (_, requestFor) => {
    const open = (user: SandboxUser) => {
      const { sandbox, flinks } = startSandbox();
      return flinks.authorize(requestFor(user, sandbox));
    };

    it("greatday_nomfa gets a session at once", async () => {
      const links = ["AccountsDetail", "AccountsSummary", "Statements"];
      expect(await open("greatday_nomfa")).toEqual({
        status: "authorized",
        requestId: expect.any(String),
        session: {
          HttpStatusCode: 200,
          Links: links.map((rel) => ({ rel, href: `/Get${rel}`, example: null })),
          InstitutionName: "FlinksCapital",
          InstitutionId: 14,
          Institution: "FlinksCapital",
          RequestId: expect.any(String),
          Login: {
            Username: "greatday_nomfa",
            IsScheduledRefresh: false,
            LastRefresh: "2026-01-21T20:47:47.1450000",
            Type: "Personal",
            Id: createSandbox().loginIds.greatday_nomfa,
          },
        },
      });
    });

    it("Greatday is asked", async () => {
      const questions = [{ prompt, type: "QuestionAndAnswer", choices: [], answerUnder: "prompt" }];
      expect(await open("greatday")).toMatchObject({
        status: "mfa_required",
        challenge: { institution: "FlinksCapital", questions },
      });
    });

    it.each<[SandboxUser, string]>([
      ["test_pending", "OPERATION_PENDING"],
      ["test_dispatched", "OPERATION_DISPATCHED"],
    ])("%s gets a pending operation", async (user, code) => {
      expect(await open(user)).toMatchObject({ status: "pending", operation: "authorize", code });
    });
  });

  it.each(["Greatday", "GREATDAY", "greatday"])("is matched without case: %s", async (Username) => {
    expect(await startSandbox().flinks.authorize({ ...live, Username })).toMatchObject({ status: "mfa_required" });
  });

  it.each<[SandboxUser, string]>([
    ["test_disabled_account", "DISABLED_LOGIN"],
    ["test_service_unavailable", "RETRY_LATER"],
  ])("%s is refused in every mode: %s", async (user, code) => {
    for (const [, requestFor] of ways) {
      const { sandbox, flinks } = startSandbox();
      const call = flinks.authorize(requestFor(user, sandbox), { retry: false });
      expect(await errorOf(call)).toMatchObject({ name: "FlinksApiError", status: 401, code });
    }
  });
});

describe("a question", () => {
  it.each([
    [0, prompt, "Montreal"],
    [0.4, "What is the best country on earth?", "Canada"],
    [0.999, "What shape do people like most?", "Triangle"],
    [1, "What shape do people like most?", "Triangle"],
  ])("with random %d is %s", async (random, prompt, answer) => {
    const { flinks } = startSandbox({ random: () => random });
    const outcome = await flinks.authorizeWithMfa(live, ({ questions }) => {
      expect(questions).toMatchObject([{ prompt }]);
      return { [prompt]: answer };
    });
    expect(outcome.status).toBe("authorized");
    expect(outcome).not.toHaveProperty("session.Login");
  });

  it("is asked again after two wrong answers, and then refused for good", async () => {
    const { flinks } = startSandbox();
    const open = await askedBy(flinks.authorize(live));
    for (let count = 0; count < 2; count++) {
      expect(await flinks.answerChallenge(open, wrong)).toMatchObject({
        status: "mfa_required",
        requestId: open.requestId,
        challenge: { questions: [{ prompt }], rejected: { code: "INVALID_SECURITY_RESPONSE" } },
      });
    }
    const last = await errorOf(flinks.answerChallenge(open, wrong));
    expect(last).toMatchObject({ status: 401, code: "INVALID_SECURITY_RESPONSE_NO_RETRY" });
    const late = await errorOf(flinks.answerChallenge(open, right));
    expect(late).toMatchObject({ status: 400, code: "SESSION_NONEXISTENT" });
  });
});

describe("time", () => {
  it("ends an unused token after 30 minutes", async () => {
    const { sandbox, pass } = startSandbox();
    const { secretKey: _, ...options } = sandbox.options;
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    const open = (authorizeToken: string) => createFlinksClient({ ...options, authorizeToken }).authorize(request);
    const [first, second] = [await mintToken(sandbox), await mintToken(sandbox)];
    pass(30 * minute);
    expect(await open(first)).toMatchObject({ status: "authorized" });
    pass(1);
    expect(await errorOf(open(second))).toMatchObject({ status: 401, code: "HTTP_401" });
  });

  it("ends a waiting session after 8 minutes without an answer", async () => {
    const { flinks, pass } = startSandbox();
    const open = await askedBy(flinks.authorize(live));
    for (let count = 0; count < 2; count++) {
      pass(8 * minute);
      expect(await flinks.answerChallenge(open, wrong)).toMatchObject({ status: "mfa_required" });
    }
    pass(8 * minute + 1);
    const late = await errorOf(flinks.answerChallenge(open, right));
    expect(late).toMatchObject({ status: 400, code: "SESSION_EXPIRED" });
  });

  it("does not end a token before its session", async () => {
    const { flinks, pass } = startSandbox();
    const open = await askedBy(flinks.authorize(live));
    // In all 32 minutes, which is more than the 30 of an unused token.
    for (const [answers, status] of [
      [wrong, "mfa_required"],
      [wrong, "mfa_required"],
      [right, "authorized"],
    ] as const) {
      pass(8 * minute);
      const outcome = await flinks.answerChallenge(open, answers);
      expect(outcome).toMatchObject({ status, requestId: open.requestId });
    }
    pass(8 * minute);
    expect(await errorOf(flinks.answerChallenge(open, right))).toMatchObject({ code: "ALREADY_AUTHORIZED" });
  });

  it("is the real clock, and chance real chance, without options", async () => {
    const sandbox = createSandbox();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => mintToken(sandbox)));
    expect(new Set(tokens.map((token) => token.slice(0, 18))).size).toBe(20);
    for (const token of tokens) {
      expect(token).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    }
    const before = Date.now();
    const outcome = await createFlinksClient(sandbox.options).authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
    const { Login } = (outcome as { session?: { Login?: { LastRefresh?: string } } }).session ?? {};
    expect(Date.parse(`${Login?.LastRefresh}Z`)).toBeGreaterThanOrEqual(before);
  });
});

describe("fetch", () => {
  it("takes a Request, or a URL and an init", async () => {
    const { sandbox } = startSandbox();
    const { baseUrl, customerId, secretKey } = sandbox.options;
    const url = new URL(`${baseUrl}/v3/${customerId}/BankingServices/GenerateAuthorizeToken`);
    const init = { method: "post", headers: { "flinks-auth-key": secretKey } };
    for (const response of [await sandbox.fetch(new Request(url, init)), await sandbox.fetch(url, init)]) {
      expect(await response.json()).toMatchObject({ HttpStatusCode: 200, Token: expect.any(String) });
    }
  });

  it("rejects with the reason of an aborted signal", async () => {
    const { sandbox, flinks } = startSandbox();
    const { baseUrl } = sandbox.options;
    const signal = AbortSignal.abort("enough");
    expect(await errorOf(sandbox.fetch(baseUrl, { signal }))).toBe("enough");
    expect(await errorOf(sandbox.fetch(new Request(baseUrl, { signal })))).toBe("enough");
    expect(await errorOf(flinks.authorize(live, { signal }))).toBe("enough");
    expect(sandbox.requests).toEqual([]);
  });

  it("works without Request and Response, as in Jest's jsdom environment", async () => {
    vi.stubGlobal("Request", undefined);
    vi.stubGlobal("Response", undefined);
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const { sandbox, flinks } = startSandbox();
    expect(await flinks.authorizeWithMfa(live, () => right)).toMatchObject({ status: "authorized" });
    const response = await sandbox.fetch(sandbox.options.baseUrl, { method: "POST" });
    expect([response.status, response.ok]).toEqual([404, false]);
    expect(await response.json()).toEqual(JSON.parse(await response.text()));
  });

  it("reads a body that is a stream", async () => {
    const { sandbox } = startSandbox();
    const body = new Blob(['{"LoginId":"a"}']).stream();
    await sandbox.fetch(sandbox.options.baseUrl, { method: "POST", body, duplex: "half" } as RequestInit);
    expect(sandbox.requests).toMatchObject([{ body: { LoginId: "a" } }]);
  });

  it("has a host that no network has", () => {
    expect(new URL(createSandbox().options.baseUrl).hostname).toMatch(/\.invalid$/);
  });
});

describe("requests", () => {
  it("lists what arrived", async () => {
    const { sandbox } = startSandbox();
    await post(sandbox, { LoginId: "a" }, { token: "t" });
    await post(sandbox, "not JSON");
    await post(sandbox, "", { method: "GET" });
    expect(sandbox.requests).toEqual([
      {
        method: "POST",
        url: `https://any.host/v3/${sandbox.options.customerId}/BankingServices/Authorize`,
        headers: { "flinks-auth-key": "t" },
        body: { LoginId: "a" },
      },
      expect.objectContaining({ body: "not JSON" }),
      expect.objectContaining({ method: "GET", body: undefined }),
    ]);
  });
});

describe("logins", () => {
  it("adds LoginIds to the known ones", async () => {
    const { sandbox, flinks } = startSandbox({ logins: { ours: "test_pending", another: "greatday_nomfa" } });
    const open = (LoginId: string) => flinks.authorize({ LoginId });
    expect(await open("another")).toMatchObject({ session: { Login: { Id: "another" } } });
    expect(await open("ours")).toMatchObject({ status: "pending" });
    expect(await open(sandbox.loginIds.greatday_nomfa)).toMatchObject({ status: "authorized" });
  });

  it("rejects a user whom the test institution does not have", async () => {
    const logins = { ours: "somebody" as SandboxUser };
    const error = await errorOfClass(FlinksUsageError, () => createSandbox({ logins }));
    expect(error.code).toBe("invalid_options");
    expect(error.message).toMatch(/^logins: the test institution has no user "somebody"\. It has greatday, /);
  });
});

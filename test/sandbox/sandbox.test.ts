import { describe, expect, it } from "vitest";
import { createFlinksClient, type FlinksClient, FlinksUsageError } from "../../src/index.ts";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxUser,
} from "../../src/sandbox/index.ts";
import { errorOf, errorOfClass } from "../helpers/client.ts";

const minute = 60_000;
const live = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
const city = "What city were you born in?";

/** With a clock to turn, and always the same question. */
function start(options: SandboxOptions = {}) {
  let time = Date.UTC(2026, 0, 21, 20, 47, 47, 145);
  const sandbox = createSandbox({ now: () => time, random: () => 0, ...options });
  const flinks = createFlinksClient({ ...sandbox.options });
  const pass = (ms: number) => {
    time += ms;
  };
  return { sandbox, flinks, pass };
}

async function askedBy(flinks: FlinksClient) {
  const outcome = await flinks.authorize(live);
  if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
  return outcome;
}

interface Raw {
  readonly token?: string;
  readonly path?: string;
  readonly method?: string;
  readonly customerId?: string;
}

/** A request past the client, which would not send it. */
async function post(sandbox: Sandbox, body: unknown, raw: Raw = {}) {
  const { token, path = "Authorize", method = "POST", customerId = sandbox.options.customerId } = raw;
  const response = await sandbox.fetch(`https://any.host/v3/${customerId}/BankingServices/${path}`, {
    method,
    headers: token === undefined ? {} : { "flinks-auth-key": token },
    ...(method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { RequestId?: string } };
}

function mint(sandbox: Sandbox): Promise<string> {
  return createFlinksClient({ ...sandbox.options }).generateAuthorizeToken();
}

describe("the users", () => {
  const waysToOpen: [
    string,
    (user: SandboxUser, sandbox: Sandbox) => Parameters<FlinksClient["authorize"]>[0],
  ][] = [
    ["cached", (user, { loginIds }) => ({ LoginId: loginIds[user] })],
    ["refreshed", (user, { loginIds }) => ({ LoginId: loginIds[user], MostRecentCached: false })],
    ["with credentials", (user) => ({ ...live, Username: user })],
  ];

  describe.each(waysToOpen)("%s", (_, requestFor) => {
    const open = (user: SandboxUser) => {
      const { sandbox, flinks } = start();
      return flinks.authorize(requestFor(user, sandbox));
    };

    it("greatday_nomfa has a session at once", async () => {
      expect(await open("greatday_nomfa")).toEqual({
        status: "authorized",
        requestId: expect.any(String),
        session: {
          HttpStatusCode: 200,
          Links: [
            { rel: "AccountsDetail", href: "/GetAccountsDetail", example: null },
            { rel: "AccountsSummary", href: "/GetAccountsSummary", example: null },
            { rel: "Statements", href: "/GetStatements", example: null },
          ],
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
      expect(await open("greatday")).toMatchObject({
        status: "mfa_required",
        challenge: {
          institution: "FlinksCapital",
          questions: [{ prompt: city, type: "QuestionAndAnswer", choices: [] }],
        },
      });
    });

    it.each([
      ["test_pending", "OPERATION_PENDING"],
      ["test_dispatched", "OPERATION_DISPATCHED"],
    ] as const)("%s is pending", async (user, code) => {
      expect(await open(user)).toMatchObject({ status: "pending", code });
    });

    it.each([
      ["test_disabled_account", "DISABLED_LOGIN"],
      ["test_service_unavailable", "RETRY_LATER"],
    ] as const)("%s is refused", async (user, code) => {
      expect(await errorOf(open(user))).toMatchObject({ code, status: 401 });
    });
  });

  it.each(["Greatday", "GREATDAY", "greatday"])("%s is matched without case", async (Username) => {
    expect((await start().flinks.authorize({ ...live, Username })).status).toBe("mfa_required");
  });

  it.each([
    [{ ...live, Username: "nobody" }, "INVALID_USERNAME"],
    [{ ...live, Username: "constructor" }, "INVALID_USERNAME"],
    [{ ...live, Password: "everyday" }, "INVALID_PASSWORD"],
    [{ ...live, Institution: "AnotherBank" }, "INVALID_REQUEST"],
    [{ LoginId: "unknown" }, "INVALID_LOGIN"],
    [{ LoginId: "__proto__" }, "INVALID_LOGIN"],
  ])("%j is refused: %s", async (request, code) => {
    expect(await errorOf(start().flinks.authorize(request))).toMatchObject({ name: "FlinksApiError", code });
  });
});

describe("questions", () => {
  it.each([
    [0, city, "Montreal"],
    [0.4, "What is the best country on earth?", "Canada"],
    [0.999, "What shape do people like most?", "Triangle"],
    [1, "What shape do people like most?", "Triangle"],
  ])("random %d draws %s", async (drawn, prompt, answer) => {
    const { flinks } = start({ random: () => drawn });
    const outcome = await flinks.authorizeWithMfa(live, (challenge) => {
      expect(challenge.questions).toMatchObject([{ prompt }]);
      return { [prompt]: answer };
    });
    expect(outcome.status).toBe("authorized");
    expect(outcome).not.toHaveProperty("session.Login");
  });

  it("a wrong answer is asked again twice, then refused for good", async () => {
    const { flinks } = start();
    const open = await askedBy(flinks);
    const wrong = () => errorOf(flinks.answerChallenge(open, { [city]: "Paris" }));
    for (let time = 0; time < 2; time++) {
      expect(await wrong()).toMatchObject({
        code: "INVALID_SECURITY_RESPONSE",
        requestId: open.requestId,
        challenge: { questions: [{ prompt: city }] },
      });
    }
    expect(await wrong()).toMatchObject({ code: "INVALID_SECURITY_RESPONSE_NO_RETRY" });
    expect(await errorOf(flinks.answerChallenge(open, { [city]: "Montreal" }))).toMatchObject({
      code: "SESSION_NONEXISTENT",
      status: 400,
    });
  });

  it("a right answer after a wrong one opens the session, which takes no other", async () => {
    const { flinks } = start();
    const open = await askedBy(flinks);
    await errorOf(flinks.answerChallenge(open, { [city]: "Paris" }));
    const right = () => flinks.answerChallenge(open, { [city]: "Montreal" });
    expect(await right()).toMatchObject({ status: "authorized", requestId: open.requestId });
    expect(await errorOf(right())).toMatchObject({ code: "ALREADY_AUTHORIZED" });
  });
});

it.each<[SandboxUser, string]>([
  ["greatday_nomfa", "ALREADY_AUTHORIZED"],
  ["test_pending", "SESSION_NONEXISTENT"],
  ["test_dispatched", "SESSION_NONEXISTENT"],
])("the session of %s, which was never asked, takes no answer: %s", async (Username, FlinksCode) => {
  const { sandbox } = start();
  const token = await mint(sandbox);
  const opened = await post(sandbox, { ...live, Username, MostRecentCached: false }, { token });
  const answer = {
    RequestId: opened.body.RequestId,
    MostRecentCached: false,
    SecurityResponses: { [city]: ["Montreal"] },
  };
  expect(await post(sandbox, answer, { token })).toMatchObject({ status: 400, body: { FlinksCode } });
});

describe("time", () => {
  it("an unused token dies after 30 minutes", async () => {
    const { sandbox, pass } = start();
    const { secretKey: _, ...options } = sandbox.options;
    const open = (authorizeToken: string) =>
      createFlinksClient({ ...options, authorizeToken }).authorize({
        LoginId: sandbox.loginIds.greatday_nomfa,
      });
    const [first, second] = [await mint(sandbox), await mint(sandbox)];
    pass(30 * minute);
    expect(await open(first)).toMatchObject({ status: "authorized" });
    pass(1);
    expect(await errorOf(open(second))).toMatchObject({ status: 401, code: "HTTP_401" });
  });

  it("a session that waits dies after 8 minutes without activity, and an answer is activity", async () => {
    const { flinks, pass } = start();
    const open = await askedBy(flinks);
    for (let time = 0; time < 2; time++) {
      pass(8 * minute);
      const wrong = errorOf(flinks.answerChallenge(open, { [city]: "Paris" }));
      expect(await wrong).toMatchObject({ action: "answer_again" });
    }
    pass(8 * minute + 1);
    const late = errorOf(flinks.answerChallenge(open, { [city]: "Montreal" }));
    expect(await late).toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("a token that is in use lives as long as its session", async () => {
    const { flinks, pass } = start();
    const open = await askedBy(flinks);
    // 8 + 8 + 8 minutes and the next 8 are more than the 30 of an unused token.
    for (let time = 0; time < 2; time++) {
      pass(8 * minute);
      await errorOf(flinks.answerChallenge(open, { [city]: "Paris" }));
    }
    pass(8 * minute);
    expect(await flinks.answerChallenge(open, { [city]: "Montreal" })).toMatchObject({
      status: "authorized",
    });
    pass(8 * minute);
    const again = errorOf(flinks.answerChallenge(open, { [city]: "Montreal" }));
    expect(await again).toMatchObject({ code: "ALREADY_AUTHORIZED" });
  });
});

describe("what the API refuses", () => {
  const refusedToken = {
    status: 401,
    body: { HttpStatusCode: 401, Message: "You must provide a valid authorize token" },
  };

  it("a wrong key", async () => {
    const { sandbox } = start();
    for (const key of [{}, { token: "wrong" }]) {
      expect(await post(sandbox, "", { path: "GenerateAuthorizeToken", ...key })).toEqual({
        status: 401,
        body: { HttpStatusCode: 401, Message: "You must provide a valid auth key" },
      });
    }
  });

  it("a token that is missing, unknown, spent, or of another session", async () => {
    const { sandbox, flinks } = start();
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    expect(await post(sandbox, request)).toEqual(refusedToken);
    expect(await post(sandbox, request, { token: "unknown" })).toEqual(refusedToken);
    const token = await mint(sandbox);
    expect(await post(sandbox, request, { token })).toMatchObject({ status: 200 });
    expect(await post(sandbox, request, { token })).toEqual(refusedToken);
    const { requestId } = await askedBy(flinks);
    const answer = {
      RequestId: requestId,
      MostRecentCached: false,
      SecurityResponses: { [city]: ["Montreal"] },
    };
    expect(await post(sandbox, answer, { token })).toEqual(refusedToken);
  });

  it("a malformed request does not spend its token", async () => {
    const { sandbox } = start();
    const token = await mint(sandbox);
    expect(await post(sandbox, {}, { token })).toMatchObject({ body: { FlinksCode: "INVALID_REQUEST" } });
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    expect(await post(sandbox, request, { token })).toMatchObject({ status: 200 });
  });

  it.each<[string, unknown]>([
    ["text", "not JSON"],
    ["nothing", ""],
    ["null", null],
    ["an array", []],
    ["a number for a LoginId", { LoginId: 7 }],
    ["null for a LoginId", { LoginId: null }],
    ["a string for a boolean", { LoginId: "a", MostRecentCached: "true" }],
    ["null for SecurityResponses", { SecurityResponses: null }],
    ["a string for an array of answers", { SecurityResponses: { [city]: "Montreal" } }],
    ["numbers for answers", { SecurityResponses: { [city]: [1] } }],
    ["neither LoginId nor credentials", { Tag: "a" }],
    ["both", { LoginId: "a", Username: "b" }],
    ["both, by the password", { LoginId: "a", Password: "b" }],
    ["credentials without an institution", { Username: "a", Password: "b", MostRecentCached: false }],
    ["credentials without a username", { Institution: "a", Password: "b", MostRecentCached: false }],
    ["credentials without a password", { Institution: "a", Username: "b", MostRecentCached: false }],
    ["credentials in cached mode", { ...live, MostRecentCached: true }],
    ["credentials in cached mode by default", live],
    ["answers without a RequestId", { SecurityResponses: { [city]: ["Montreal"] } }],
    ["an answer in cached mode by default", { RequestId: "a", SecurityResponses: {} }],
    ["a username with an answer", { RequestId: "a", MostRecentCached: false, Username: "b" }],
    ["a password with an answer", { RequestId: "a", MostRecentCached: false, Password: "b" }],
  ])("%s", async (_, body) => {
    const { sandbox } = start();
    expect(await post(sandbox, body, { token: await mint(sandbox) })).toMatchObject({
      status: 400,
      body: { HttpStatusCode: 400, FlinksCode: "INVALID_REQUEST" },
    });
  });

  it.each([
    ["an unknown RequestId", "SESSION_NONEXISTENT", { RequestId: "unknown" }],
    ["an empty RequestId", "SESSION_NONEXISTENT", { RequestId: "" }],
    ["no answers", "SECURITYRESPONSES_INCOMPLETE", {}],
    ["an empty list of answers", "SECURITYRESPONSES_INCOMPLETE", { SecurityResponses: { [city]: [] } }],
    [
      "a key that is no prompt",
      "UNKNOWN_CHALLENGE_KEY",
      { SecurityResponses: { "what city": ["Montreal"] } },
    ],
    [
      "a key more",
      "UNKNOWN_CHALLENGE_KEY",
      { SecurityResponses: { [city]: ["Montreal"], constructor: ["x"] } },
    ],
    [
      "two answers for one",
      "INVALID_SECURITY_RESPONSE",
      { SecurityResponses: { [city]: ["Montreal", "Paris"] } },
    ],
  ])("%s: %s", async (_, FlinksCode, more) => {
    const { sandbox } = start();
    const token = await mint(sandbox);
    const asked = await post(sandbox, { ...live, MostRecentCached: false }, { token });
    const answer = { RequestId: asked.body.RequestId, MostRecentCached: false, ...more };
    expect(await post(sandbox, answer, { token })).toMatchObject({ body: { FlinksCode } });
  });

  it("in whole sentences", async () => {
    const { sandbox, flinks, pass } = start();
    const { RequestId, token } = await (async () => {
      const token = await mint(sandbox);
      const { body } = await post(sandbox, { ...live, MostRecentCached: false }, { token });
      return { ...body, token };
    })();
    const answer = (SecurityResponses: object) =>
      post(sandbox, { RequestId, MostRecentCached: false, SecurityResponses }, { token });
    const ask = async (body: unknown) => post(sandbox, body, { token: await mint(sandbox) });
    const liveAs = (more: object) => ask({ ...live, MostRecentCached: false, ...more });
    const open = await askedBy(flinks);
    const told: [Promise<{ body: object }> | (() => Promise<{ body: object }>), string][] = [
      [ask([]), "The body must be a JSON object"],
      [ask({ Save: "no" }), "Save must be of type boolean"],
      [ask({ Language: 1 }), "Language must be of type string"],
      [ask({ Tag: 1 }), "Tag must be of type string"],
      [
        ask({ RequestId: "a", MostRecentCached: false, SecurityResponses: null }),
        "SecurityResponses must be of type object",
      ],
      [ask({ SecurityResponses: [7] }), "SecurityResponses must hold arrays of strings"],
      [
        ask({ RequestId: "a", SecurityResponses: { a: ["b", 7] } }),
        "SecurityResponses must hold arrays of strings",
      ],
      [ask({ SecurityResponses: {} }), "SecurityResponses needs a RequestId"],
      [ask({ LoginId: "a", Username: "b" }), "Send either a LoginId or credentials"],
      [ask({ LoginId: "a" }), "The LoginId provided is either invalid or does not belong to the CustomerId."],
      [ask({}), "A LoginId, or Institution, Username and Password are needed"],
      [liveAs({ Institution: undefined }), "A LoginId, or Institution, Username and Password are needed"],
      [liveAs({ Username: undefined }), "A LoginId, or Institution, Username and Password are needed"],
      [liveAs({ Password: undefined }), "A LoginId, or Institution, Username and Password are needed"],
      [ask(live), "MostRecentCached must be false with credentials"],
      [liveAs({ Institution: "Other" }), "The Institution is not known"],
      [liveAs({ Username: "nobody" }), "The username is invalid"],
      [liveAs({ Password: "wrong" }), "The password is invalid"],
      [liveAs({ Username: "test_disabled_account" }), "Login has been disabled"],
      [liveAs({ Username: "test_service_unavailable" }), "The institution cannot be reached, retry later"],
      [liveAs({ Username: "test_dispatched" }), "Your operation has been dispatched"],
      [liveAs({ Username: "test_pending" }), "Your operation is still processing"],
      [ask({ RequestId: "a" }), "MostRecentCached must be false with a RequestId"],
      [
        ask({ RequestId: "a", MostRecentCached: false, Password: "b" }),
        "Credentials must not be sent with a RequestId",
      ],
      [ask({ RequestId: "a", MostRecentCached: false }), "RequestId is invalid or session has ended"],
      [answer({ other: ["a"] }), "A key of SecurityResponses is no prompt of the challenge"],
      [answer({}), "A prompt has no answer in SecurityResponses"],
      [() => answer({ [city]: ["Paris"] }), "The answer to the security question is wrong"],
      [() => answer({ [city]: ["Paris"] }), "The answer to the security question is wrong"],
      [() => answer({ [city]: ["Paris"] }), "The answer is wrong, and no further try is left"],
      [post(sandbox, {}, { path: "Other" }), "There is no such endpoint"],
      [post(sandbox, {}, { customerId: "other" }), "The CustomerId is not known"],
      [post(sandbox, {}, { method: "PUT" }), "The endpoint takes POST"],
    ];
    for (const [reply, Message] of told) {
      const { body } = await (typeof reply === "function" ? reply() : reply);
      expect(body).toMatchObject({ Message });
    }
    await flinks.answerChallenge(open, { [city]: "Montreal" });
    const messageOf = async (call: Promise<unknown>) => ((await errorOf(call)) as Error).message;
    expect(await messageOf(flinks.answerChallenge(open, { [city]: "Montreal" }))).toContain(
      '"The session has been authorized already"',
    );
    const late = await askedBy(flinks);
    pass(9 * minute);
    expect(await messageOf(flinks.answerChallenge(late, { [city]: "Montreal" }))).toContain(
      '"The session has expired"',
    );
  });

  it("in the form that was captured", async () => {
    const { sandbox } = start();
    const reply = async (body: object) => {
      const answered = await post(
        sandbox,
        { ...live, MostRecentCached: false, ...body },
        { token: await mint(sandbox) },
      );
      return answered.body;
    };
    const institution = { InstitutionName: "FlinksCapital", InstitutionId: 14, Institution: "FlinksCapital" };
    const RequestId = expect.any(String);
    expect(await reply({ Username: "test_pending" })).toStrictEqual({
      HttpStatusCode: 202,
      FlinksCode: "OPERATION_PENDING",
      Links: [{ rel: "{Endpoint}Async", href: "/{Endpoint}Async", example: "/{Endpoint}Async/{requestId}" }],
      Message: "Your operation is still processing",
      RequestId,
    });
    expect(await reply({})).toStrictEqual({
      HttpStatusCode: 203,
      Links: [{ rel: "Authorization", href: "/Authorize", example: null }],
      SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: city }],
      ...institution,
      RequestId,
    });
    expect(await reply({ Password: "wrong" })).toStrictEqual({
      HttpStatusCode: 401,
      Message: "The password is invalid",
      FlinksCode: "INVALID_PASSWORD",
    });
  });

  it("other customers, methods and endpoints", async () => {
    const { sandbox } = start();
    expect(await post(sandbox, {}, { customerId: "another" })).toMatchObject({
      status: 401,
      body: { FlinksCode: "CUSTOMER_NOT_FOUND" },
    });
    expect(await post(sandbox, {}, { method: "GET" })).toMatchObject({
      status: 405,
      body: { FlinksCode: "METHOD_NOT_AVAILABLE" },
    });
    expect(await post(sandbox, {}, { path: "GetAccountsDetail" })).toMatchObject({ status: 404 });
  });
});

describe("fetch", () => {
  it("takes a Request as well as a URL with an init", async () => {
    const { sandbox } = start();
    const { baseUrl, customerId, secretKey } = sandbox.options;
    const url = `${baseUrl}/v3/${customerId}/BankingServices/GenerateAuthorizeToken`;
    const request = new Request(url, { method: "POST", headers: { "flinks-auth-key": secretKey } });
    const response = await sandbox.fetch(request);
    expect(await response.json()).toMatchObject({ HttpStatusCode: 200, Token: expect.any(String) });
  });

  it("heeds a signal", async () => {
    const { sandbox, flinks } = start();
    const signal = AbortSignal.abort("enough");
    expect(await errorOf(sandbox.fetch(sandbox.options.baseUrl, { signal }))).toBe("enough");
    expect(await errorOf(flinks.authorize(live, { signal }))).toBe("enough");
    expect(sandbox.requests).toEqual([]);
  });
});

it("requests lists what arrived", async () => {
  const { sandbox } = start();
  await post(sandbox, { LoginId: "a" }, { token: "t" });
  await post(sandbox, "not JSON");
  await post(sandbox, "", { method: "GET" });
  expect(sandbox.requests).toEqual([
    {
      method: "POST",
      url: `https://any.host/v3/${sandbox.options.customerId}/BankingServices/Authorize`,
      headers: { "content-type": "text/plain;charset=UTF-8", "flinks-auth-key": "t" },
      body: { LoginId: "a" },
    },
    expect.objectContaining({ body: "not JSON" }),
    expect.objectContaining({ method: "GET", body: undefined }),
  ]);
});

describe("logins", () => {
  it("adds LoginIds to those that are there", async () => {
    const { sandbox, flinks } = start({ logins: { ours: "test_pending", another: "greatday_nomfa" } });
    expect(await flinks.authorize({ LoginId: "another" })).toMatchObject({
      session: { Login: { Id: "another" } },
    });
    expect(await flinks.authorize({ LoginId: "ours" })).toMatchObject({ status: "pending" });
    const known = flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
    expect(await known).toMatchObject({ status: "authorized" });
  });

  it("must name users that there are", async () => {
    const logins = { ours: "somebody" as SandboxUser };
    const error = await errorOfClass(FlinksUsageError, () => createSandbox({ logins }));
    expect(error.message).toMatch(/^logins: the test institution has no user "somebody"\. It has greatday, /);
  });
});

it("without options it lives by the real clock and real chance", async () => {
  const sandbox = createSandbox();
  const ids = await Promise.all(Array.from({ length: 20 }, () => mint(sandbox)));
  expect(new Set(ids.map((id) => id.slice(0, 18))).size).toBe(20);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});

it("is reached by no network: its host is reserved", () => {
  expect(new URL(createSandbox().options.baseUrl).hostname).toMatch(/\.invalid$/);
});

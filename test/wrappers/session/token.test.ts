import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksResponseError, FlinksUsageError } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { askedBy, isMint, minting, tokensIn } from "../../helpers/api.ts";
import { clientOf, customerId, errorOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { startServer, startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, refusal, session, token } from "../../helpers/wire.ts";

const answers = { "What city were you born in?": "Montreal" };
const cached = { LoginId: loginId };
const live = { LoginId: loginId, MostRecentCached: false } as const;

/** Mints numbered tokens, asks one question in every session, and accepts each answer. */
const startBank = () => startServer(minting(({ json }) => (json.RequestId === undefined ? challenge() : session())));

describe("secretKey", () => {
  it.each([cached, live])("mints one token per session, also for its answers: %j", async (input) => {
    const server = await startBank();
    const flinks = clientOf(server, { secretKey: secrets.secretKey });
    const first = await askedBy(flinks.authorize(input));
    const second = await askedBy(flinks.authorize(input));
    for (const open of [first, second, first]) await flinks.answerChallenge(open, answers);
    expect(tokensIn(server.received)).toEqual(["token-1", "token-2", "token-1", "token-2", "token-1"]);
    expect(server.received.filter(isMint)).toHaveLength(2);
  });

  it("is sent to GenerateAuthorizeToken, without a body, and nowhere else", async () => {
    const server = await startBank();
    await clientOf(server, { secretKey: secrets.secretKey }).authorizeWithMfa(cached, () => answers);
    const [mint, ...others] = server.received;
    expect(mint).toMatchObject({
      method: "POST",
      url: `/v3/${customerId}/BankingServices/GenerateAuthorizeToken`,
      headers: { "flinks-auth-key": secrets.secretKey },
      text: "",
    });
    expect(mint?.headers).not.toHaveProperty("content-type");
    expect(others).toHaveLength(2);
    expect(JSON.stringify(others)).not.toContain(secrets.secretKey);
  });

  it("opens many sessions at once in the sandbox, which takes each token once", async () => {
    const sandbox = createSandbox();
    const flinks = clientOf(sandbox.options, sandbox.options);
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => flinks.authorize(request)));
    expect(new Set(outcomes.map(({ requestId }) => requestId)).size).toBe(50);
  });

  it("returns a token from generateAuthorizeToken, also when a proxy made 203 of 200", async () => {
    const server = await startServerWith(token("minted"), { ...token("minted"), status: 203 });
    const flinks = clientOf(server, { secretKey: secrets.secretKey });
    expect([await flinks.generateAuthorizeToken(), await flinks.generateAuthorizeToken()]).toEqual([
      "minted",
      "minted",
    ]);
  });

  it("rejects generateAuthorizeToken without one", async () => {
    const flinks = clientOf(await startServerWith(token()));
    const error = await errorOfClass(FlinksUsageError, flinks.generateAuthorizeToken());
    expect(error.message).toContain("generateAuthorizeToken() requires secretKey");
  });

  it("rejects every call with the refusal of the key, without showing it", async () => {
    const Message = `You must provide a valid auth key, not ${secrets.secretKey}`;
    const flinks = clientOf(await startServerWith(refusal(undefined, { status: 401, Message })), {
      secretKey: secrets.secretKey,
    });
    for (const call of [flinks.generateAuthorizeToken(), flinks.authorize(cached), flinks.authorize(live)]) {
      const error = await errorOfClass(FlinksApiError, call);
      expect(error).toMatchObject({
        operation: "generateAuthorizeToken",
        attempts: 1,
        status: 401,
        code: "HTTP_401",
        category: "access",
        action: "fix_integration",
      });
      expect(error.message).toContain('"You must provide a valid auth key, not [redacted]"');
      expect(stringsOn(error).join()).not.toContain(secrets.secretKey);
    }
  });

  const other = "t0ken-of-somebody";

  it.each<[number, unknown]>([
    [200, {}],
    [200, { Token: "" }],
    [200, { Token: 7 }],
    [200, { Token: null }],
    [200, { Token: `${other}\n` }],
    [200, { Token: ` ${other}` }],
    [200, { Token: `${other}\u2028` }],
    [200, { token: other }],
    [200, [other]],
    [200, `{"Token":"${other}`],
    [200, `"${other}"`],
    [201, { Token: other }],
    [202, { Token: other }],
    [203, { HttpStatusCode: 202, Token: other }],
  ])("rejects HTTP %i with %j, which has no usable token, without showing it", async (status, body) => {
    const server = await startServerWith({ status, body });
    const flinks = clientOf(server, { secretKey: secrets.secretKey, retry: {} });
    for (const call of [flinks.generateAuthorizeToken(), flinks.authorize(cached)]) {
      const error = await errorOfClass(FlinksResponseError, call);
      expect(error).toMatchObject({ operation: "generateAuthorizeToken", status, bodyExcerpt: "" });
      expect(error).not.toHaveProperty("cause");
      expect(stringsOn(error).join()).not.toContain("t0ken");
    }
    expect(server.received).toHaveLength(2);
  });

  it.each([400, 502])("rejects a page under HTTP %i, and shows it", async (status) => {
    const server = await startServerWith({ status, body: "<html>Bad gateway</html>" });
    const error = await errorOf(clientOf(server, { secretKey: secrets.secretKey }).authorize(cached));
    expect(error).toMatchObject({ name: "FlinksResponseError", bodyExcerpt: "<html>Bad gateway</html>" });
  });
});

describe("an authorizeToken function", () => {
  it("is called once per session with the reason, and not for answers", async () => {
    const server = await startBank();
    const contexts: unknown[] = [];
    const flinks = clientOf(server, { authorizeToken: async (context: unknown) => `ours-${contexts.push(context)}` });
    await flinks.authorizeWithMfa(cached, () => answers);
    await flinks.authorize(live);
    expect(contexts).toEqual([{ reason: "authorize" }, { reason: "authorize" }]);
    expect(tokensIn(server.received)).toEqual(["ours-1", "ours-1", "ours-2"]);
  });

  const failure = new Error("our token service is down");

  it.each<[string, () => Promise<string>]>([
    [
      "throws",
      () => {
        throw failure;
      },
    ],
    ["rejects with", () => Promise.reject(failure)],
  ])("rejects the call with what it %s", async (_, authorizeToken) => {
    const server = await startServerWith(session());
    const flinks = clientOf(server, { authorizeToken, retry: {} });
    for (const input of [cached, live]) expect(await errorOf(flinks.authorize(input))).toBe(failure);
    expect(server.received).toEqual([]);
  });

  it("is not called by a call that has been aborted", async () => {
    let calls = 0;
    const flinks = clientOf(await startServerWith(session()), { authorizeToken: () => `token-${++calls}` });
    for (const input of [cached, live]) {
      expect(await errorOf(flinks.authorize(input, { signal: AbortSignal.abort("enough") }))).toBe("enough");
    }
    expect(calls).toBe(0);
  });

  it.each([cached, live])("is not waited for when the signal aborts: %j", async (input) => {
    const controller = new AbortController();
    const authorizeToken = () => {
      queueMicrotask(() => controller.abort("enough"));
      return new Promise<string>(() => {});
    };
    const server = await startServerWith(session());
    const call = clientOf(server, { authorizeToken }).authorize(input, { signal: controller.signal });
    expect(await errorOf(call)).toBe("enough");
    expect(server.received).toEqual([]);
  });

  it.each([undefined, null, "", 7, `${secrets.token}\n`, `${secrets.token}\u2028`, ` ${secrets.token}`])(
    "rejects the call if it returns %j, without showing it",
    async (returned) => {
      const server = await startServerWith(session());
      const flinks = clientOf(server, { authorizeToken: async () => returned, retry: {} });
      for (const input of [cached, live]) {
        const error = await errorOfClass(FlinksUsageError, flinks.authorize(input));
        expect(error.message).toContain("The token that authorizeToken returned must be a valid HTTP header value");
        expect(stringsOn(error).join()).not.toContain(secrets.token);
      }
      expect(server.received).toEqual([]);
    },
  );
});

describe("an authorizeToken string", () => {
  it("serves one session with its answers, and no second one", async () => {
    const server = await startBank();
    const flinks = clientOf(server, { authorizeToken: secrets.token });
    await flinks.authorizeWithMfa(cached, () => answers);
    for (const input of [cached, live]) {
      const error = await errorOfClass(FlinksUsageError, flinks.authorize(input));
      expect(error.code).toBe("token_spent");
      expect(error.message).toContain("Set authorizeToken to a function");
      expect(stringsOn(error).join()).not.toContain(secrets.token);
    }
    expect(tokensIn(server.received)).toEqual([secrets.token, secrets.token]);
  });

  it("is not spent by a request that was refused or given up before it was sent", async () => {
    const server = await startBank();
    const flinks = clientOf(server, { authorizeToken: secrets.token });
    await errorOf(flinks.authorize({ LoginId: "" }));
    await errorOf(flinks.authorize(cached, { signal: AbortSignal.abort() }));
    await errorOf(flinks.authorize(cached, { timeoutMs: 0 }));
    expect(await flinks.authorize(cached)).toMatchObject({ status: "mfa_required" });
  });

  it("is spent by a session that failed", async () => {
    const flinks = clientOf(await startServerWith(refusal("INVALID_LOGIN")), { authorizeToken: secrets.token });
    await errorOfClass(FlinksApiError, flinks.authorize(cached));
    expect(await errorOf(flinks.authorize(cached))).toMatchObject({ code: "token_spent" });
  });
});

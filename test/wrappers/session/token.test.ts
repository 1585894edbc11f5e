import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksResponseError, FlinksUsageError } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { askedBy, isMint, minting, tokensIn } from "../../helpers/api.ts";
import { clientOf, customerId, errorOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { startServer, startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, refusal, session, token } from "../../helpers/wire.ts";

const { secretKey } = secrets;
const answers = { "What city were you born in?": "Montreal" };
const cached = { LoginId: loginId };
const live = { LoginId: loginId, MostRecentCached: false } as const;

/** Mints numbered tokens, asks one question in every session, and accepts each answer. */
const startBank = () => startServer(minting(({ json }) => (json.RequestId === undefined ? challenge() : session())));

describe("secretKey", () => {
  it.each([cached, live])("mints one token per session, also for its answers: %j", async (input) => {
    const server = await startBank();
    const flinks = clientOf(server, { secretKey });
    const first = await askedBy(flinks.authorize(input));
    const second = await askedBy(flinks.authorize(input));
    for (const open of [first, second, first]) await flinks.answerChallenge(open, answers);
    expect(tokensIn(server.received)).toEqual(["token-1", "token-2", "token-1", "token-2", "token-1"]);
    expect(server.received.filter(isMint)).toHaveLength(2);
  });

  it("is sent to GenerateAuthorizeToken, without a body, and nowhere else", async () => {
    const server = await startBank();
    await clientOf(server, { secretKey }).authorizeWithMfa(cached, () => answers);
    const [mint, ...others] = server.received;
    expect(mint).toMatchObject({
      method: "POST",
      url: `/v3/${customerId}/BankingServices/GenerateAuthorizeToken`,
      headers: { "flinks-auth-key": secretKey },
      text: "",
    });
    expect(mint?.headers).not.toHaveProperty("content-type");
    expect(others).toHaveLength(2);
    expect(JSON.stringify(others)).not.toContain(secretKey);
  });

  it("opens many sessions at once in the sandbox, which takes each token once", async () => {
    const sandbox = createSandbox();
    const flinks = clientOf(sandbox.options, sandbox.options);
    const open = () => flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
    const outcomes = await Promise.all(Array.from({ length: 50 }, open));
    expect(new Set(outcomes.map(({ requestId }) => requestId)).size).toBe(50);
  });

  it.each([200, 203])("returns a token from generateAuthorizeToken under HTTP %i", async (status) => {
    const server = await startServerWith({ ...token("minted"), status });
    expect(await clientOf(server, { secretKey }).generateAuthorizeToken()).toBe("minted");
  });

  it("rejects generateAuthorizeToken without one", async () => {
    const flinks = clientOf(await startServerWith(token()));
    const error = await errorOfClass(FlinksUsageError, flinks.generateAuthorizeToken());
    expect(error.message).toContain("generateAuthorizeToken() requires secretKey");
  });

  it("rejects every call with the refusal of the key, without showing it", async () => {
    const Message = `You must provide a valid auth key, not ${secretKey}`;
    const flinks = clientOf(await startServerWith(refusal(undefined, { status: 401, Message })), { secretKey });
    for (const call of [
      () => flinks.generateAuthorizeToken(),
      ...[cached, live].map((input) => () => flinks.authorize(input)),
    ]) {
      const error = await errorOfClass(FlinksApiError, call);
      const facts = { status: 401, code: "HTTP_401", category: "access", action: "fix_integration" };
      expect(error).toMatchObject({ operation: "generateAuthorizeToken", attempts: 1, ...facts });
      expect(error.message).toContain('"You must provide a valid auth key, not [redacted]"');
      expect(stringsOn(error).join()).not.toContain(secretKey);
    }
  });

  const other = "t0ken-of-somebody";

  it.each<[number, unknown]>([
    [200, {}],
    [200, { Token: "" }],
    [200, { Token: 7 }],
    [200, { Token: `${other}\n` }],
    [200, { Token: ` ${other}` }],
    [200, { Token: `${other}\u2028` }],
    [200, { token: other }],
    [200, [other]],
    [200, `{"Token":"${other}`],
    [201, { Token: other }],
    [202, { Token: other }],
    [203, { HttpStatusCode: 202, Token: other }],
  ])("rejects HTTP %i with %j, which has no usable token, without showing it", async (status, body) => {
    const server = await startServerWith({ status, body });
    const flinks = clientOf(server, { secretKey, retry: {} });
    for (const call of [() => flinks.generateAuthorizeToken(), () => flinks.authorize(cached)]) {
      const error = await errorOfClass(FlinksResponseError, call);
      expect(error).toMatchObject({ operation: "generateAuthorizeToken", status, bodyExcerpt: "" });
      expect(error.message).toMatch(
        /^GenerateAuthorizeToken returned HTTP \d+ with (?:no usable token|an? [a-z -]*body)/,
      );
      expect(stringsOn(error).join()).not.toContain("t0ken");
    }
    expect(server.received).toHaveLength(2);
  });

  it.each([400, 502])("rejects a page under HTTP %i, and shows it", async (status) => {
    const server = await startServerWith({ status, body: "<html>Bad gateway</html>" });
    const error = await errorOf(clientOf(server, { secretKey }).authorize(cached));
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
  const fail = () => {
    throw failure;
  };

  it.each([
    ["throws", fail],
    ["rejects with", async () => fail()],
  ])("rejects the call with what it %s", async (_, authorizeToken) => {
    const server = await startServerWith(session());
    const flinks = clientOf(server, { authorizeToken, retry: {} });
    for (const input of [cached, live]) expect(await errorOf(flinks.authorize(input))).toBe(failure);
    expect(server.received).toEqual([]);
  });

  it.each([cached, live])("is not waited for when the signal aborts: %j", async (input) => {
    const controller = new AbortController();
    const authorizeToken = () => new Promise(() => queueMicrotask(() => controller.abort("enough")));
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
        expect(error.message).toContain(
          "The token that authorizeToken returned must be a non-empty string that fits in an HTTP header",
        );
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

  it("is spent by a session that failed, and not by a call that failed before it was sent", async () => {
    const flinks = clientOf(await startServerWith(refusal("INVALID_LOGIN")), { authorizeToken: secrets.token });
    const signal = AbortSignal.abort({ code: "aborted" });
    expect(await errorOf(flinks.authorize({ LoginId: "" }))).toMatchObject({ code: "invalid_request" });
    expect(await errorOf(flinks.authorize(cached, { timeoutMs: 0 }))).toMatchObject({ code: "invalid_options" });
    expect(await errorOf(flinks.authorize(cached, { signal }))).toMatchObject({ code: "aborted" });
    expect(await errorOf(flinks.authorize(live, { signal }))).toMatchObject({ code: "aborted" });
    expect(await errorOf(flinks.authorize(cached))).toMatchObject({ code: "INVALID_LOGIN" });
    expect(await errorOf(flinks.authorize(cached))).toMatchObject({ code: "token_spent" });
  });
});

import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksResponseError, FlinksUsageError } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import {
  clientOf,
  customerId,
  errorOf,
  errorOfClass,
  loginId,
  requestId,
  secrets,
} from "../helpers/client.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";
import { stringsOn } from "../helpers/strings-on.ts";

const question = { Type: "QuestionAndAnswer", Prompt: "What city?" };
const challenge = { RequestId: requestId, SecurityChallenges: [question] };

/** Mints numbered tokens and asks a question in every session. */
function startMintingServer() {
  let minted = 0;
  return startServer(({ url, json }) => {
    if (url.endsWith("/GenerateAuthorizeToken"))
      return { body: { HttpStatusCode: 200, Token: `token-${++minted}` } };
    return json.RequestId === undefined
      ? { status: 203, body: challenge }
      : { body: { RequestId: requestId } };
  });
}

describe("with a secretKey", () => {
  it("each session has a token of its own, and its answers have the same", async () => {
    const server = await startMintingServer();
    const flinks = clientOf(server, { secretKey: secrets.secretKey });
    const first = await flinks.authorize({ LoginId: loginId });
    const second = await flinks.authorize({ LoginId: loginId });
    for (const outcome of [first, second, first]) {
      if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
      await flinks.answerChallenge(outcome, { "What city?": "Montreal" });
    }
    const used = server.received.filter(({ url }) => url.endsWith("/Authorize"));
    expect(used.map(({ headers }) => headers["flinks-auth-key"])).toEqual([
      "token-1",
      "token-2",
      "token-1",
      "token-2",
      "token-1",
    ]);
  });

  it("the key is sent to GenerateAuthorizeToken, without a body, and nowhere else", async () => {
    const server = await startMintingServer();
    await clientOf(server, { secretKey: secrets.secretKey }).authorize({ LoginId: loginId });
    const [mint, authorize, ...others] = server.received;
    expect(others).toEqual([]);
    expect(mint).toMatchObject({
      method: "POST",
      url: `/v3/${customerId}/BankingServices/GenerateAuthorizeToken`,
      headers: { "flinks-auth-key": secrets.secretKey },
      text: "",
    });
    expect(mint?.headers).not.toHaveProperty("content-type");
    expect(JSON.stringify(authorize)).not.toContain(secrets.secretKey);
  });

  it("a refused key is an error that says so and does not show the key", async () => {
    const server = await startServerWith({
      status: 401,
      body: { HttpStatusCode: 401, Message: `You must provide a valid auth key, not ${secrets.secretKey}` },
    });
    const flinks = clientOf(server, { secretKey: secrets.secretKey });
    for (const call of [flinks.authorize({ LoginId: loginId }), flinks.generateAuthorizeToken()]) {
      const error = await errorOfClass(FlinksApiError, call);
      expect(error).toMatchObject({
        status: 401,
        code: "HTTP_401",
        category: "access",
        action: "fix_integration",
      });
      expect(error.message).toBe(
        "GenerateAuthorizeToken was refused: HTTP_401 (HTTP 401). The secret key or the authorize token was " +
          "refused. Check the key, and use a fresh token for each session. " +
          'Flinks says: "You must provide a valid auth key, not [redacted]"',
      );
    }
  });

  it.each([{}, { Token: "" }, { Token: 7 }, { Token: "a\nb" }, []])("%j holds no token", async (body) => {
    const server = await startServerWith({ body });
    const error = await errorOfClass(
      FlinksResponseError,
      clientOf(server, { secretKey: "key" }).generateAuthorizeToken(),
    );
    expect(error.message).toMatch(/^The answer to GenerateAuthorizeToken has no token that can be sent/);
  });

  it.each<[number, unknown]>([
    [200, '{"Token":"t0ken-of-somebody'],
    [200, { Token: "t0ken-of-somebody\n" }],
    [200, { token: "t0ken-of-somebody" }],
    [200, '"t0ken-of-somebody"'],
    [201, { Token: "t0ken-of-somebody" }],
    [202, { Token: "t0ken-of-somebody" }],
  ])("a token is not shown where it cannot be read: %i %j", async (status, body) => {
    const server = await startServerWith({ status, body });
    const flinks = clientOf(server, { secretKey: "secret-key" });
    for (const call of [flinks.generateAuthorizeToken(), flinks.authorize({ LoginId: loginId })]) {
      const error = await errorOfClass(FlinksResponseError, call);
      expect(error).toMatchObject({ status, bodyExcerpt: "[withheld: it may repeat a secret]" });
      expect(stringsOn(error).join()).not.toContain("t0ken");
    }
  });

  it.each([400, 502])("a page under a %i, which brings no token, is shown", async (status) => {
    const server = await startServerWith({ status, body: "<html>Bad gateway</html>" });
    const call = clientOf(server, { secretKey: "secret-key" }).generateAuthorizeToken();
    expect((await errorOfClass(FlinksResponseError, call)).bodyExcerpt).toBe("<html>Bad gateway</html>");
  });

  it("generateAuthorizeToken gives a token, also when a proxy made 203 of 200", async () => {
    for (const status of [200, 203]) {
      const server = await startServerWith({ status, body: { HttpStatusCode: 200, Token: "minted" } });
      expect(await clientOf(server, { secretKey: "key" }).generateAuthorizeToken()).toBe("minted");
    }
  });
});

describe("with a function", () => {
  it("it is called once for each session and told why, and not for answers", async () => {
    const server = await startMintingServer();
    const contexts: unknown[] = [];
    const flinks = clientOf(server, {
      authorizeToken: async (context: unknown) => `ours-${contexts.push(context)}`,
    });
    await flinks.authorizeWithMfa({ LoginId: loginId }, () => ({ "What city?": "Montreal" }));
    await flinks.authorize({ LoginId: loginId });
    expect(contexts).toEqual([{ reason: "authorize" }, { reason: "authorize" }]);
    expect(server.received.map(({ headers }) => headers["flinks-auth-key"])).toEqual([
      "ours-1",
      "ours-1",
      "ours-2",
    ]);
  });

  it("what it throws is passed on as it is", async () => {
    const failure = new Error("our token service is down");
    const server = await startServerWith({});
    const flinks = clientOf(server, { authorizeToken: () => Promise.reject(failure) });
    expect(await errorOf(flinks.authorize({ LoginId: loginId }))).toBe(failure);
  });

  it("a signal ends the wait for it, at the first try and at another", async () => {
    const server = await startServerWith({ status: 503, body: "" });
    const never = () => new Promise<string>(() => {});
    const reason = new Error("given up");
    for (const authorizeToken of [
      never,
      ({ reason }: { reason: string }) => (reason === "retry" ? never() : "t"),
    ]) {
      const controller = new AbortController();
      const options = { signal: controller.signal, retry: { retries: 1, minDelayMs: 0 } };
      const call = clientOf(server, { authorizeToken }).authorize({ LoginId: loginId }, options);
      setTimeout(() => controller.abort(reason), 50);
      expect(await errorOf(call)).toBe(reason);
    }
  });

  it.each([undefined, "", 7, `${secrets.token}\n`])("%j is no token", async (token) => {
    const server = await startServerWith({});
    const flinks = clientOf(server, { authorizeToken: () => token });
    const error = await errorOfClass(FlinksUsageError, flinks.authorize({ LoginId: loginId }));
    expect(error.message).toMatch(/^What authorizeToken\(\) returns /);
    expect(error.message).not.toContain(secrets.token);
    expect(server.received).toEqual([]);
  });

  it("there is no secret key to mint with", async () => {
    const flinks = clientOf(await startServerWith({}));
    const error = await errorOfClass(FlinksUsageError, flinks.generateAuthorizeToken());
    expect(error.message).toBe("generateAuthorizeToken() needs a client that was made with secretKey.");
  });
});

describe("with one token", () => {
  it("it serves one session with its answers, and a second session is refused before anything is sent", async () => {
    const server = await startMintingServer();
    const flinks = clientOf(server, { authorizeToken: secrets.token });
    await flinks.authorizeWithMfa({ LoginId: loginId }, () => ({ "What city?": "Montreal" }));
    const error = await errorOfClass(FlinksUsageError, flinks.authorize({ LoginId: loginId }));
    expect(error.message).toBe(
      "The authorizeToken of this client has opened its one session: pass a function that mints them.",
    );
    expect(server.received).toHaveLength(2);
  });

  it("a request that was refused unsent, or given up before it was sent, does not spend it", async () => {
    const server = await startMintingServer();
    const flinks = clientOf(server, { authorizeToken: secrets.token });
    await errorOf(flinks.authorize({ LoginId: "" }));
    await errorOf(flinks.authorize({ LoginId: loginId }, { signal: AbortSignal.abort() }));
    expect((await flinks.authorize({ LoginId: loginId })).status).toBe("mfa_required");
  });
});

it("the sandbox, which is as strict as the API, takes the tokens of many sessions at once", async () => {
  const sandbox = createSandbox();
  const flinks = clientOf({ baseUrl: sandbox.options.baseUrl }, sandbox.options);
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa })),
  );
  expect(new Set(outcomes.map(({ requestId }) => requestId)).size).toBe(50);
});

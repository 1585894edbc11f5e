import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksResponseError } from "../../../src/index.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { challenge, pending, question, session, token } from "../../helpers/wire.ts";

const quick = { retries: 2, minDelayMs: 0, maxDelayMs: 0 };

/** Authorizes in cached mode, which may be repeated, against a server that gives this response. */
async function authorize(status: number, body: unknown) {
  const server = await startServerWith({ status, body });
  return { call: clientOf(server, { retry: quick }).authorize({ LoginId: loginId }), received: server.received };
}

const RequestId = requestId;
const questions = { SecurityChallenges: [question()] };
const noQuestions = { SecurityChallenges: [] };
const login = { Login: { Username: "Greatday", Id: loginId } };

/** JSON that `JSON.stringify` does not write. */
const huge = `{"HttpStatusCode":1e999,"RequestId":"${requestId}"}`;

describe("authorize", () => {
  it.each<[number, unknown]>([
    [200, { HttpStatusCode: 200, RequestId, ...login }],
    [200, { HttpStatusCode: 200, RequestId, ...login, ...questions }],
    [200, { HttpStatusCode: 200, RequestId, ...questions }],
    [200, { RequestId }],
    [200, { RequestId, ...noQuestions }],
    [200, { RequestId, SecurityChallenges: null }],
    [200, { RequestId, FlinksCode: "SUCCESS" }],
    [200, { RequestId, FlinksCode: "constructor" }],
    [200, { RequestId, FlinksCode: 7 }],
    [200, { RequestId, HttpStatusCode: "401" }],
    [200, { RequestId, HttpStatusCode: null }],
    [200, { RequestId, HttpStatusCode: 0 }],
    [200, { RequestId, HttpStatusCode: 201 }],
    [200, { RequestId, HttpStatusCode: 204 }],
    [200, { RequestId, HttpStatusCode: 399 }],
    [200, { RequestId, HttpStatusCode: 401.5 }],
    [200, { RequestId, HttpStatusCode: 600 }],
    [200, { RequestId, HttpStatusCode: 12345 }],
    [200, huge],
    [203, { HttpStatusCode: 200, RequestId }],
    [203, { HttpStatusCode: 200, RequestId, ...noQuestions }],
    [203, { HttpStatusCode: 200, RequestId, ...questions }],
    [203, { RequestId }],
    [203, { RequestId, SecurityChallenges: null }],
  ])("returns a session for HTTP %i with %j", async (status, body) => {
    const { call } = await authorize(status, body);
    expect(await call).toMatchObject({ status: "authorized", requestId, session: { RequestId } });
  });

  it.each<[number, object]>([
    [203, { HttpStatusCode: 203, RequestId, ...questions }],
    [203, { RequestId, ...questions }],
    [203, { HttpStatusCode: 12345, RequestId, ...questions }],
    [200, { HttpStatusCode: 203, RequestId, ...questions }],
    [200, { RequestId, ...questions }],
    [200, { HttpStatusCode: 12345, RequestId, ...questions, ...login }],
    [200, { HttpStatusCode: 401, FlinksCode: "INVALID_SECURITY_RESPONSE", RequestId, ...questions }],
    [200, { HttpStatusCode: 200, FlinksCode: "INVALID_SECURITY_RESPONSE", RequestId, ...questions }],
    [400, { HttpStatusCode: 400, FlinksCode: "INVALID_SECURITY_RESPONSE", RequestId, ...questions }],
    [500, { HttpStatusCode: 500, FlinksCode: "INVALID_SECURITY_RESPONSE", RequestId, ...questions }],
    [401, { HttpStatusCode: 401, RequestId, ...questions }],
    [401, { HttpStatusCode: 500, RequestId, ...questions }],
    [401, { FlinksCode: "NEW_CODE", RequestId, ...questions }],
    [401, { RequestId, ...questions }],
  ])("returns a challenge for HTTP %i with %j, after one request", async (status, body) => {
    const { call, received } = await authorize(status, body);
    expect(await call).toMatchObject({ status: "mfa_required", requestId, challenge: { questions: [{}] } });
    expect(received).toHaveLength(1);
  });

  it.each<[number, object, string]>([
    [202, { HttpStatusCode: 202, RequestId, FlinksCode: "OPERATION_DISPATCHED" }, "OPERATION_DISPATCHED"],
    [202, { RequestId, FlinksCode: " OPERATION_PENDING " }, "OPERATION_PENDING"],
    [202, { RequestId }, "HTTP_202"],
    [202, { RequestId, FlinksCode: "NEW_CODE" }, "NEW_CODE"],
    [202, { RequestId, FlinksCode: `NEW_${secrets.token}` }, "HTTP_202"],
    [202, { RequestId, FlinksCode: "N".repeat(1000) }, "N".repeat(100)],
    [202, { HttpStatusCode: 200, RequestId, ...login }, "HTTP_202"],
    [202, { HttpStatusCode: 203, RequestId, ...questions }, "HTTP_202"],
    [202, { HttpStatusCode: 401, RequestId, ...questions }, "HTTP_202"],
    [202, { HttpStatusCode: 500, RequestId }, "HTTP_202"],
    [202, { HttpStatusCode: 12345, RequestId, Accounts: [{}] }, "HTTP_202"],
    [200, { HttpStatusCode: 202, RequestId }, "HTTP_200"],
    [200, { HttpStatusCode: 202, RequestId, ...questions }, "HTTP_200"],
    [203, { HttpStatusCode: 202, RequestId }, "HTTP_203"],
    [200, { RequestId, FlinksCode: "OPERATION_PENDING" }, "OPERATION_PENDING"],
    [203, { RequestId, FlinksCode: "OPERATION_DISPATCHED", ...questions }, "OPERATION_DISPATCHED"],
    [200, { HttpStatusCode: 200, RequestId, FlinksCode: "OPERATION_PENDING" }, "OPERATION_PENDING"],
    [200, { HttpStatusCode: 500, RequestId, FlinksCode: "OPERATION_PENDING" }, "OPERATION_PENDING"],
  ])("returns a pending operation for HTTP %i with %j", async (status, body, code) => {
    const { call } = await authorize(status, body);
    expect(await call).toStrictEqual({ status: "pending", requestId, operation: "authorize", code });
  });

  it("returns a pending operation with the API's own words, without secrets and not too long", async () => {
    const long = "x".repeat(505);
    const { call } = await authorize(202, pending(undefined, { Message: `${long} ${secrets.token}` }).body);
    expect(await call).toMatchObject({ status: "pending", message: `${long} [redac` });
  });

  // Only the code and HTTP decide on repeating, and HTTP alone on the status.
  it.each<[number, object, object]>([
    [400, {}, { code: "HTTP_400", category: "request", retryable: false }],
    [400, { HttpStatusCode: 12345 }, { code: "HTTP_400", retryable: false }],
    [400, { HttpStatusCode: 500 }, { code: "HTTP_400", retryable: false }],
    [400, { HttpStatusCode: 200 }, { code: "HTTP_400", retryable: false }],
    [400, { HttpStatusCode: 202, FlinksCode: "OPERATION_PENDING" }, { code: "OPERATION_PENDING", retryable: false }],
    [400, { FlinksCode: "NEW_CODE", ...questions }, { code: "NEW_CODE", category: "unknown" }],
    [400, { ValidationDetails: { Tag: ["is too long"] } }, { code: "HTTP_400", fields: { Tag: ["is too long"] } }],
    [401, { HttpStatusCode: 500 }, { code: "HTTP_401", category: "access", retryable: false }],
    [401, { HttpStatusCode: 429 }, { code: "HTTP_401", retryable: false }],
    [401, { FlinksCode: "INVALID_SECURITY_RESPONSE", ...noQuestions }, { code: "INVALID_SECURITY_RESPONSE" }],
    [401, { FlinksCode: "DISABLED_LOGIN", ...questions }, { code: "DISABLED_LOGIN", category: "account" }],
    [403, questions, { code: "HTTP_403", category: "access" }],
    [405, { FlinksCode: "DISABLED_INSTITUTION" }, { code: "DISABLED_INSTITUTION", category: "institution" }],
    [200, { HttpStatusCode: 400 }, { code: "HTTP_200", category: "request", retryable: false }],
    [200, { HttpStatusCode: 401, ...questions }, { code: "HTTP_200", category: "access", retryable: false }],
    [200, { HttpStatusCode: 500 }, { code: "HTTP_200", category: "server", retryable: false }],
    [200, { HttpStatusCode: 599 }, { code: "HTTP_200", retryable: false }],
    [203, { HttpStatusCode: 429 }, { code: "HTTP_203", category: "rate_limit", retryable: false }],
    [200, { FlinksCode: "NEW_CODE", HttpStatusCode: 400 }, { code: "NEW_CODE", category: "unknown" }],
    [200, { FlinksCode: "INVALID_LOGIN" }, { code: "INVALID_LOGIN", category: "credentials" }],
    [200, { FlinksCode: "INVALID_LOGIN ", HttpStatusCode: 200, ...login }, { code: "INVALID_LOGIN" }],
    [203, { FlinksCode: "INVALID_LOGIN", ...questions }, { code: "INVALID_LOGIN" }],
  ])("rejects HTTP %i with %j as the API's refusal, after one request", async (status, body, facts) => {
    const { call, received } = await authorize(status, { RequestId, Message: "Refused", ...body });
    const error = await errorOfClass(FlinksApiError, call);
    expect(error).toMatchObject({ status, requestId, operation: "authorize", attempts: 1, ...facts });
    expect(error.message).toContain(`HTTP ${status}`);
    expect(error.message).toContain('"Refused"');
    expect(received).toHaveLength(1);
  });

  it.each([{ FlinksCode: "NEW" }, { Message: "m" }, { HttpStatusCode: 400 }, { ValidationDetails: [] }])(
    "rejects HTTP 400 with nothing but %j as the API's refusal",
    async (body) => {
      await errorOfClass(FlinksApiError, (await authorize(400, body)).call);
    },
  );

  it("ignores a number in the body that is not an HTTP status", async () => {
    const { call } = await authorize(200, { HttpStatusCode: 12345, RequestId: requestId });
    expect(await call).toMatchObject({ status: "authorized" });
  });

  const noJson = "a body that is not a JSON object";
  const unusable = "an MFA challenge without usable questions";

  it.each<[number, unknown, string]>([
    [200, "", "an empty body"],
    [200, "<html>", noJson],
    [200, "null", noJson],
    [200, '"text"', noJson],
    [200, [requestId], noJson],
    [200, '{"RequestId":"', noJson],
    [400, "", "an empty body"],
    [400, [], noJson],
    [200, {}, "no RequestId"],
    [200, { HttpStatusCode: 200 }, "no RequestId"],
    [200, { HttpStatusCode: 200, RequestId: "" }, "no RequestId"],
    [200, { HttpStatusCode: 200, RequestId: 7 }, "no RequestId"],
    [202, { FlinksCode: "OPERATION_PENDING" }, "no RequestId"],
    [203, { ...questions }, "no RequestId"],
    [401, { ...questions }, "no RequestId"],
    [203, { RequestId, ...noQuestions }, unusable],
    [203, { HttpStatusCode: 203, RequestId }, unusable],
    [200, { HttpStatusCode: 203, RequestId, ...noQuestions }, unusable],
    [203, { RequestId, SecurityChallenges: "?" }, unusable],
    [200, { RequestId, SecurityChallenges: { "?": [] } }, unusable],
    [201, { RequestId, Message: "m" }, "an unexpected body"],
    [206, { HttpStatusCode: 200, RequestId }, "an unexpected body"],
    [400, { error: "bad" }, "an unexpected body"],
    [401, { RequestId }, "an unexpected body"],
    [499, {}, "an unexpected body"],
  ])("rejects HTTP %i with %j as no valid response, after one request", async (status, body, what) => {
    const { call, received } = await authorize(status, body);
    const error = await errorOfClass(FlinksResponseError, call);
    expect(error).toMatchObject({ status, code: "invalid_response", operation: "authorize", attempts: 1 });
    expect(error.message).toContain(`Authorize returned HTTP ${status} with ${what}`);
    expect(received).toHaveLength(1);
  });
});

describe("generateAuthorizeToken", () => {
  const refused = { HttpStatusCode: 401, Message: "You must provide a valid auth key" };

  it.each<[number, object, unknown]>([
    [200, refused, { name: "FlinksApiError", code: "HTTP_200", category: "access", retryable: false }],
    [200, { ...refused, Token: "t" }, { name: "FlinksApiError", code: "HTTP_200" }],
    [200, { FlinksCode: "ACCESS_DENIED", Token: "t" }, { name: "FlinksApiError", code: "ACCESS_DENIED" }],
    [401, { ...refused, ...questions }, { name: "FlinksApiError", code: "HTTP_401" }],
    [200, challenge().body as object, { name: "FlinksResponseError" }],
    [202, { ...(token().body as object) }, { name: "FlinksResponseError" }],
    [200, session().body as object, { name: "FlinksResponseError" }],
  ])("rejects HTTP %i with %j, after one request", async (status, body, facts) => {
    const server = await startServerWith({ status, body });
    const flinks = clientOf(server, { secretKey: secrets.secretKey, retry: quick });
    for (const call of [() => flinks.generateAuthorizeToken(), () => flinks.authorize({ LoginId: loginId })]) {
      expect(await errorOf(call)).toMatchObject({
        status,
        operation: "generateAuthorizeToken",
        attempts: 1,
        ...(facts as object),
      });
    }
    expect(server.received).toHaveLength(2);
  });
});

describe("a captured response", () => {
  const captured = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../fixtures/wire/${name}.json`, import.meta.url), "utf8"));
  const other = "b851931b-7d7c-4279-9b82-344c0e846b52";

  it.each([
    [
      "authorize-200-cached",
      200,
      { status: "authorized", requestId: other, session: captured("authorize-200-cached") },
    ],
    ["authorize-200-after-mfa", 200, { status: "authorized", requestId, session: captured("authorize-200-after-mfa") }],
    ["authorize-202", 202, { status: "pending", requestId: other, code: "OPERATION_PENDING" }],
    ["authorize-203", 203, { status: "mfa_required", challenge: { institution: "FlinksCapital", questions: [{}] } }],
    ["error-400-session", 400, { name: "FlinksApiError", code: "SESSION_NONEXISTENT", category: "session" }],
  ])("is read: %s", async (name, status, meaning) => {
    const { call } = await authorize(status, captured(name));
    expect(await call.catch((error: unknown) => error)).toMatchObject(meaning);
  });
});

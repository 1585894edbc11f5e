import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksResponseError } from "../../src/index.ts";
import { clientOf, errorOfClass, loginId, requestId } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

const question = { Type: "QuestionAndAnswer", Prompt: "What city were you born in?" };

async function authorize(status: number, body: unknown) {
  const server = await startServerWith({ status, body });
  return clientOf(server).authorize({ LoginId: loginId });
}

describe("captured answers", () => {
  const captured = (name: string) =>
    JSON.parse(readFileSync(new URL(`../fixtures/wire/${name}.json`, import.meta.url), "utf8"));

  it("reads a cached session", async () => {
    const body = captured("authorize-200-cached");
    expect(await authorize(200, body)).toEqual({
      status: "authorized",
      requestId: "b851931b-7d7c-4279-9b82-344c0e846b52",
      session: body,
    });
  });

  it("reads a session without Login, as after an MFA answer", async () => {
    const body = captured("authorize-200-after-mfa");
    expect(await authorize(200, body)).toEqual({ status: "authorized", requestId, session: body });
  });

  it("reads a pending operation", async () => {
    expect(await authorize(202, captured("authorize-202"))).toEqual({
      status: "pending",
      requestId: "b851931b-7d7c-4279-9b82-344c0e846b52",
      code: "OPERATION_PENDING",
      message: "Your operation is still processing",
    });
  });

  it("reads a challenge", async () => {
    const before = new Date().toISOString();
    const outcome = await authorize(203, captured("authorize-203"));
    expect(outcome).toEqual({
      status: "mfa_required",
      requestId,
      continuation: expect.any(String),
      challenge: {
        requestId,
        institution: "FlinksCapital",
        questions: [{ prompt: "What is the best country on earth?", type: "QuestionAndAnswer", choices: [] }],
        round: 1,
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
    if (outcome.status !== "mfa_required") throw new Error("unreachable");
    expect(outcome.challenge.receivedAt >= before).toBe(true);
  });

  it("reads an error", async () => {
    const error = await errorOfClass(FlinksApiError, authorize(400, captured("error-400-session")));
    expect(error).toMatchObject({ status: 400, code: "SESSION_NONEXISTENT", category: "session" });
  });

  it("has a test for each", () => {
    expect(readdirSync(new URL("../fixtures/wire/", import.meta.url))).toHaveLength(5);
  });
});

describe("status and body decide together", () => {
  it.each([
    ["a 200 that a proxy turned into 203", 203, { HttpStatusCode: 200, RequestId: requestId }],
    [
      "the same, with an empty list",
      203,
      { HttpStatusCode: 200, RequestId: requestId, SecurityChallenges: [] },
    ],
    ["a 203 with neither status nor questions", 203, { RequestId: requestId }],
    ["the same, with null for questions", 203, { RequestId: requestId, SecurityChallenges: null }],
    ["a 200 with an empty list of questions", 200, { RequestId: requestId, SecurityChallenges: [] }],
  ])("%s is a session", async (_, status, body) => {
    expect(await authorize(status, body)).toEqual({ status: "authorized", requestId, session: body });
  });

  it.each([
    ["200", 200, 200],
    ["203", 203, 203],
    ["203 whose body says 200", 203, 200],
  ])("questions make a %s a challenge", async (_, status, HttpStatusCode) => {
    const body = { HttpStatusCode, RequestId: requestId, SecurityChallenges: [question] };
    expect(await authorize(status, body)).toMatchObject({ status: "mfa_required", requestId });
  });

  it("a status that is no number is not believed", async () => {
    const server = await startServerWith({ body: { HttpStatusCode: "401", RequestId: requestId } });
    expect(await clientOf(server).authorize({ LoginId: loginId })).toMatchObject({ status: "authorized" });
  });

  it("a 200 whose body says 202 is pending", async () => {
    const body = { HttpStatusCode: 202, RequestId: requestId };
    expect(await authorize(200, body)).toEqual({ status: "pending", requestId, code: "HTTP_200" });
  });

  it("a 200 whose body says 401 is an error, with the body's status", async () => {
    const body = { HttpStatusCode: 401, FlinksCode: "INVALID_LOGIN", RequestId: requestId };
    const error = await errorOfClass(FlinksApiError, authorize(200, body));
    expect(error).toMatchObject({ status: 401, code: "INVALID_LOGIN" });
  });

  it.each([
    ["a 200 without a status of its own", 200, { FlinksCode: "INVALID_LOGIN" }, 200],
    ["a 200 whose status is no number", 200, { FlinksCode: "INVALID_LOGIN ", HttpStatusCode: "401" }, 200],
    ["a 200 that says so twice", 200, { FlinksCode: "INVALID_LOGIN", HttpStatusCode: 401 }, 401],
    ["a 202", 202, { FlinksCode: "INVALID_LOGIN", HttpStatusCode: 401 }, 401],
    ["a 203", 203, { FlinksCode: "INVALID_LOGIN" }, 203],
  ])("a code of failure decides under %s", async (_, status, body, meant) => {
    const error = await errorOfClass(FlinksApiError, authorize(status, { ...body, RequestId: requestId }));
    expect(error).toMatchObject({ status: meant, code: "INVALID_LOGIN", category: "credentials" });
  });

  it("a code of the background decides under a 200", async () => {
    const body = { FlinksCode: "OPERATION_PENDING", RequestId: requestId };
    expect(await authorize(200, body)).toEqual({ status: "pending", requestId, code: "OPERATION_PENDING" });
  });

  it("a code that is not known decides nothing", async () => {
    const body = { FlinksCode: "SUCCESS", RequestId: requestId };
    expect(await authorize(200, body)).toMatchObject({ status: "authorized" });
  });

  it.each([
    ["INVALID_SECURITY_RESPONSE", true],
    ["INVALID_SECURITY_RESPONSE_NO_RETRY", false],
  ])("a 200 whose body is a 401 with questions and %s is a refusal", async (FlinksCode, asksAgain) => {
    const body = { HttpStatusCode: 401, FlinksCode, RequestId: requestId, SecurityChallenges: [question] };
    const error = await errorOfClass(FlinksApiError, authorize(200, body));
    expect(error).toMatchObject({ status: 401, code: FlinksCode });
    expect("challenge" in error).toBe(asksAgain);
  });

  it("a 401 with nothing but questions asks again", async () => {
    const body = { RequestId: requestId, SecurityChallenges: [question] };
    const error = await errorOfClass(FlinksApiError, authorize(401, body));
    expect(error).toMatchObject({ code: "HTTP_401", challenge: { questions: [{}] } });
  });

  it("a 202 is pending, whatever else its body says", async () => {
    const body = { HttpStatusCode: 203, RequestId: requestId, SecurityChallenges: [question] };
    expect(await authorize(202, body)).toEqual({ status: "pending", requestId, code: "HTTP_202" });
  });

  it("a 202 needs no code", async () => {
    expect(await authorize(202, { RequestId: requestId })).toEqual({
      status: "pending",
      requestId,
      code: "HTTP_202",
    });
  });
});

describe("what is no answer", () => {
  const noRequestId = "The answer to Authorize has no RequestId";
  const asksNothing = "The answer to Authorize asks nothing that can be answered";
  const neither = "The answer to Authorize is neither a result nor an error";

  it.each([
    ["a session without RequestId", 200, { HttpStatusCode: 200 }, noRequestId],
    ["a session with an empty RequestId", 200, { RequestId: "" }, noRequestId],
    ["a session whose RequestId is a number", 200, { RequestId: 7 }, noRequestId],
    ["an array", 200, [requestId], noRequestId],
    ["null", 200, null, noRequestId],
    ["a string", 200, '"text"', noRequestId],
    ["a pending operation without RequestId", 202, { FlinksCode: "OPERATION_PENDING" }, noRequestId],
    ["a challenge without RequestId", 203, { SecurityChallenges: [question] }, asksNothing],
    ["a challenge that asks nothing", 203, { RequestId: requestId, SecurityChallenges: [] }, asksNothing],
    ["the same by its body alone", 200, { HttpStatusCode: 203, RequestId: requestId }, asksNothing],
    ["a challenge that is no list", 203, { RequestId: requestId, SecurityChallenges: "?" }, asksNothing],
    ["the same under a 200", 200, { RequestId: requestId, SecurityChallenges: { "?": [] } }, asksNothing],
    ["a status that nobody documents", 201, { RequestId: requestId, Message: "m" }, neither],
    ["an error of another make", 500, { error: "internal" }, neither],
    ["an error that is an array", 500, [], neither],
  ])("%s", async (_, status, body, message) => {
    const error = await errorOfClass(FlinksResponseError, authorize(status, body));
    expect(error.status).toBe(status);
    expect(error.message.split(" (HTTP ")[0]).toBe(message);
    expect(error.bodyExcerpt).toBe(typeof body === "string" ? body : JSON.stringify(body));
  });

  it("a body that says 400 under 200 is refused as that", async () => {
    const error = await errorOfClass(FlinksApiError, authorize(200, { HttpStatusCode: 400, Message: "m" }));
    expect(error.message).toMatch(/^Authorize was refused: HTTP_400 \(HTTP 400\)\./);
  });
});

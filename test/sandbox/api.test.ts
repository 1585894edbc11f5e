import { describe, expect, it } from "vitest";
import type { Sandbox, SandboxUser } from "../../src/sandbox/index.ts";
import { live, mintToken, minute, post, prompt, startSandbox } from "../helpers/sandbox.ts";

const connect = { ...live, MostRecentCached: false };
const institution = { InstitutionName: "FlinksCapital", InstitutionId: 14, Institution: "FlinksCapital" };
const refusedToken = {
  status: 401,
  body: { HttpStatusCode: 401, Message: "You must provide a valid authorize token" },
};

/** Sends one request with a token of its own. */
async function send(body: unknown) {
  const { sandbox } = startSandbox();
  return post(sandbox, body, { token: await mintToken(sandbox) });
}

/** Opens a session, and gives what answers it. */
async function open(sandbox: Sandbox, Username = "Greatday") {
  const token = await mintToken(sandbox);
  const opened = await post(sandbox, { ...connect, Username }, { token });
  const answer = (fields: object) =>
    post(sandbox, { RequestId: opened.body.RequestId, MostRecentCached: false, ...fields }, { token });
  return { opened, answer };
}

const responses = (...answers: unknown[]) => ({ SecurityResponses: { [prompt]: answers } });

describe("a response", () => {
  it("has the form that was captured", async () => {
    const RequestId = expect.any(String);
    expect((await send({ ...connect, Username: "test_pending" })).body).toStrictEqual({
      HttpStatusCode: 202,
      FlinksCode: "OPERATION_PENDING",
      Links: [{ rel: "{Endpoint}Async", href: "/{Endpoint}Async", example: "/{Endpoint}Async/{requestId}" }],
      Message: "Your operation is still processing",
      RequestId,
    });
    expect((await send({ ...connect, Username: "test_dispatched" })).body).toMatchObject({
      HttpStatusCode: 202,
      FlinksCode: "OPERATION_DISPATCHED",
      Message: "Your operation has been dispatched",
    });
    expect((await send(connect)).body).toStrictEqual({
      HttpStatusCode: 203,
      Links: [{ rel: "Authorization", href: "/Authorize", example: null }],
      SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: prompt }],
      ...institution,
      RequestId,
    });
  });
});

describe("a request", () => {
  const needed = "A LoginId, or Institution, Username and Password are needed";
  const arrays = "SecurityResponses must hold arrays of strings";
  const eitherOr = "Send either a LoginId or credentials";
  const noCredentials = "Credentials must not be sent with a RequestId";

  it.each<[unknown, string]>([
    ["not JSON", "The body must be a JSON object"],
    ["", "The body must be a JSON object"],
    [null, "The body must be a JSON object"],
    [[], "The body must be a JSON object"],
    [{ LoginId: 7 }, "LoginId must be of type string"],
    [{ LoginId: null }, "LoginId must be of type string"],
    [{ Language: 1 }, "Language must be of type string"],
    [{ Tag: 1 }, "Tag must be of type string"],
    [{ Save: "no" }, "Save must be of type boolean"],
    [{ LoginId: "a", MostRecentCached: "true" }, "MostRecentCached must be of type boolean"],
    [{ RequestId: "a", SecurityResponses: null }, "SecurityResponses must be of type object"],
    [{ RequestId: "a", SecurityResponses: { [prompt]: "Montreal" } }, arrays],
    [{ RequestId: "a", SecurityResponses: { [prompt]: ["Montreal", 7] } }, arrays],
    [{ SecurityResponses: [7] }, arrays],
    [{}, needed],
    [{ Tag: "a" }, needed],
    [{ ...connect, Institution: undefined }, needed],
    [{ ...connect, Username: undefined }, needed],
    [{ ...connect, Password: undefined }, needed],
    [{ LoginId: "a", Username: "b" }, eitherOr],
    [{ LoginId: "a", Password: "b" }, eitherOr],
    [live, "MostRecentCached must be false with credentials"],
    [{ ...live, MostRecentCached: true }, "MostRecentCached must be false with credentials"],
    [{ ...connect, Institution: "Other" }, "The Institution is unknown"],
    [responses("Montreal"), "SecurityResponses needs a RequestId"],
    [{ SecurityResponses: {} }, "SecurityResponses needs a RequestId"],
    [{ RequestId: "a", SecurityResponses: {} }, "MostRecentCached must be false with a RequestId"],
    [{ RequestId: "a", MostRecentCached: true }, "MostRecentCached must be false with a RequestId"],
    [{ RequestId: "a", MostRecentCached: false, Username: "b" }, noCredentials],
    [{ RequestId: "a", MostRecentCached: false, Password: "b" }, noCredentials],
  ])("%j is refused as malformed: %s", async (body, Message) => {
    expect(await send(body)).toEqual({
      status: 400,
      body: { HttpStatusCode: 400, FlinksCode: "INVALID_REQUEST", Message },
    });
  });

  const invalidLogin = "The LoginId provided is either invalid or does not belong to the CustomerId.";
  const unavailable = "The institution cannot be reached, retry later";
  const ended = "RequestId is invalid or session has ended";

  it.each<[object, number, string, string]>([
    [{ LoginId: "a" }, 400, "INVALID_LOGIN", invalidLogin],
    [{ LoginId: "__proto__" }, 400, "INVALID_LOGIN", invalidLogin],
    [{ ...connect, Username: "nobody" }, 401, "INVALID_USERNAME", "The username is invalid"],
    [{ ...connect, Username: "constructor" }, 401, "INVALID_USERNAME", "The username is invalid"],
    [{ ...connect, Password: "everyday" }, 401, "INVALID_PASSWORD", "The password is invalid"],
    [{ ...connect, Username: "test_disabled_account" }, 401, "DISABLED_LOGIN", "Login has been disabled"],
    [{ ...connect, Username: "test_service_unavailable" }, 401, "RETRY_LATER", unavailable],
    [{ RequestId: "a", MostRecentCached: false }, 400, "SESSION_NONEXISTENT", ended],
    [{ RequestId: "", MostRecentCached: false }, 400, "SESSION_NONEXISTENT", ended],
  ])("%j is refused with %i %s: %s", async (body, status, FlinksCode, Message) => {
    expect(await send(body)).toEqual({ status, body: { HttpStatusCode: status, FlinksCode, Message } });
  });

  it.each<[object, number, string | undefined, string]>([
    [{ path: "Other" }, 404, undefined, "There is no such endpoint"],
    [{ path: "GetNothing" }, 404, undefined, "There is no such endpoint"],
    [{ customerId: "other" }, 401, "CUSTOMER_NOT_FOUND", "The CustomerId is unknown"],
    [{ method: "GET" }, 405, "METHOD_NOT_AVAILABLE", "The endpoint takes POST"],
    [{ method: "PUT" }, 405, "METHOD_NOT_AVAILABLE", "The endpoint takes POST"],
    [{ path: "GenerateAuthorizeToken" }, 401, undefined, "You must provide a valid auth key"],
    [{ path: "GenerateAuthorizeToken", token: "wrong" }, 401, undefined, "You must provide a valid auth key"],
  ])("with %j is refused with %i %s: %s", async (options, status, FlinksCode, Message) => {
    const body = { HttpStatusCode: status, ...(FlinksCode !== undefined && { FlinksCode }), Message };
    expect(await post(startSandbox().sandbox, {}, options)).toEqual({ status, body });
  });
});

describe("a token", () => {
  it("is refused if it is missing, unknown, spent or of another session", async () => {
    const { sandbox } = startSandbox();
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    expect(await post(sandbox, request)).toEqual(refusedToken);
    expect(await post(sandbox, request, { token: "unknown" })).toEqual(refusedToken);
    const token = await mintToken(sandbox);
    expect(await post(sandbox, request, { token })).toMatchObject({ status: 200 });
    expect(await post(sandbox, request, { token })).toEqual(refusedToken);
    const { opened } = await open(sandbox);
    const { RequestId } = opened.body;
    const answer = { RequestId, MostRecentCached: false, ...responses("Montreal") };
    expect(await post(sandbox, answer, { token })).toEqual(refusedToken);
  });

  it("is not spent by a malformed request", async () => {
    const { sandbox } = startSandbox();
    const token = await mintToken(sandbox);
    expect(await post(sandbox, {}, { token })).toMatchObject({ body: { FlinksCode: "INVALID_REQUEST" } });
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    expect(await post(sandbox, request, { token })).toMatchObject({ status: 200 });
  });
});

describe("an answer", () => {
  const wrong = "The answer to the security question is wrong";
  const noPrompt = "A key of SecurityResponses matches no prompt of the challenge";
  const noAnswer = "A prompt has no answer in SecurityResponses";

  it.each<[object, number, string, string]>([
    [{}, 400, "SECURITYRESPONSES_INCOMPLETE", noAnswer],
    [{ SecurityResponses: {} }, 400, "SECURITYRESPONSES_INCOMPLETE", noAnswer],
    [responses(), 400, "SECURITYRESPONSES_INCOMPLETE", noAnswer],
    [{ SecurityResponses: { "what city": ["Montreal"] } }, 400, "UNKNOWN_CHALLENGE_KEY", noPrompt],
    [{ SecurityResponses: { [prompt]: ["Montreal"], constructor: ["x"] } }, 400, "UNKNOWN_CHALLENGE_KEY", noPrompt],
    [responses("Montreal", "Paris"), 401, "INVALID_SECURITY_RESPONSE", wrong],
    [responses("montreal"), 401, "INVALID_SECURITY_RESPONSE", wrong],
  ])("%j is refused with %i %s: %s", async (fields, status, FlinksCode, Message) => {
    const { answer } = await open(startSandbox().sandbox);
    const refused = await answer(fields);
    expect(refused).toMatchObject({ status, body: { HttpStatusCode: status, FlinksCode, Message } });
    expect("SecurityChallenges" in refused.body).toBe(status === 401);
  });

  it("is asked for again with the question, and refused for good the third time", async () => {
    const { opened, answer } = await open(startSandbox().sandbox);
    const { RequestId } = opened.body;
    const again = { HttpStatusCode: 401, FlinksCode: "INVALID_SECURITY_RESPONSE", Message: wrong };
    const asked = { SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: prompt }], ...institution, RequestId };
    for (let count = 0; count < 2; count++)
      expect((await answer(responses("Paris"))).body).toEqual({ ...again, ...asked });
    const Message = "The answer is wrong, and no further try is left";
    const last = { HttpStatusCode: 401, FlinksCode: "INVALID_SECURITY_RESPONSE_NO_RETRY", Message };
    expect(await answer(responses("Paris"))).toEqual({ status: 401, body: last });
  });

  it("is refused once the session is authorized or expired", async () => {
    const { sandbox, pass } = startSandbox();
    const { answer } = await open(sandbox);
    const right = () => answer(responses("Montreal"));
    expect(await right()).toMatchObject({ status: 200 });
    expect(await right()).toMatchObject({ status: 400, body: { Message: "The session has been authorized already" } });
    const late = await open(sandbox);
    pass(9 * minute);
    const expired = { FlinksCode: "SESSION_EXPIRED", Message: "The session has expired" };
    expect(await late.answer(responses("Montreal"))).toMatchObject({ status: 400, body: expired });
  });

  it.each<[SandboxUser, string]>([
    ["greatday_nomfa", "ALREADY_AUTHORIZED"],
    ["test_pending", "SESSION_NONEXISTENT"],
    ["test_dispatched", "SESSION_NONEXISTENT"],
  ])("is refused by the session of %s, which asks nothing: %s", async (user, FlinksCode) => {
    const { answer } = await open(startSandbox().sandbox, user);
    expect(await answer(responses("Montreal"))).toMatchObject({ status: 400, body: { FlinksCode } });
  });
});

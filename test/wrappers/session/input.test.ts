import { describe, expect, it } from "vitest";
import { type AuthorizeInput, FlinksUsageError } from "../../../src/index.ts";
import { clientOf, customerId, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { session } from "../../helpers/wire.ts";

const LoginId = loginId;
const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

describe("authorize", () => {
  it("sends one POST with the token", async () => {
    const server = await startServerWith(session());
    await clientOf(server).authorize({ LoginId });
    expect(server.received).toMatchObject([
      {
        method: "POST",
        url: `/v3/${customerId}/BankingServices/Authorize`,
        headers: { "flinks-auth-key": secrets.token, "content-type": "application/json", accept: "application/json" },
      },
    ]);
  });

  it.each<[string, AuthorizeInput, object]>([
    ["a LoginId", { LoginId }, { MostRecentCached: true }],
    ["cached", { LoginId, MostRecentCached: true }, { MostRecentCached: true }],
    ["a refresh", { LoginId, MostRecentCached: false }, { MostRecentCached: false }],
    ["undefined fields", { LoginId, Tag: undefined, Password: undefined }, { MostRecentCached: true }],
    ["other fields", { LoginId, Tag: "", Save: true, Language: "en" }, { MostRecentCached: true }],
    ["credentials", credentials, { MostRecentCached: false }],
    ["live", { ...credentials, MostRecentCached: false }, { MostRecentCached: false }],
    ["all of it", { ...credentials, Language: "fr", Save: false, Tag: "é" }, { MostRecentCached: false }],
  ])("sends %s", async (_, input, mode) => {
    const server = await startServerWith(session());
    await clientOf(server).authorize(input);
    expect(server.received[0]?.json).toEqual({ ...input, ...mode });
  });

  const known = "Expected: LoginId, MostRecentCached, Institution, Username, Password, Language, Save, Tag.";
  const answersElsewhere = "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().";
  const either = "Pass either LoginId or Institution, Username and Password, not both.";
  const needed = "Set LoginId, or Institution, Username and Password.";
  const language = 'Language must be "en" or "fr".';

  it.each<[unknown, string]>([
    ...[undefined, null, [], "x"].map((input): [unknown, string] => [input, "request must be an object."]),
    ...["", 7, null].map((LoginId): [unknown, string] => [{ LoginId }, "LoginId must be a non-empty string."]),
    [{ LogindId: "a" }, `Unknown field "LogindId" in the request. ${known}`],
    [{ LoginId, loginId }, `Unknown field "loginId" in the request. ${known}`],
    [{ LoginId, RequestId: requestId }, answersElsewhere],
    [{ LoginId, SecurityResponses: {} }, answersElsewhere],
    [{ LoginId, Institution: "FlinksCapital" }, either],
    [{ LoginId, Username: secrets.Username }, either],
    [{ LoginId, Password: secrets.Password }, either],
    [{}, needed],
    [{ ...credentials, Institution: 14 }, "Institution must be a non-empty string."],
    [{ ...credentials, Institution: undefined }, "Institution must be a non-empty string."],
    [{ ...credentials, Username: undefined }, "Username must be a non-empty string."],
    [{ ...credentials, Username: 7 }, "Username must be a non-empty string."],
    [{ ...credentials, Password: "" }, "Password must be a non-empty string."],
    [{ ...credentials, MostRecentCached: true }, "MostRecentCached: true requires a LoginId."],
    [{ LoginId, MostRecentCached: "true" }, "MostRecentCached must be true or false."],
    [{ LoginId, Save: "false" }, "Save must be true or false."],
    [{ LoginId, Save: null }, "Save must be true or false."],
    [{ LoginId, Tag: {} }, "Tag must be a string."],
    [{ LoginId, Language: null }, language],
    [{ LoginId, Language: "de" }, language],
    [{ LoginId, Language: "FR" }, language],
  ])("rejects %j before a token is taken", async (input, message) => {
    const server = await startServerWith(session());
    let taken = 0;
    const flinks = clientOf(server, { authorizeToken: () => `token-${++taken}` });
    const error = await errorOfClass(FlinksUsageError, flinks.authorize(input as AuthorizeInput));
    expect(error).toMatchObject({ code: "invalid_request", retryable: false });
    expect(error).not.toHaveProperty("attempts");
    expect(error.message).toContain(message);
    expect([taken, server.received]).toEqual([0, []]);
  });
});

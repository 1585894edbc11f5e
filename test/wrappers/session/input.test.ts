import { describe, expect, it } from "vitest";
import { type AuthorizeInput, FlinksUsageError } from "../../../src/index.ts";
import { clientOf, customerId, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { session } from "../../helpers/wire.ts";

const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

describe("authorize", () => {
  it("sends one POST with the token", async () => {
    const server = await startServerWith(session());
    await clientOf(server).authorize({ LoginId: loginId });
    expect(server.received).toMatchObject([
      {
        method: "POST",
        url: `/v3/${customerId}/BankingServices/Authorize`,
        headers: {
          "flinks-auth-key": secrets.token,
          "content-type": "application/json",
          accept: "application/json",
        },
      },
    ]);
  });

  it.each<[AuthorizeInput, object]>([
    [{ LoginId: loginId }, { LoginId: loginId, MostRecentCached: true }],
    [
      { LoginId: loginId, MostRecentCached: true },
      { LoginId: loginId, MostRecentCached: true },
    ],
    [
      { LoginId: loginId, MostRecentCached: false },
      { LoginId: loginId, MostRecentCached: false },
    ],
    [
      { LoginId: loginId, Password: undefined },
      { LoginId: loginId, MostRecentCached: true },
    ],
    [
      { LoginId: loginId, Tag: "", Save: true, Language: "en" },
      { LoginId: loginId, Tag: "", Save: true, Language: "en", MostRecentCached: true },
    ],
    [credentials, { ...credentials, MostRecentCached: false }],
    [
      { ...credentials, MostRecentCached: false },
      { ...credentials, MostRecentCached: false },
    ],
    [
      { ...credentials, Language: "fr", Save: false, Tag: "é" },
      { ...credentials, Language: "fr", Save: false, Tag: "é", MostRecentCached: false },
    ],
  ])("sends %j as %j", async (input, body) => {
    const server = await startServerWith(session());
    await clientOf(server).authorize(input);
    expect(server.received[0]?.json).toEqual(body);
  });

  const known = "Expected: LoginId, MostRecentCached, Institution, Username, Password, Language, Save, Tag";
  const answersElsewhere = "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().";
  const either = "Pass either LoginId or Institution, Username and Password, not both.";

  it.each<[unknown, string]>([
    [undefined, "request must be an object."],
    [null, "request must be an object."],
    [[], "request must be an object."],
    [{}, "Institution (or else LoginId) must be a non-empty string."],
    [{ LogindId: "a" }, `Unknown field "LogindId" in the request. ${known}`],
    [{ loginId: "a" }, `Unknown field "loginId" in the request. ${known}`],
    [{ LoginId: loginId, RequestId: requestId }, answersElsewhere],
    [{ LoginId: loginId, SecurityResponses: {} }, answersElsewhere],
    ...["", 7, null].map((LoginId): [unknown, string] => [{ LoginId }, "LoginId must be a non-empty string."]),
    ...Object.entries(credentials).map(([name, value]): [unknown, string] => [
      { LoginId: loginId, [name]: value },
      either,
    ]),
    [{ LoginId: loginId, ...credentials }, either],
    [{ ...credentials, Institution: 14 }, "Institution (or else LoginId) must be a non-empty string."],
    [{ ...credentials, Username: undefined }, "Username must be a non-empty string."],
    [{ ...credentials, Username: 7 }, "Username must be a non-empty string."],
    [{ ...credentials, Password: "" }, "Password must be a non-empty string."],
    [{ ...credentials, MostRecentCached: true }, "MostRecentCached: true requires a LoginId."],
    [{ LoginId: loginId, MostRecentCached: "true" }, "MostRecentCached must be true or false."],
    [{ LoginId: loginId, MostRecentCached: null }, "MostRecentCached must be true or false."],
    [{ LoginId: loginId, Save: "false" }, "Save must be true or false."],
    [{ LoginId: loginId, Tag: {} }, "Tag must be a string."],
    [{ LoginId: loginId, Tag: null }, "Tag must be a string."],
    [{ LoginId: loginId, Language: null }, 'Language must be "en" or "fr".'],
    [{ LoginId: loginId, Language: "de" }, 'Language must be "en" or "fr".'],
    [{ LoginId: loginId, Language: "FR" }, 'Language must be "en" or "fr".'],
  ])("rejects %j before a token is taken", async (input, message) => {
    const server = await startServerWith(session());
    let taken = 0;
    const flinks = clientOf(server, { authorizeToken: () => `token-${++taken}` });
    const error = await errorOfClass(FlinksUsageError, flinks.authorize(input as AuthorizeInput));
    expect(error).toMatchObject({ code: "invalid_request", retryable: false });
    expect(error.message).toContain(message);
    expect(error).not.toHaveProperty("attempts");
    expect([taken, server.received]).toEqual([0, []]);
  });
});

import { describe, expect, it } from "vitest";
import { FlinksUsageError } from "../../src/index.ts";
import { clientOf, customerId, errorOfClass, loginId, requestId, secrets } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

async function sent(input: object) {
  const server = await startServerWith({ body: { RequestId: requestId } });
  await clientOf(server).authorize(input as { LoginId: string });
  return server.received;
}

describe("what is sent", () => {
  it("is one POST with the token, and nothing else that could be a secret", async () => {
    const [request, ...others] = await sent({ LoginId: loginId });
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      method: "POST",
      url: `/v3/${customerId}/BankingServices/Authorize`,
      headers: {
        "flinks-auth-key": secrets.token,
        "content-type": "application/json",
        accept: "application/json",
      },
    });
  });

  it.each([
    ["cached", { LoginId: loginId }, { LoginId: loginId, MostRecentCached: true }],
    ["cached", { LoginId: loginId, MostRecentCached: true }, { LoginId: loginId, MostRecentCached: true }],
    ["refresh", { LoginId: loginId, MostRecentCached: false }, { LoginId: loginId, MostRecentCached: false }],
    ["live", credentials, { ...credentials, MostRecentCached: false }],
    ["live", { ...credentials, MostRecentCached: false }, { ...credentials, MostRecentCached: false }],
    [
      "undefined fields",
      { LoginId: loginId, Tag: undefined, Password: undefined },
      { LoginId: loginId, MostRecentCached: true },
    ],
    [
      "the other fields",
      { ...credentials, Language: "fr", Save: false, Tag: "é" },
      { ...credentials, Language: "fr", Save: false, Tag: "é", MostRecentCached: false },
    ],
  ])("%s", async (_, input, body) => {
    const [request] = await sent(input);
    expect(request?.json).toEqual(body);
  });
});

describe("what is refused before anything is sent", () => {
  it.each<[unknown, string]>([
    [undefined, "The request must be an object."],
    [[], "The request must be an object."],
    [{}, "Institution of a request without a LoginId must be a string that is not empty."],
    [{ LoginId: "" }, "LoginId must be a string that is not empty."],
    [{ LoginId: 7 }, "LoginId must be a string that is not empty."],
    [{ LoginId: null }, "LoginId must be a string that is not empty."],
    [{ LogindId: "a" }, 'The request cannot take "LogindId", only LoginId, MostRecentCached, '],
    [{ loginId: "a" }, 'The request cannot take "loginId", only LoginId, MostRecentCached, '],
    [
      { LoginId: loginId, RequestId: requestId },
      "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().",
    ],
    [
      { LoginId: loginId, SecurityResponses: {} },
      "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().",
    ],
    ...Object.entries(credentials).map(([name, value]): [unknown, string] => [
      { LoginId: loginId, [name]: value },
      "LoginId stands for stored credentials: leave out Institution, Username and Password, or LoginId.",
    ]),
    [
      { LoginId: loginId, ...credentials },
      "LoginId stands for stored credentials: leave out Institution, Username and Password, or LoginId.",
    ],
    [{ LoginId: loginId, MostRecentCached: "true" }, "MostRecentCached must be true or false."],
    [{ ...credentials, MostRecentCached: true }, "MostRecentCached: true goes with a LoginId."],
    [
      { Username: secrets.Username, Password: secrets.Password },
      "Institution of a request without a LoginId must be a string that is not empty.",
    ],
    [
      { Institution: "FlinksCapital" },
      "Username of a request without a LoginId must be a string that is not empty.",
    ],
    [
      { ...credentials, Password: "" },
      "Password of a request without a LoginId must be a string that is not empty.",
    ],
    [
      { ...credentials, Username: 7 },
      "Username of a request without a LoginId must be a string that is not empty.",
    ],
    [
      { ...credentials, Institution: 14 },
      "Institution of a request without a LoginId must be a string that is not empty.",
    ],
    [{ LoginId: loginId, Save: "false" }, "Save must be true or false."],
    [{ LoginId: loginId, Tag: {} }, "Tag must be a string that is not empty."],
    [{ LoginId: loginId, Language: null }, "Language must be a string that is not empty."],
  ])("%j", async (input, message) => {
    const server = await startServerWith({ body: { RequestId: requestId } });
    let minted = 0;
    const flinks = clientOf(server, { authorizeToken: () => `token-${++minted}` });
    const error = await errorOfClass(FlinksUsageError, flinks.authorize(input as { LoginId: string }));
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(error.message).not.toContain(secrets.Password);
    expect(server.received).toEqual([]);
    expect(minted).toBe(0);
  });
});

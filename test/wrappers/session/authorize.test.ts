import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksMfaError, FlinksResponseError, type OpenChallenge } from "../../../src/index.ts";
import { askedBy } from "../../helpers/api.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { type Reply, startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, challengeAgain, question, refusal, session } from "../../helpers/wire.ts";

const answers = { "What city were you born in?": "Montreal" };

/** The calls that get a challenge, the round in which they get it, and how. `authorizeWithMfa` has it on its error. */
const ways: [string, number, (reply: Reply) => Promise<OpenChallenge>][] = [
  ["authorize", 1, async (reply) => askedBy(clientOf(await startServerWith(reply)).authorize({ LoginId: loginId }))],
  [
    "answerChallenge",
    2,
    async (reply) => {
      const flinks = clientOf(await startServerWith(challenge(), reply));
      return askedBy(flinks.answerChallenge(await askedBy(flinks.authorize({ LoginId: loginId })), answers));
    },
  ],
  [
    "authorizeWithMfa",
    2,
    async (reply) => {
      const flinks = clientOf(await startServerWith(challenge(), reply));
      const error = await errorOf(flinks.authorizeWithMfa({ LoginId: loginId }, () => answers, { maxRounds: 1 }));
      if (error instanceof FlinksMfaError) return error;
      throw error;
    },
  ],
];

/** A question that is asked again, with other fields than usual. */
const again = (fields: object, questions?: unknown[]) => challengeAgain(questions, fields);

describe.each(ways)("%s", (_, round, ask) => {
  it.each<[string, Reply, object | undefined]>([
    ["a 203", challenge(), undefined],
    ["a wrong answer", again({}), { code: "INVALID_SECURITY_RESPONSE", message: "The answer is wrong" }],
    ["a wrong answer without a message", again({ Message: undefined }), { code: "INVALID_SECURITY_RESPONSE" }],
    ["a padded code", again({ FlinksCode: " INVALID_SECURITY_RESPONSE " }), { code: "INVALID_SECURITY_RESPONSE" }],
    ["a wrong answer under 400", again({ status: 400 }), { code: "INVALID_SECURITY_RESPONSE" }],
    ["a wrong answer under 200", again({ status: 200 }), { code: "INVALID_SECURITY_RESPONSE" }],
    ["a 401 without a code", again({ FlinksCode: undefined }), { code: "HTTP_401" }],
    ["a 401 with an empty code", again({ FlinksCode: " " }), { code: "HTTP_401" }],
    ["a 401 with an unknown code", again({ FlinksCode: "NEW_CODE" }), { code: "NEW_CODE" }],
    ["a 401 with a code that repeats a token", again({ FlinksCode: `X_${secrets.token}` }), { code: "HTTP_401" }],
  ])("returns mfa_required for %s", async (_, reply, rejected) => {
    const asked = await ask(reply);
    expect(asked.challenge).toMatchObject({ requestId, round, questions: [{ prompt: Object.keys(answers)[0] }] });
    if (rejected === undefined) expect(asked.challenge).not.toHaveProperty("rejected");
    else expect(asked.challenge.rejected).toMatchObject(rejected);
    expect(JSON.stringify(asked.challenge)).not.toContain(secrets.token);
    const flinks = clientOf(await startServerWith(session()));
    expect(await flinks.answerChallenge(asked, answers)).toMatchObject({ status: "authorized" });
  });

  it("returns a rejection without a message that the API did not send, and without secrets in one", async () => {
    const { challenge } = await ask(again({ Message: undefined }));
    expect(challenge.rejected).toStrictEqual({ code: "INVALID_SECURITY_RESPONSE" });
    const echoed = await ask(again({ Message: `Not ${secrets.token}` }));
    expect(echoed.challenge.rejected).toMatchObject({ message: "Not [redacted]" });
  });

  // An answer to them would go out once more.
  it.each<[number, string | undefined]>([
    [401, "INVALID_SECURITY_RESPONSE_NO_RETRY"],
    [401, "DISABLED_LOGIN"],
    [401, "SESSION_EXPIRED"],
    [401, "SECURITYRESPONSES_INCOMPLETE"],
    [401, "QUESTION_NOT_FOUND"],
    [203, "DISABLED_LOGIN"],
    [200, "DISABLED_LOGIN"],
    [400, "NEW_CODE"],
    [403, undefined],
    [429, "TOO_MANY_REQUESTS"],
    [500, "UNKNOWN_ERROR"],
    [503, undefined],
  ])("rejects HTTP %i with the code %s, although it has questions", async (status, FlinksCode) => {
    const error = await errorOfClass(FlinksApiError, ask(again({ status, FlinksCode })));
    expect(error).toMatchObject({ status, code: FlinksCode ?? `HTTP_${status}`, requestId, attempts: 1 });
    expect(error).not.toHaveProperty("challenge");
  });

  it("rejects a wrong answer without questions", async () => {
    const error = await errorOfClass(FlinksApiError, ask(again({}, [])));
    expect(error).toMatchObject({ code: "INVALID_SECURITY_RESPONSE", action: "answer_again" });
  });

  it.each([
    ["questions that cannot be read", again({}, ["?"]), "an MFA challenge without usable questions"],
    ["a challenge without a RequestId", challenge([question()], { RequestId: undefined }), "no RequestId"],
    ["a challenge with an empty RequestId", challenge([question()], { RequestId: "" }), "no RequestId"],
  ])("rejects %s", async (_, reply, message) => {
    const error = await errorOfClass(FlinksResponseError, ask(reply));
    expect(error.message).toContain(`with ${message}`);
  });
});

describe("the error of an answer", () => {
  const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };
  const echo = Object.values(secrets).join(" and ");

  it("shows neither the token nor the answer", async () => {
    const flinks = clientOf(await startServerWith(challenge(), refusal(undefined, { Message: echo })));
    const open = await askedBy(flinks.authorize({ LoginId: loginId }));
    const error = await errorOf(flinks.answerChallenge(open, { "What city were you born in?": secrets.answer }));
    for (const secret of [secrets.token, secrets.answer]) expect(stringsOn(error).join()).not.toContain(secret);
  });

  it("shows nothing that the session has sent, in any of its rounds", async () => {
    const replies = [challenge(), challengeAgain(), refusal("NEW_CODE", { Message: echo })];
    const flinks = clientOf(await startServerWith(...replies));
    const given = [secrets.answer, "another answer"];
    const call = flinks.authorizeWithMfa(credentials, () => ({ "What city were you born in?": `${given.shift()}` }));
    const error = await errorOfClass(FlinksApiError, call);
    const { secretKey: _, ...sent } = secrets;
    expect(given).toEqual([]);
    for (const secret of Object.values(sent)) expect(stringsOn(error).join()).not.toContain(secret);
  });
});

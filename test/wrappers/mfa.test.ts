import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksMfaError, FlinksUsageError, type MfaChallenge } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId, secrets } from "../helpers/client.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";

const ask = (Prompt: string, id = requestId) => ({
  status: 203,
  body: { RequestId: id, SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt }] },
});
const askAgain = (Prompt: string) => ({
  status: 401,
  body: { ...ask(Prompt).body, FlinksCode: "INVALID_SECURITY_RESPONSE", Message: "wrong" },
});
const session = { body: { HttpStatusCode: 200, RequestId: requestId } };
const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

async function openChallenge(server: { baseUrl: string }, input: object = { LoginId: loginId }) {
  const outcome = await clientOf(server).authorize(input as { LoginId: string });
  if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
  return outcome;
}

describe("the resubmission", () => {
  it("repeats what it must, and never the credentials", async () => {
    const server = await startServerWith(ask("What city?"), session);
    const open = await openChallenge(server, {
      ...credentials,
      Language: "fr",
      Save: false,
      Tag: "étiquette",
    });
    await clientOf(server).answerChallenge(open, { "What city?": "Montreal" });
    expect(server.received[1]?.json).toEqual({
      RequestId: requestId,
      MostRecentCached: false,
      SecurityResponses: { "What city?": ["Montreal"] },
      Language: "fr",
      Save: false,
      Tag: "étiquette",
    });
    expect(server.received[1]?.headers["flinks-auth-key"]).toBe(secrets.token);
  });

  it("repeats a LoginId, and is not cached although the session was", async () => {
    const server = await startServerWith(ask("What city?"), session);
    await clientOf(server).answerChallenge(await openChallenge(server), { "What city?": ["Montreal"] });
    expect(server.received[1]?.json).toEqual({
      LoginId: loginId,
      RequestId: requestId,
      MostRecentCached: false,
      SecurityResponses: { "What city?": ["Montreal"] },
    });
  });

  it("sends prompts back character for character", async () => {
    const prompts = [
      "",
      "what_city",
      "What City",
      "Où ? ",
      "__proto__",
      "constructor",
      'a"b\\c',
      "\u0000",
      "\ud83d\ude00",
    ];
    const SecurityChallenges = prompts.map((Prompt) => ({ Type: "QuestionAndAnswer", Prompt }));
    const server = await startServerWith(
      { status: 203, body: { RequestId: requestId, SecurityChallenges } },
      session,
    );
    const answers = Object.fromEntries(prompts.map((prompt, index) => [prompt, `answer ${index}`]));
    await clientOf(server).answerChallenge(await openChallenge(server), answers);
    const { SecurityResponses } = server.received[1]?.json ?? {};
    expect(Object.entries(SecurityResponses)).toEqual(
      prompts.map((prompt, index) => [prompt, [`answer ${index}`]]),
    );
  });

  it("works after both went through JSON, with another client that has no key for it", async () => {
    const sandbox = createSandbox({ random: () => 0 });
    const flinks = clientOf(sandbox.options, sandbox.options);
    const outcome = await flinks.authorize({ LoginId: sandbox.loginIds.greatday });
    const stored = JSON.parse(JSON.stringify(outcome));
    const other = clientOf(sandbox.options, { authorizeToken: "unused", fetch: sandbox.fetch });
    expect(await other.answerChallenge(stored, { "What city were you born in?": "Montreal" })).toEqual({
      status: "authorized",
      requestId: outcome.requestId,
      session: expect.not.objectContaining({ Login: expect.anything() }),
    });
  });

  it("goes by what it was given, whatever becomes of that meanwhile", async () => {
    const server = await startServerWith(ask("What city?"), ask("What shape?"));
    const open = await openChallenge(server);
    const { continuation } = open;
    const call = clientOf(server).answerChallenge(open, { "What city?": "Montreal" });
    open.continuation = "forgotten";
    open.challenge.round = 99;
    expect(await call).toMatchObject({ continuation, challenge: { round: 2 } });
  });

  it("may be followed by another challenge, with the same continuation", async () => {
    const server = await startServerWith(ask("What city?"), ask("What shape?"), session);
    const first = await openChallenge(server);
    const second = await clientOf(server).answerChallenge(first, { "What city?": "Montreal" });
    expect(second).toMatchObject({
      status: "mfa_required",
      challenge: { round: 2, questions: [{ prompt: "What shape?" }] },
    });
    expect(second).not.toHaveProperty("challenge.rejected");
    if (second.status !== "mfa_required") throw new Error("unreachable");
    expect(second.continuation).toBe(first.continuation);
    expect(await clientOf(server).answerChallenge(second, { "What shape?": "Triangle" })).toMatchObject({
      status: "authorized",
    });
  });

  it("a wrong answer is an error with the challenge asked anew", async () => {
    const server = await startServerWith(ask("What city?"), askAgain("What city?"), session);
    const { challenge, continuation } = await openChallenge(server);
    const flinks = clientOf(server);
    const error = await errorOfClass(
      FlinksApiError,
      flinks.answerChallenge({ challenge, continuation }, { "What city?": "Paris" }),
    );
    expect(error).toMatchObject({
      status: 401,
      code: "INVALID_SECURITY_RESPONSE",
      action: "answer_again",
      requestId,
      challenge: {
        requestId,
        round: 2,
        questions: [{ prompt: "What city?" }],
        rejected: { code: "INVALID_SECURITY_RESPONSE", message: "wrong" },
      },
    });
    const again = { challenge: error.challenge as MfaChallenge, continuation };
    expect(await flinks.answerChallenge(again, { "What city?": "Montreal" })).toMatchObject({
      status: "authorized",
    });
  });

  it("an answer refused for good has no challenge, whatever else the body holds", async () => {
    const body = { ...askAgain("What city?").body, FlinksCode: "INVALID_SECURITY_RESPONSE_NO_RETRY" };
    const server = await startServerWith(ask("What city?"), { status: 401, body });
    const open = await openChallenge(server);
    const error = await errorOf(clientOf(server).answerChallenge(open, { "What city?": "Paris" }));
    expect(error).toMatchObject({ code: "INVALID_SECURITY_RESPONSE_NO_RETRY", action: "start_over" });
    expect(error).not.toHaveProperty("challenge");
  });

  it.each([
    [429, "TOO_MANY_REQUESTS"],
    [500, "UNKNOWN_ERROR"],
    [401, "DISABLED_LOGIN"],
    [401, "SESSION_EXPIRED"],
    [401, "SECURITYRESPONSES_INCOMPLETE"],
    [403, undefined],
    [400, "SOMETHING_NEW"],
  ])(
    "a %i %s asks nothing again, whatever else the body holds: the answer would go out once more",
    async (status, code) => {
      const body = { ...ask("What city?").body, HttpStatusCode: status, FlinksCode: code, Message: "m" };
      const server = await startServerWith(ask("What city?"), { status, body });
      const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => ({
        "What city?": "Montreal",
      }));
      const error = await errorOfClass(FlinksApiError, call);
      expect(error).not.toHaveProperty("challenge");
      expect(server.received).toHaveLength(2);
    },
  );

  it.each([
    [401, undefined],
    [401, "SOMETHING_NEW"],
    [400, "INVALID_SECURITY_RESPONSE"],
  ])("a %i %s with a challenge asks again", async (status, FlinksCode) => {
    const body = { ...ask("What city?").body, HttpStatusCode: status, FlinksCode, Message: "m" };
    const server = await startServerWith(ask("What city?"), { status, body }, session);
    const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => ({
      "What city?": "Montreal",
    }));
    expect(await call).toMatchObject({ status: "authorized" });
  });

  it("a rejection may come without a message", async () => {
    const { Message: _, ...body } = askAgain("What city?").body;
    const server = await startServerWith(ask("What city?"), { status: 401, body });
    const open = await openChallenge(server);
    const error = await errorOf(clientOf(server).answerChallenge(open, { "What city?": "Paris" }));
    expect(error).toMatchObject({ challenge: { rejected: { code: "INVALID_SECURITY_RESPONSE" } } });
    expect(error).not.toHaveProperty("challenge.rejected.message");
  });
});

describe("what answerChallenge takes", () => {
  const question = { prompt: "What city?", type: "QuestionAndAnswer", choices: [] };
  const challenge = { requestId, questions: [question], round: 1, receivedAt: "2026-01-01T00:00:00.000Z" };

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "The first argument must be an object."],
    ["no challenge", { continuation: "c" }, "challenge must be an object."],
    [
      "a challenge without requestId",
      { challenge: { ...challenge, requestId: undefined } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "a challenge without round",
      { challenge: { ...challenge, round: undefined } },
      "challenge.round must be a whole number",
    ],
    [
      "a challenge in round 0",
      { challenge: { ...challenge, round: 0 } },
      "challenge.round must be a whole number",
    ],
    [
      "a challenge in a round that has no next",
      { challenge: { ...challenge, round: Number.MAX_SAFE_INTEGER } },
      "challenge.round must be a whole number from 1 to 2147483647.",
    ],
    [
      "no questions",
      { challenge: { ...challenge, questions: [] } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "questions that are no list",
      { challenge: { ...challenge, questions: "?" } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "a question that is none",
      { challenge: { ...challenge, questions: [question, "?"] } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "a question that is null",
      { challenge: { ...challenge, questions: [question, null] } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "a question without prompt",
      { challenge: { ...challenge, questions: [{ ...question, prompt: 1 }] } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "a question without choices",
      { challenge: { ...challenge, questions: [{ ...question, choices: null }] } },
      "challenge must have its requestId and its questions as the outcome had them.",
    ],
    [
      "no continuation",
      { challenge },
      "continuation must be the string that came with the challenge, whole.",
    ],
    [
      "an empty continuation",
      { challenge, continuation: "" },
      "continuation must be the string that came with the challenge, whole.",
    ],
  ])("not %s", async (_, open, message) => {
    const server = await startServerWith(session);
    const call = clientOf(server).answerChallenge(open as never, { "What city?": "Montreal" });
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(server.received).toEqual([]);
  });
});

describe("authorizeWithMfa", () => {
  it("asks until there is a session, in as many rounds as it takes", async () => {
    const server = await startServerWith(ask("one?"), askAgain("one?"), ask("two?", "another-id"), session);
    const asked: MfaChallenge[] = [];
    const outcome = await clientOf(server).authorizeWithMfa({ LoginId: loginId }, async (challenge) => {
      asked.push(challenge);
      return { [challenge.questions[0]?.prompt ?? ""]: "x" };
    });
    expect(outcome).toMatchObject({ status: "authorized", requestId });
    expect(asked.map(({ round, rejected }) => [round, rejected?.code])).toEqual([
      [1, undefined],
      [2, "INVALID_SECURITY_RESPONSE"],
      [3, undefined],
    ]);
    expect(server.received.slice(1).map(({ json }) => json.RequestId)).toEqual([
      requestId,
      requestId,
      "another-id",
    ]);
  });

  it.each([
    ["a session", session, "authorized"],
    ["a pending operation", { status: 202, body: { RequestId: requestId } }, "pending"],
  ])("gives %s at once if nothing is asked", async (_, reply, status) => {
    const server = await startServerWith(reply);
    const outcome = await clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => {
      throw new Error("nothing was asked");
    });
    expect(outcome.status).toBe(status);
  });

  it.each([
    [{}, 5],
    [{ maxRounds: undefined }, 5],
    [{ maxRounds: 1 }, 1],
    [{ maxRounds: 2 }, 2],
  ])("with %j asks %i times at most", async (options, times) => {
    const server = await startServerWith(ask("one?"), askAgain("one?"), ask("one?"));
    let asked = 0;
    const call = clientOf(server).authorizeWithMfa(
      { LoginId: loginId },
      () => {
        asked += 1;
        return { "one?": "x" };
      },
      options,
    );
    const error = await errorOfClass(FlinksMfaError, call);
    expect(asked).toBe(times);
    expect(error.challenge).toMatchObject({ requestId, round: times + 1 });
    expect(error.message).toBe(
      `The API still asks after ${times} answers (maxRounds). Open a new session, or allow more rounds.`,
    );
  });

  it.each([0, 1.5, "3"])("refuses maxRounds %j", async (maxRounds) => {
    const server = await startServerWith(session);
    const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => ({}), {
      maxRounds: maxRounds as number,
    });
    expect((await errorOfClass(FlinksUsageError, call)).message).toBe(
      "maxRounds must be a whole number from 1 to 2147483647.",
    );
    expect(server.received).toEqual([]);
  });

  it("gives onChallenge a copy, which a screen may take apart", async () => {
    const server = await startServerWith(ask("What city?"), session);
    const outcome = await clientOf(server).authorizeWithMfa({ LoginId: loginId }, (challenge) => {
      const { prompt } = challenge.questions.shift() as { prompt: string };
      return { [prompt]: "Montreal" };
    });
    expect(outcome.status).toBe("authorized");
  });

  it("takes null for no options, as the other calls do", async () => {
    const server = await startServerWith(session);
    const outcome = await clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => ({}), null as never);
    expect(outcome.status).toBe("authorized");
  });

  it("asks nobody any more once its signal has aborted", async () => {
    const reason = new Error("given up");
    let isAnswered = false;
    const fetch = async () => {
      const response = Response.json(ask("What city?").body, { status: 203 });
      const text = await response.text();
      // A body that is no stream is read in one go: from then on the signal has aborted.
      const read = async () => {
        isAnswered = true;
        return text;
      };
      return { status: 203, text: read };
    };
    const signal = Object.defineProperty(Object.assign(new EventTarget(), { reason }), "aborted", {
      get: () => isAnswered,
    });
    let asked = 0;
    const call = clientOf({ baseUrl: "http://localhost" }, { fetch }).authorizeWithMfa(
      { LoginId: loginId },
      () => ({ "What city?": `${++asked}` }),
      { signal: signal as never },
    );
    expect(await errorOf(call)).toBe(reason);
    expect(asked).toBe(0);
  });

  it("refuses an onChallenge that is none, before anything is sent", async () => {
    const server = await startServerWith(session);
    const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, "Montreal" as never);
    expect((await errorOfClass(FlinksUsageError, call)).message).toMatch(/^onChallenge must be a function/);
    expect(server.received).toEqual([]);
  });

  it("passes on what onChallenge throws, at once or later", async () => {
    const failure = new Error("the user closed the window");
    const server = await startServerWith(ask("one?"));
    for (const onChallenge of [
      () => {
        throw failure;
      },
      () => Promise.reject(failure),
    ]) {
      expect(await errorOf(clientOf(server).authorizeWithMfa({ LoginId: loginId }, onChallenge))).toBe(
        failure,
      );
    }
  });

  it("passes on an error that is no question, and one of the connection", async () => {
    const refused = { status: 401, body: { FlinksCode: "SESSION_EXPIRED" } };
    const server = await startServerWith(ask("one?"), refused);
    const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, () => ({ "one?": "x" }));
    expect(await errorOf(call)).toMatchObject({ name: "FlinksApiError", code: "SESSION_EXPIRED" });

    const resetting = await startServer(({ json }, response) => {
      if (json.RequestId === undefined) return ask("one?");
      response.destroy();
      return undefined;
    });
    const cut = clientOf(resetting).authorizeWithMfa({ LoginId: loginId }, () => ({ "one?": "x" }));
    expect(await errorOf(cut)).toMatchObject({ name: "FlinksConnectionError" });
  });

  it("a signal ends the wait for the user", async () => {
    const server = await startServerWith(ask("one?"));
    const controller = new AbortController();
    const reason = new Error("the user left");
    const call = clientOf(server).authorizeWithMfa(
      { LoginId: loginId },
      () => {
        setTimeout(() => controller.abort(reason), 5);
        return new Promise(() => {});
      },
      { signal: controller.signal },
    );
    expect(await errorOf(call)).toBe(reason);
  });

  it("a signal that is aborted by onChallenge itself sends no answer", async () => {
    const server = await startServerWith(ask("one?"), session);
    const controller = new AbortController();
    const call = clientOf(server).authorizeWithMfa(
      { LoginId: loginId },
      async () => {
        controller.abort("enough");
        return { "one?": "x" };
      },
      { signal: controller.signal },
    );
    expect(await errorOf(call)).toBe("enough");
    expect(server.received).toHaveLength(1);
  });

  it("a signal that is aborted by onChallenge itself ends the wait for an answer that never comes", async () => {
    const server = await startServerWith(ask("one?"));
    const controller = new AbortController();
    const call = clientOf(server).authorizeWithMfa(
      { LoginId: loginId },
      () => {
        controller.abort("enough");
        return new Promise(() => {});
      },
      { signal: controller.signal },
    );
    expect(await errorOf(call)).toBe("enough");
  });

  it("a signal that is never aborted changes nothing", async () => {
    const server = await startServerWith(ask("one?"), session);
    const { signal } = new AbortController();
    const call = clientOf(server).authorizeWithMfa({ LoginId: loginId }, async () => ({ "one?": "x" }), {
      signal,
    });
    expect(await call).toMatchObject({ status: "authorized" });
    // It may live as long as the program, so nothing of the call may hang on it.
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

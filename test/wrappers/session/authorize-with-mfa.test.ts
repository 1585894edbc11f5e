import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FlinksMfaError, FlinksUsageError, type MfaChallenge } from "../../../src/index.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId } from "../../helpers/client.ts";
import { type Reply, startServer, startServerWith } from "../../helpers/http-server.ts";
import { challenge, challengeAgain, pending, question, refusal, session } from "../../helpers/wire.ts";

const ask = (prompt = "one?", fields: object = {}) => challenge([question(prompt)], fields);
const askAgain = (prompt = "one?") => challengeAgain([question(prompt)]);
const input = { LoginId: loginId };
const never = () => new Promise<never>(() => {});

describe("authorizeWithMfa", () => {
  it("asks until there is a session, in as many rounds as it takes", async () => {
    const server = await startServerWith(ask(), askAgain(), ask("two?", { RequestId: "another-id" }), session());
    const asked: MfaChallenge[] = [];
    const outcome = await clientOf(server).authorizeWithMfa(input, async (challenge) => {
      asked.push(challenge);
      return { [`${challenge.questions[0]?.prompt}`]: "x" };
    });
    expect(outcome).toMatchObject({ status: "authorized", requestId });
    expect(asked.map(({ round, rejected }) => [round, rejected?.code])).toEqual([
      [1, undefined],
      [2, "INVALID_SECURITY_RESPONSE"],
      [3, undefined],
    ]);
    expect(server.received.map(({ json }) => [json.RequestId, json.SecurityResponses])).toEqual([
      [undefined, undefined],
      [requestId, { "one?": ["x"] }],
      [requestId, { "one?": ["x"] }],
      ["another-id", { "two?": ["x"] }],
    ]);
  });

  it.each<[string, Reply[], number]>([
    ["authorized", [session()], 0],
    ["pending", [pending()], 0],
    ["pending", [ask(), pending()], 1],
  ])("returns %s as soon as nothing is asked", async (status, replies, questions) => {
    const server = await startServerWith(...replies);
    let asked = 0;
    const call = clientOf(server).authorizeWithMfa(input, () => ({ "one?": `${++asked}` }));
    expect(await call).toMatchObject({ status });
    expect([asked, server.received.length]).toEqual([questions, questions + 1]);
  });

  it("gives onChallenge a copy, which a screen may take apart", async () => {
    const server = await startServerWith(ask(), session());
    const outcome = await clientOf(server).authorizeWithMfa(input, (challenge) => {
      const { prompt } = challenge.questions.shift() as { prompt: string };
      challenge.requestId = "changed";
      return { [prompt]: "x" };
    });
    expect(outcome.status).toBe("authorized");
    expect(server.received[1]?.json.RequestId).toBe(requestId);
  });

  it.each<[object | undefined, number]>([
    [undefined, 5],
    [{}, 5],
    [{ maxRounds: undefined }, 5],
    [{ maxRounds: 1 }, 1],
    [{ maxRounds: 2 }, 2],
  ])("rejects after too many rounds: with %j after %i", async (options, rounds) => {
    const server = await startServerWith(ask(), askAgain(), ask());
    let asked = 0;
    const call = clientOf(server).authorizeWithMfa(input, () => ({ "one?": `${++asked}` }), options);
    const error = await errorOfClass(FlinksMfaError, call);
    expect([asked, server.received.length]).toEqual([rounds, rounds + 1]);
    const { challenge } = error;
    expect(challenge).toMatchObject({ requestId, round: rounds + 1, questions: [{ prompt: "one?" }] });
    expect(error).toMatchObject({ code: "too_many_rounds", operation: "authorize", attempts: 1, retryable: false });
    expect(error.message).toContain(`still asking after ${rounds} rounds (maxRounds)`);
  });

  it("rejects after too many rounds with an error that can be answered, and hides its continuation", async () => {
    const server = await startServerWith(ask(), askAgain(), session());
    const flinks = clientOf(server);
    const call = flinks.authorizeWithMfa(input, () => ({ "one?": "x" }), { maxRounds: 1 });
    const error = await errorOfClass(FlinksMfaError, call);
    const { continuation } = error;
    const shown = [
      inspect(error, { depth: null, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify({ ...error }),
      inspect(structuredClone(error), { depth: null, showHidden: true }),
      ...Object.keys(error),
      ...Object.getOwnPropertyNames(error),
      `${error.stack}`,
    ];
    for (const text of shown) expect(text).not.toContain(continuation);
    expect(Object.getOwnPropertyNames(error)).not.toContain("continuation");
    expect(await flinks.answerChallenge(error, { "one?": "y" })).toMatchObject({ status: "authorized" });
  });

  it.each<[string, unknown, unknown, string]>([
    ["maxRounds 0", () => ({}), { maxRounds: 0 }, "maxRounds must be a whole number from 1"],
    ["maxRounds 1.5", () => ({}), { maxRounds: 1.5 }, "maxRounds must be a whole number from 1"],
    ['maxRounds "3"', () => ({}), { maxRounds: "3" }, "maxRounds must be a whole number from 1"],
    ["an unknown option", () => ({}), { maxRound: 3 }, 'Unknown field "maxRound"'],
    ["null as options", () => ({}), null, "options must be an object"],
    ["an onChallenge that is text", "x", undefined, "onChallenge must be a function"],
    ["no onChallenge", undefined, {}, "onChallenge must be a function"],
  ])("rejects %s before anything is sent", async (_, onChallenge, options, message) => {
    const server = await startServerWith(session());
    const call = clientOf(server).authorizeWithMfa(input, onChallenge as never, options as never);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.code).toBe("invalid_options");
    expect(error.message).toContain(message);
    expect(server.received).toEqual([]);
  });

  it("takes maxRounds, and the other calls do not", async () => {
    const call = clientOf(await startServerWith(session())).authorize(input, { maxRounds: 1 } as object);
    expect((await errorOfClass(FlinksUsageError, call)).message).toContain('Unknown field "maxRounds"');
  });

  const failure = new Error("the user closed the window");

  it.each<[string, () => Promise<never>]>([
    [
      "throws",
      () => {
        throw failure;
      },
    ],
    ["rejects with", () => Promise.reject(failure)],
  ])("rejects with what onChallenge %s", async (_, onChallenge) => {
    const server = await startServerWith(ask());
    expect(await errorOf(clientOf(server).authorizeWithMfa(input, onChallenge))).toBe(failure);
    expect(server.received).toHaveLength(1);
  });

  it("rejects answers that do not fit", async () => {
    const server = await startServerWith(ask());
    const error = await errorOf(clientOf(server).authorizeWithMfa(input, () => ({ "two?": "x" })));
    expect(error).toMatchObject({ code: "invalid_answers", prompts: ["one?"] });
    expect(server.received).toHaveLength(1);
  });

  it("rejects with an error of the API or the connection", async () => {
    const refusing = await startServerWith(ask(), refusal("SESSION_EXPIRED"));
    const refused = clientOf(refusing).authorizeWithMfa(input, () => ({ "one?": "x" }));
    expect(await errorOf(refused)).toMatchObject({ name: "FlinksApiError", code: "SESSION_EXPIRED" });
    const resetting = await startServer(({ json }, response) => {
      if (json.RequestId === undefined) return ask();
      response.destroy();
      return undefined;
    });
    const cut = clientOf(resetting).authorizeWithMfa(input, () => ({ "one?": "x" }));
    expect(await errorOf(cut)).toMatchObject({ name: "FlinksConnectionError", mayHaveBeenSent: true });
  });
});

describe("a signal of authorizeWithMfa", () => {
  it.each<[string, (abort: () => void) => Promise<{ "one?": string }>]>([
    [
      "while the user thinks",
      (abort) => {
        queueMicrotask(abort);
        return never();
      },
    ],
    [
      "in an onChallenge that never ends",
      (abort) => {
        abort();
        return never();
      },
    ],
    [
      "in an onChallenge that still answers",
      async (abort) => {
        abort();
        return { "one?": "x" };
      },
    ],
  ])("rejects with its reason, and sends no answer, when it aborts %s", async (_, think) => {
    const server = await startServerWith(ask(), session());
    const controller = new AbortController();
    const reason = new Error("the user left");
    const { signal } = controller;
    const call = clientOf(server).authorizeWithMfa(input, () => think(() => controller.abort(reason)), { signal });
    expect(await errorOf(call)).toBe(reason);
    expect(server.received).toHaveLength(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("asks nobody if it aborts once the question is there", async () => {
    const server = await startServerWith(ask());
    const controller = new AbortController();
    const flinks = clientOf(server, { onExchange: () => controller.abort("enough") });
    let asked = 0;
    const call = flinks.authorizeWithMfa(input, () => ({ "one?": `${++asked}` }), { signal: controller.signal });
    expect([await errorOf(call), asked]).toEqual(["enough", 0]);
  });

  it("keeps no listener if it never aborts", async () => {
    const server = await startServerWith(ask(), session());
    const { signal } = new AbortController();
    const call = clientOf(server).authorizeWithMfa(input, async () => ({ "one?": "x" }), { signal });
    expect(await call).toMatchObject({ status: "authorized" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

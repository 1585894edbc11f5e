import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FlinksMfaError, FlinksUsageError, type MfaChallenge } from "../../../src/index.ts";
import { oneByOne } from "../../helpers/api.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId } from "../../helpers/client.ts";
import { type Reply, startServer } from "../../helpers/http-server.ts";
import { challenge, challengeAgain, pending, question, refusal, session } from "../../helpers/wire.ts";

const ask = (prompt = "one?", fields: object = {}) => challenge([question(prompt)], fields);
const askAgain = () => challengeAgain([question("one?")]);
const input = { LoginId: loginId };
const answer = () => ({ "one?": "x" });

/** A client of a server that gives these replies or cuts the connection, and what it sends. */
async function start(replies: (Reply | "cut")[], options: object = {}) {
  const next = oneByOne(...replies);
  const server = await startServer((_, response) => {
    const reply = next();
    if (reply !== "cut") return reply;
    response.destroy();
    return undefined;
  });
  return { flinks: clientOf(server, options), sent: server.received };
}

describe("authorizeWithMfa", () => {
  it("asks until there is a session, in as many rounds as it takes", async () => {
    const { flinks, sent } = await start([ask(), askAgain(), ask("two?", { RequestId: "another-id" }), session()]);
    const asked: MfaChallenge[] = [];
    const outcome = await flinks.authorizeWithMfa(input, async (challenge) => {
      asked.push(challenge);
      return { [`${challenge.questions[0]?.prompt}`]: "x" };
    });
    expect(outcome).toMatchObject({ status: "authorized", requestId });
    expect(asked.map(({ round, rejected }) => [round, rejected?.code])).toEqual([
      [1, undefined],
      [2, "INVALID_SECURITY_RESPONSE"],
      [3, undefined],
    ]);
    expect(sent.map(({ json }) => [json.RequestId, json.SecurityResponses])).toEqual([
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
    const { flinks, sent } = await start(replies);
    let asked = 0;
    const outcome = await flinks.authorizeWithMfa(input, () => ({ "one?": `${++asked}` }));
    expect([outcome.status, asked, sent.length]).toEqual([status, questions, questions + 1]);
  });

  it("gives onChallenge a copy, which a screen may take apart", async () => {
    const { flinks, sent } = await start([ask(), session()]);
    const outcome = await flinks.authorizeWithMfa(input, (challenge) => {
      challenge.requestId = "changed";
      return { [`${challenge.questions.shift()?.prompt}`]: "x" };
    });
    expect(outcome.status).toBe("authorized");
    expect(sent[1]?.json.RequestId).toBe(requestId);
  });

  it.each<[object | undefined, number]>([
    [undefined, 5],
    [{ maxRounds: undefined }, 5],
    [{ maxRounds: 1 }, 1],
    [{ maxRounds: 2 }, 2],
  ])("with %j rejects after %i rounds", async (options, rounds) => {
    const { flinks, sent } = await start([ask(), askAgain(), ask()]);
    let asked = 0;
    const call = flinks.authorizeWithMfa(input, () => ({ "one?": `${++asked}` }), options);
    const error = await errorOfClass(FlinksMfaError, call);
    expect([asked, sent.length]).toEqual([rounds, rounds + 1]);
    expect(error).toMatchObject({ code: "too_many_rounds", operation: "authorize", attempts: 1, retryable: false });
    expect(error.challenge).toMatchObject({ requestId, round: rounds + 1, questions: [{ prompt: "one?" }] });
    expect(error.message).toContain(`still asking after ${rounds} rounds (maxRounds)`);
  });

  it("rejects with an error that can be answered, and that hides its continuation", async () => {
    const { flinks } = await start([ask(), askAgain(), session()]);
    const error = await errorOfClass(FlinksMfaError, flinks.authorizeWithMfa(input, answer, { maxRounds: 1 }));
    const shown = [
      inspect(error, { depth: null, showHidden: true }),
      inspect(structuredClone(error), { depth: null, showHidden: true }),
      JSON.stringify([error, { ...error }]),
      `${error.stack}`,
    ];
    for (const text of shown) expect(text).not.toContain(error.continuation);
    expect([...Object.keys(error), ...Object.getOwnPropertyNames(error)]).not.toContain("continuation");
    expect(await flinks.answerChallenge(error, { "one?": "y" })).toMatchObject({ status: "authorized" });
  });

  const rounds = "maxRounds must be a whole number from 1";

  it.each<[string, unknown, unknown, string]>([
    ["maxRounds 0", answer, { maxRounds: 0 }, rounds],
    ["maxRounds 1.5", answer, { maxRounds: 1.5 }, rounds],
    ['maxRounds "3"', answer, { maxRounds: "3" }, rounds],
    ["an unknown option", answer, { maxRound: 3 }, 'Unknown field "maxRound"'],
    ["null as options", answer, null, "options must be an object"],
    ["an onChallenge that is text", "x", undefined, "onChallenge must be a function"],
    ["no onChallenge", undefined, {}, "onChallenge must be a function"],
  ])("rejects %s before anything is sent", async (_, onChallenge, options, message) => {
    const { flinks, sent } = await start([session()]);
    const call = flinks.authorizeWithMfa(input, onChallenge as never, options as never);
    const error = await errorOfClass(FlinksUsageError, call);
    expect(error.code).toBe("invalid_options");
    expect(error.message).toContain(message);
    expect(sent).toEqual([]);
  });

  it("is the only call that takes maxRounds", async () => {
    const error = await errorOf((await start([session()])).flinks.authorize(input, { maxRounds: 1 } as object));
    expect((error as Error).message).toContain('Unknown field "maxRounds"');
  });

  const failure = new Error("the user closed the window");
  const fail = () => {
    throw failure;
  };

  it.each([
    ["throws", fail],
    ["rejects with", async () => fail()],
  ])("rejects with what onChallenge %s", async (_, onChallenge) => {
    const { flinks, sent } = await start([ask()]);
    expect(await errorOf(flinks.authorizeWithMfa(input, onChallenge))).toBe(failure);
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Reply | "cut", () => Record<string, string>, object, number]>([
    ["answers that do not fit", session(), () => ({ "two?": "x" }), { code: "invalid_answers", prompts: ["one?"] }, 1],
    ["a refusal", refusal("SESSION_EXPIRED"), answer, { name: "FlinksApiError", code: "SESSION_EXPIRED" }, 2],
    ["a cut connection", "cut", answer, { name: "FlinksConnectionError", mayHaveBeenSent: true }, 2],
  ])("rejects %s", async (_, reply, onChallenge, facts, requests) => {
    const { flinks, sent } = await start([ask(), reply]);
    expect(await errorOf(flinks.authorizeWithMfa(input, onChallenge))).toMatchObject(facts);
    expect(sent).toHaveLength(requests);
  });
});

describe("a signal of authorizeWithMfa", () => {
  it.each<[string, (abort: () => void) => Promise<{ "one?": string }>]>([
    ["while the user thinks", (abort) => new Promise(() => queueMicrotask(abort))],
    ["in an onChallenge that never ends", (abort) => new Promise(() => abort())],
    ["in an onChallenge that still answers", (abort) => new Promise((resolve) => resolve({ "one?": `${abort()}` }))],
  ])("rejects with its reason, and sends no answer, when it aborts %s", async (_, think) => {
    const { flinks, sent } = await start([ask(), session()]);
    const controller = new AbortController();
    const reason = new Error("the user left");
    const onChallenge = () => think(() => controller.abort(reason));
    expect(await errorOf(flinks.authorizeWithMfa(input, onChallenge, { signal: controller.signal }))).toBe(reason);
    expect(sent).toHaveLength(1);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("asks nobody if it aborts once the question is there", async () => {
    const controller = new AbortController();
    const { flinks } = await start([ask()], { onExchange: () => controller.abort("enough") });
    let asked = 0;
    const onChallenge = () => ({ "one?": `${++asked}` });
    const error = await errorOf(flinks.authorizeWithMfa(input, onChallenge, { signal: controller.signal }));
    expect([error, asked]).toEqual(["enough", 0]);
  });

  it("keeps no listener if it never aborts", async () => {
    const { flinks } = await start([ask(), session()]);
    const { signal } = new AbortController();
    expect(await flinks.authorizeWithMfa(input, async () => answer(), { signal })).toMatchObject({
      status: "authorized",
    });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

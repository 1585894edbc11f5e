import { describe, expect, it } from "vitest";
import { type AuthorizeInput, FlinksUsageError } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { askedBy, stubFetch } from "../../helpers/api.ts";
import { clientOf, errorOf, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { stringsOn } from "../../helpers/strings-on.ts";
import { challenge, challengeAgain, session } from "../../helpers/wire.ts";

const prompt = "What city were you born in?";
const answers = { [prompt]: "Montreal" };
const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

describe("a continuation", () => {
  const fields = { Language: "fr", Save: false, Tag: "\u0000 é \ud83d\ude00 \ud800" } as const;

  it.each<[string, AuthorizeInput, object]>([
    ["a cached session", { LoginId: loginId }, { LoginId: loginId }],
    ["a refresh", { LoginId: loginId, MostRecentCached: false }, { LoginId: loginId }],
    ["a session with an empty tag", { LoginId: loginId, Tag: "" }, { LoginId: loginId, Tag: "" }],
    ["a live session", credentials, {}],
    ["a live session with every field", { ...credentials, ...fields }, fields],
  ])("of %s repeats the token and the fields, and never the credentials", async (_, input, repeated) => {
    const token = `${secrets.token} é`;
    const server = await startServerWith(challenge(), session());
    const open = await askedBy(clientOf(server, { authorizeToken: () => token }).authorize(input));
    // The beginning lets secret scanners recognise it.
    expect(open.continuation).toMatch(/^flinks_mfa_1\.[\w+/=]+$/);
    await clientOf(server).answerChallenge(JSON.parse(JSON.stringify(open)), answers);
    const resubmission = {
      RequestId: requestId,
      MostRecentCached: false,
      SecurityResponses: { [prompt]: ["Montreal"] },
    };
    expect(server.received[1]?.json).toEqual({ ...repeated, ...resubmission });
    expect(server.received[1]?.headers["flinks-auth-key"]).toBe(token);
  });

  it("has room for half a million characters", async () => {
    const Tag = "é".repeat(500_000);
    const server = await startServerWith(challenge(), session());
    const flinks = clientOf(server);
    await flinks.answerChallenge(await askedBy(flinks.authorize({ LoginId: loginId, Tag })), answers);
    expect(server.received[1]?.json.Tag === Tag).toBe(true);
  });

  it("is answered by another client, which has no token for it", async () => {
    const sandbox = createSandbox({ random: () => 0 });
    const flinks = clientOf(sandbox.options, sandbox.options);
    const open = await askedBy(flinks.authorize({ LoginId: sandbox.loginIds.greatday }));
    const other = clientOf(sandbox.options, { authorizeToken: "unused", fetch: sandbox.fetch });
    const outcome = await other.answerChallenge(JSON.parse(JSON.stringify(open)), answers);
    expect(outcome).toMatchObject({ status: "authorized", requestId: open.requestId });
  });

  it("stays the same through all rounds", async () => {
    const server = await startServerWith(challenge(), challengeAgain(), challenge(), session());
    const flinks = clientOf(server);
    const first = await askedBy(flinks.authorize({ ...credentials, Tag: "t" }));
    const second = await askedBy(flinks.answerChallenge(first, answers));
    const third = await askedBy(flinks.answerChallenge(second, answers));
    expect([second.continuation, third.continuation]).toEqual([first.continuation, first.continuation]);
    expect([first, second, third].map(({ challenge: { round } }) => round)).toEqual([1, 2, 3]);
  });

  it("counts as it was when the call was made", async () => {
    const server = await startServerWith(challenge(), challenge());
    const flinks = clientOf(server);
    const open = await askedBy(flinks.authorize({ LoginId: loginId }));
    const { continuation } = open;
    const call = flinks.answerChallenge(open, answers);
    open.continuation = "forgotten";
    open.challenge.round = 99;
    expect(await call).toMatchObject({ continuation, challenge: { round: 2 } });
  });
});

/** A short continuation, and where to answer it without a socket. */
async function openChallenge() {
  const { fetch, sent } = stubFetch(({ json }) => (json.RequestId === undefined ? challenge() : session()));
  const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, authorizeToken: () => "t0ken\\new" });
  const { challenge: asked, continuation } = await askedBy(flinks.authorize({ ...credentials, Language: "fr" }));
  const answer = (given: unknown) =>
    flinks.answerChallenge({ challenge: asked, continuation: given as string }, answers);
  return { continuation, answer, sent };
}

describe("answerChallenge", () => {
  it.each<[string, (continuation: string) => unknown]>([
    ["undefined", () => undefined],
    ["null", () => null],
    ["an empty string", () => ""],
    ["a number", () => 7],
    ["an object with split", (continuation) => ({ split: (by: string) => continuation.split(by) })],
    ["a String object", (continuation) => Object(continuation)],
    ["a list with a continuation", (continuation) => [continuation]],
    ["half a continuation", (continuation) => continuation.slice(0, continuation.length / 2)],
    ["the other half", (continuation) => continuation.slice(continuation.length / 2)],
    ["two continuations", (continuation) => continuation + continuation],
    ["a continuation of another format", (continuation) => continuation.replace("1", "2")],
    ["a continuation in upper case", (continuation) => continuation.toUpperCase()],
    ["text before a continuation", (continuation) => `text ${continuation}`],
    ["text behind a continuation", (continuation) => `${continuation}.text`],
  ])("rejects %s without showing it", async (_, change) => {
    const { continuation, answer, sent } = await openChallenge();
    const error = await errorOfClass(FlinksUsageError, answer(change(continuation)));
    expect(error).toMatchObject({
      code: "invalid_continuation",
      message: "continuation must be the unmodified string that came with the challenge.",
    });
    expect(error).not.toHaveProperty("cause");
    expect(stringsOn(error).join()).not.toContain(continuation.slice(20, 40));
    expect(sent).toHaveLength(1);
  });

  it("rejects every continuation with a character more or less", async () => {
    const { continuation, answer, sent } = await openChallenge();
    for (let at = 0; at <= continuation.length; at++) {
      const [before, after] = [continuation.slice(0, at), continuation.slice(at)];
      const changed = [..."A=. \n\u0000é"].map((character) => before + character + after);
      if (after !== "") changed.push(before + after.slice(1));
      for (const given of changed) {
        expect(await errorOf(answer(given))).toMatchObject({ code: "invalid_continuation" });
      }
    }
    expect(sent).toHaveLength(1);
  });

  // Some of these are continuations of other sessions, which only the API can tell.
  it("rejects every continuation with another character, or sends what a header and the API take", async () => {
    const { continuation, answer, sent } = await openChallenge();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    const results = new Set<unknown>();
    for (let at = 0; at < continuation.length; at++) {
      for (const character of alphabet) {
        const given = continuation.slice(0, at) + character + continuation.slice(at + 1);
        const result = await answer(given).catch((error: unknown) => error);
        results.add(result instanceof FlinksUsageError ? result.code : (result as { status?: string }).status);
      }
    }
    expect(results).toEqual(new Set(["invalid_continuation", "authorized"]));
    expect(new Set(sent.map(({ json }) => json.Language))).toEqual(new Set(["fr"]));
  });
});

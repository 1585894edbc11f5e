import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuthorizeInput, FlinksClient } from "../../../src/index.ts";
import {
  askedBy,
  connectionError,
  endOf,
  isMint,
  minting,
  oneByOne,
  type Stubbed,
  stubFetch,
  tokensIn,
} from "../../helpers/api.ts";
import { clientOf, loginId, secrets } from "../../helpers/client.ts";
import { challenge, refusal, session, token } from "../../helpers/wire.ts";

const cached = { LoginId: loginId };
const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };
const answers = { "What city were you born in?": "Montreal" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client of a stub, with 2 retries, and what it sends. */
function start(reply: Parameters<typeof stubFetch>[0], options: object = {}) {
  const { fetch, sent } = stubFetch(reply);
  return { sent, flinks: clientOf({ baseUrl: "http://localhost" }, { fetch, retry: {}, ...options }) };
}

const failures: [name: string, failure: Stubbed, mintingRepeats: boolean, cachedRepeats: boolean][] = [
  ["a connection that was reset", connectionError("ECONNRESET"), true, true],
  ["a connection that was refused", connectionError("ECONNREFUSED"), true, true],
  ["no response in time", "silence", true, true],
  ["HTTP 429", refusal(undefined, { status: 429 }), true, true],
  ["HTTP 429 with HTML", { status: 429, body: "<html>" }, true, true],
  ["HTTP 500 UNKNOWN_ERROR", refusal("UNKNOWN_ERROR", { status: 500 }), true, true],
  ["HTTP 500 INVALID_LOGIN", refusal("INVALID_LOGIN", { status: 500 }), true, true],
  ["HTTP 502 with HTML", { status: 502, body: "<html>" }, true, true],
  ["HTTP 503 without a body", { status: 503 }, true, true],
  ["HTTP 401 RETRY_LATER, padded", refusal(" RETRY_LATER ", { status: 401 }), false, true],
  ["HTTP 400 CONCURRENT_SESSION", refusal("CONCURRENT_SESSION"), false, true],
  ["HTTP 401 CARD_IN_USE", refusal("CARD_IN_USE", { status: 401 }), false, true],
  ["HTTP 200 RETRY_LATER", refusal("RETRY_LATER", { status: 200 }), false, true],
  ["HTTP 401 INVALID_LOGIN", refusal("INVALID_LOGIN", { status: 401 }), false, false],
  ["HTTP 401 without a code", refusal(undefined, { status: 401 }), false, false],
  ["HTTP 401 with an unknown code", refusal("NEW_CODE", { status: 401 }), false, false],
  ["HTTP 405 DISABLED_INSTITUTION", refusal("DISABLED_INSTITUTION", { status: 405 }), false, false],
  ["HTTP 408", refusal(undefined, { status: 408 }), false, false],
  ["HTTP 499 with HTML", { status: 499, body: "<html>" }, false, false],
  ["HTTP 401 with 500 in the body", refusal(undefined, { status: 401, HttpStatusCode: 500 }), false, false],
  ["HTTP 400 with 429 in the body", refusal(undefined, { HttpStatusCode: 429 }), false, false],
  ["HTTP 200 with 401 in the body", refusal(undefined, { status: 200, HttpStatusCode: 401 }), false, false],
  ["HTTP 200 with 503 in the body", refusal(undefined, { status: 200, HttpStatusCode: 503 }), false, false],
  ["HTTP 200 with HTML", { body: "<html>" }, false, false],
  ["HTTP 200 with an empty object", { body: {} }, false, false],
  ["HTTP 307", { status: 307, headers: { location: "http://127.0.0.1:9/" } }, false, false],
];

describe.each(failures)("after %s", (_, failure, mintingRepeats, cachedRepeats) => {
  it(`${mintingRepeats ? "repeats" : "does not repeat"} minting`, async () => {
    const { flinks, sent } = start(oneByOne(failure, failure, token("minted")), { secretKey: "key" });
    const end = await endOf(flinks.generateAuthorizeToken());
    if (mintingRepeats) expect(end).toBe("minted");
    else expect(end).toMatchObject({ operation: "generateAuthorizeToken", attempts: 1 });
    expect(sent).toHaveLength(mintingRepeats ? 3 : 1);
  });

  it(`${mintingRepeats ? "repeats" : "does not repeat"} minting for a live session, and never the session`, async () => {
    const mint = oneByOne(failure, failure, token("minted"));
    const { flinks, sent } = start((request) => (isMint(request) ? mint() : failure), { secretKey: "key" });
    const end = await endOf(flinks.authorize(credentials));
    expect(end).toMatchObject({ operation: mintingRepeats ? "authorize" : "generateAuthorizeToken", attempts: 1 });
    expect(sent.map(isMint)).toEqual(mintingRepeats ? [true, true, true, false] : [true]);
  });

  it(`${cachedRepeats ? "repeats" : "does not repeat"} a cached session with a new token`, async () => {
    const reasons: string[] = [];
    const authorizeToken = ({ reason }: { reason: string }) => `token-${reasons.push(reason)}`;
    const { flinks, sent } = start(oneByOne(failure, failure, session()), { authorizeToken });
    const end = await endOf(flinks.authorize(cached));
    expect(end).toMatchObject(cachedRepeats ? { status: "authorized" } : { operation: "authorize", attempts: 1 });
    expect(reasons).toEqual(cachedRepeats ? ["authorize", "retry", "retry"] : ["authorize"]);
    expect(tokensIn(sent)).toEqual(reasons.map((_, at) => `token-${at + 1}`));
  });

  it.each<[string, Stubbed[], (flinks: FlinksClient) => Promise<unknown>]>([
    ["a live session", [], (flinks) => flinks.authorize(credentials)],
    ["a live refresh", [], (flinks) => flinks.authorize({ ...cached, MostRecentCached: false })],
    ["a live session of authorizeWithMfa", [], (flinks) => flinks.authorizeWithMfa(credentials, () => answers)],
    ["an answer of authorizeWithMfa", [challenge()], (flinks) => flinks.authorizeWithMfa(cached, () => answers)],
    [
      "an answer",
      [challenge()],
      async (flinks) => flinks.answerChallenge(await askedBy(flinks.authorize(cached)), answers),
    ],
  ])("never repeats %s", async (_, before, call) => {
    const { flinks, sent } = start(oneByOne(...before, failure));
    expect(await endOf(call(flinks))).toMatchObject({ operation: "authorize", attempts: 1 });
    expect(sent).toHaveLength(before.length + 1);
  });
});

describe("the budget", () => {
  const down = refusal("UNKNOWN_ERROR", { status: 503 });

  it.each<[string, object, object, number]>([
    ["2 retries by default", { retry: undefined }, {}, 3],
    ["2 retries where it is left out", { retry: { minDelayMs: 1, retries: undefined } }, {}, 3],
    ["the client's", { retry: { retries: 4 } }, {}, 5],
    ["none with 0", { retry: { retries: 0 } }, {}, 1],
    ["none with false", { retry: false }, {}, 1],
    ["none with false for the call", { retry: { retries: 4 } }, { retry: false }, 1],
    ["the call's", { retry: { retries: 4 } }, { retry: { retries: 1 } }, 2],
    ["the call's where the client has none", { retry: false }, { retry: { retries: 1 } }, 2],
    ["the client's where the call leaves it out", { retry: { retries: 4 } }, { retry: { minDelayMs: 1 } }, 5],
    ["the client's none where the call leaves it out", { retry: false }, { retry: { maxDelayMs: 1 } }, 1],
  ])("is %s", async (_, client, call, requests) => {
    const { flinks, sent } = start(() => down, { secretKey: "key", ...client });
    expect(await endOf(flinks.generateAuthorizeToken(call))).toMatchObject({ status: 503, attempts: requests });
    expect(sent).toHaveLength(requests);
  });

  /** M is a request that mints, A one that authorizes; in lower case it fails. */
  it.each<[string, AuthorizeInput, object]>([
    ["mmm", cached, { operation: "generateAuthorizeToken", attempts: 3 }],
    ["mMaMa", cached, { operation: "authorize", attempts: 2 }],
    ["mmMa", cached, { operation: "authorize", attempts: 1 }],
    ["MaMaMa", cached, { operation: "authorize", attempts: 3 }],
    ["Mamm", cached, { operation: "generateAuthorizeToken", attempts: 2 }],
    ["mMaMA", cached, { status: "authorized" }],
    ["mmm", credentials, { operation: "generateAuthorizeToken", attempts: 3 }],
    ["Ma", credentials, { operation: "authorize", attempts: 1 }],
    ["mmMA", credentials, { status: "authorized" }],
  ])("covers minting and authorizing together: %s for %j", async (script, input, end) => {
    const replies = oneByOne(...[...script].map((sign) => ({ M: token(), A: session() })[sign] ?? down));
    const { flinks, sent } = start(replies, { secretKey: "key" });
    expect(await endOf(flinks.authorize(input))).toMatchObject(end);
    expect(sent.map((request) => (isMint(request) ? "m" : "a")).join("")).toBe(script.toLowerCase());
  });

  it("is used up at once by an authorizeToken string, which serves one session", async () => {
    const { flinks, sent } = start(() => down, { authorizeToken: "token" });
    expect(await endOf(flinks.authorize(cached))).toMatchObject({ status: 503, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("ends with an error of the token function that is not ours", async () => {
    const gone = new Error("gone");
    const authorizeToken = ({ reason }: { reason: string }) => (reason === "retry" ? Promise.reject(gone) : "token");
    const { flinks, sent } = start(() => down, { authorizeToken });
    expect(await endOf(flinks.authorize(cached))).toBe(gone);
    expect(sent).toHaveLength(1);
  });

  it("covers the first call of authorizeWithMfa, whose answers have the last token", async () => {
    const { flinks, sent } = start(minting(oneByOne(down, challenge(), session())), { secretKey: "key" });
    expect(await endOf(flinks.authorizeWithMfa(cached, () => answers))).toMatchObject({ status: "authorized" });
    expect(tokensIn(sent)).toEqual(["token-1", "token-2", "token-2"]);
  });
});

describe("mayHaveBeenSent", () => {
  const [refused, reset] = [connectionError("ECONNREFUSED"), connectionError("ECONNRESET")];

  it.each<[boolean, string, Stubbed[]]>([
    [false, "every connection was refused", [refused]],
    [true, "the last connection was reset", [refused, refused, reset]],
    [true, "an earlier connection was reset", [reset, refused]],
    [true, "an earlier request got no response in time", ["silence", refused]],
    [true, "an earlier request was answered", [refusal("RETRY_LATER"), refused]],
  ])("is %s if %s", async (mayHaveBeenSent, _, replies) => {
    const { flinks } = start(oneByOne(...replies));
    expect(await endOf(flinks.authorize(cached))).toMatchObject({ mayHaveBeenSent, attempts: 3 });
  });

  it("is false if only minting was answered", async () => {
    const { flinks } = start(oneByOne<Stubbed>(token(), refused, reset, token(), refused), { secretKey: "key" });
    const end = await endOf(flinks.authorize(cached));
    expect(end).toMatchObject({ operation: "authorize", mayHaveBeenSent: false, attempts: 2 });
  });
});

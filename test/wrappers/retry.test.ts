import { describe, expect, it } from "vitest";
import {
  type CallOptions,
  FlinksApiError,
  FlinksConnectionError,
  FlinksResponseError,
  FlinksTimeoutError,
} from "../../src/index.ts";
import { type Clock, isTransientFailure, type RetryPolicy, waitToRetry } from "../../src/wrappers/retry.ts";
import { clientOf, errorOf, loginId, requestId, secrets } from "../helpers/client.ts";
import { type Received, type Reply, startServer, startServerWith } from "../helpers/http-server.ts";

const policy: RetryPolicy = { retries: 3, minDelayMs: 100, maxDelayMs: 1_000 };
const now = Date.UTC(2026, 10, 23, 12, 0, 0);

function failure(headers: Record<string, string> = {}): FlinksApiError {
  return new FlinksApiError("m", {
    status: 503,
    code: "UNKNOWN_ERROR",
    category: "server",
    action: "retry_later",
    retryable: true,
    headers,
  });
}

/** Sends until it may not be sent again, as those do who retry. */
async function untilItEnds(
  send: (tries: number) => Promise<never>,
  call: { retry: RetryPolicy; signal: AbortSignal | undefined },
  clock?: Clock,
): Promise<never> {
  for (let tries = 0; ; tries++) {
    await send(tries).catch((error: unknown) => waitToRetry(error, tries, () => true, call, clock));
  }
}

/** The waits before each retry, for a call that always fails in the same way. */
async function waits(error: unknown, retry: RetryPolicy, random = 1): Promise<number[]> {
  const waited: number[] = [];
  const clock: Clock = {
    now: () => now,
    random: () => random,
    sleep: async (ms) => void waited.push(ms),
  };
  const call = untilItEnds(() => Promise.reject(error), { retry, signal: undefined }, clock);
  expect(await errorOf(call)).toBe(error);
  return waited;
}

describe("waits", () => {
  it("double from minDelayMs to maxDelayMs", async () => {
    expect(await waits(failure(), { ...policy, retries: 6 })).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it("are a random part of that, from nothing to all of it", async () => {
    expect(await waits(failure(), policy, 0)).toEqual([0, 0, 0]);
    expect(await waits(failure(), policy, 0.5)).toEqual([50, 100, 200]);
  });

  it("0 means 0", async () => {
    expect(await waits(failure(), { ...policy, retries: 0 })).toEqual([]);
    expect(await waits(failure(), { ...policy, minDelayMs: 0 })).toEqual([0, 0, 0]);
    expect(await waits(failure({ "retry-after": "0" }), policy)).toEqual([0, 0, 0]);
  });

  it("never grow beyond what a timer takes", async () => {
    const longest = { retries: 100, minDelayMs: 2_147_483_647, maxDelayMs: 2_147_483_647 };
    expect(Math.max(...(await waits(failure(), longest)))).toBe(2_147_483_647);
  });

  it.each([
    ["1", 1_000],
    ["0", 0],
    ["3600", 2_000],
    ["Mon, 23 Nov 2026 12:00:01 GMT", 1_000],
    ["Mon, 23 Nov 2026 13:00:00 GMT", 2_000],
    ["Mon, 23 Nov 2026 11:59:59 GMT", 0],
    ["Monday, 23-Nov-26 12:00:01 GMT", 1_000],
    ["Mon Nov 23 12:00:01 2026", 1_000],
    ["Mon, 23 Nov 2026 12:00:01", 100],
    ["soon", 100],
    ["soon GMT", 100],
    ["", 100],
    ["-1", 100],
    ["1.5", 100],
    ["1e3", 100],
    [" 1", 100],
  ])("obey Retry-After: %j as %i ms, up to maxDelayMs", async (value, ms) => {
    const once = { retries: 1, minDelayMs: 100, maxDelayMs: 2_000 };
    expect(await waits(failure({ "retry-after": value }), once)).toEqual([ms]);
    const html = new FlinksResponseError("m", {
      status: 503,
      headers: { "retry-after": value },
      bodyExcerpt: "",
    });
    expect(await waits(html, once)).toEqual([ms]);
  });

  it("pass in real time, and no sooner", async () => {
    const retry = { retries: 1, minDelayMs: 0, maxDelayMs: 60 };
    const asked = failure({ "retry-after": "9" });
    const before = performance.now();
    await errorOf(untilItEnds(() => Promise.reject(asked), { retry, signal: undefined }));
    expect(performance.now() - before).toBeGreaterThan(55);
    const counted = untilItEnds((tries) => Promise.reject(tries), { retry, signal: undefined });
    expect(await errorOf(counted)).toBe(1);
  });

  const timeOf = async (error: unknown) => {
    const before = performance.now();
    const retry = { retries: 1, minDelayMs: 60, maxDelayMs: 60 };
    await errorOf(untilItEnds(() => Promise.reject(error), { retry, signal: undefined }));
    return performance.now() - before;
  };

  it("are random in real life, by Math.random", async () => {
    const { random } = Math;
    try {
      Math.random = () => 0.999;
      expect(await timeOf(failure())).toBeGreaterThan(55);
    } finally {
      Math.random = random;
    }
  });

  it("last until the date that Retry-After gives, by the real clock", async () => {
    const later = new Date(Date.now() + 60_000).toUTCString();
    expect(await timeOf(failure({ "retry-after": later }))).toBeGreaterThan(55);
  });
});

describe("a signal", () => {
  const retry = { retries: 1, minDelayMs: 0, maxDelayMs: 60_000 };
  const fail = () => Promise.reject(failure({ "retry-after": "60" }));

  it("ends the wait with its reason, and leaves no timer", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const controller = new AbortController();
    const call = untilItEnds(fail, { retry, signal: controller.signal });
    setImmediate(() => controller.abort("enough"));
    expect(await errorOf(call)).toBe("enough");
    expect(timers()).toBe(before);
  });

  it("that is aborted already does not wait at all", async () => {
    const signal = AbortSignal.abort("before");
    expect(await errorOf(untilItEnds(fail, { retry, signal }))).toBe("before");
  });

  it("is left without listeners", async () => {
    const { signal } = new AbortController();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    const quick = () => Promise.reject(failure());
    await errorOf(untilItEnds(quick, { retry: { ...retry, retries: 20 }, signal }));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });
});

describe("isTransientFailure", () => {
  const answer = (status: number) => new FlinksResponseError("m", { status, headers: {}, bodyExcerpt: "" });

  it.each([
    ["a connection that failed", new FlinksConnectionError("m", { cause: new Error("reset") }), true],
    ["a timeout", new FlinksTimeoutError("m", { timeoutMs: 1 }), true],
    ["one whose cause was not to be shown", new FlinksConnectionError("m"), true],
    ["a gateway's 502", answer(502), true],
    ["a 500", answer(500), true],
    ["a 429", answer(429), true],
    ["a 499", answer(499), false],
    ["a 200 that is HTML", answer(200), false],
    ["the API's 503", failure(), true],
    ["an error of somebody else", Object.assign(new Error("m"), { status: 503 }), false],
  ])("%s: %s", (_, error, transient) => {
    expect(isTransientFailure(error)).toBe(transient);
  });
});

// ---------------------------------------------------------------- what a fetch may throw

it.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "reset"],
  ["an object", { code: "ECONNRESET" }],
  ["an object that cannot be shown", { headers: new Headers() }],
  ["an error", new TypeError("fetch failed")],
])("a connection that failed with %s is repeated", async (_, thrown) => {
  let tries = 0;
  const fetch = async () => {
    if (++tries === 1) throw thrown;
    return Response.json({ RequestId: requestId });
  };
  const retry = { retries: 1, minDelayMs: 0 };
  const flinks = clientOf({ baseUrl: "http://127.0.0.1" }, { fetch, retry });
  expect(await flinks.authorize({ LoginId: loginId })).toMatchObject({ status: "authorized" });
});

it("a client's policy is what a call's leaves out", async () => {
  const server = await startServerWith({ status: 503, body: "", headers: { "retry-after": "60" } });
  const patient = clientOf(server, { retry: { retries: 5, minDelayMs: 1, maxDelayMs: 5 } });
  await errorOf(patient.authorize({ LoginId: loginId }, { retry: { retries: 1 } }));
  expect(server.received).toHaveLength(2);
  const once = clientOf(server, { retry: false });
  await errorOf(once.authorize({ LoginId: loginId }, { retry: { maxDelayMs: 0 } }));
  expect(server.received).toHaveLength(3);
  await errorOf(once.authorize({ LoginId: loginId }, { retry: { retries: 1, maxDelayMs: 0 } }));
  expect(server.received).toHaveLength(5);
  // The usual waits, which Retry-After fills.
  const options = { retry: { retries: 1 }, signal: AbortSignal.timeout(100) };
  await errorOf(once.authorize({ LoginId: loginId }, options));
  expect(server.received).toHaveLength(6);
});

// ---------------------------------------------------------------- who may repeat what, over real HTTP

const quick = { retry: { retries: 2, minDelayMs: 0, maxDelayMs: 0 } };
const session = { body: { HttpStatusCode: 200, RequestId: requestId } };
const question = { Type: "QuestionAndAnswer", Prompt: "?" };
const challenge = { status: 203, body: { RequestId: requestId, SecurityChallenges: [question] } };
const refusal = (status: number, FlinksCode?: string): Reply => ({
  status,
  body: { HttpStatusCode: status, FlinksCode },
});

/** Everything that goes wrong, by name: an answer, or what happens to the connection. */
const failures: Record<string, Reply | "reset" | "silence"> = {
  reset: "reset",
  silence: "silence",
  "429": refusal(429),
  "429 HTML": { status: 429, body: "<html>" },
  "500": refusal(500, "UNKNOWN_ERROR"),
  "502 HTML": { status: 502, body: "<html>" },
  "503 empty": { status: 503 },
  "401 TOO_MANY_REQUESTS": refusal(401, "TOO_MANY_REQUESTS"),
  "401 RETRY_LATER": refusal(401, " RETRY_LATER "),
  "400 CONCURRENT_SESSION": refusal(400, "CONCURRENT_SESSION"),
  "401 CARD_IN_USE": refusal(401, "CARD_IN_USE"),
  "401 INVALID_LOGIN": refusal(401, "INVALID_LOGIN"),
  "401 spent token": refusal(401),
  "405 DISABLED_INSTITUTION": refusal(405, "DISABLED_INSTITUTION"),
  "307 redirect": { status: 307, headers: { location: "http://127.0.0.1:9/" } },
  "200 HTML": { body: "<html>" },
  "200 without RequestId": { body: {} },
};
const transientForAll = ["reset", "silence", "429", "429 HTML", "500", "502 HTML", "503 empty"];
const transientForCached = [
  ...transientForAll,
  "401 TOO_MANY_REQUESTS",
  "401 RETRY_LATER",
  "400 CONCURRENT_SESSION",
];

/** A server that fails in this way wherever `fails` says so. */
function startFailing(name: string, fails: (request: Received, earlier: number) => boolean) {
  let failed = 0;
  return startServer((request, response) => {
    if (fails(request, failed)) {
      failed += 1;
      const how = failures[name] as Reply | "reset" | "silence";
      if (how === "reset") response.destroy();
      else if (how !== "silence") return how;
      return undefined;
    }
    if (request.url.endsWith("GenerateAuthorizeToken")) return { body: { Token: `token-${Math.random()}` } };
    return session;
  });
}
const isMint = ({ url }: Received) => url.endsWith("GenerateAuthorizeToken");
const options = (name: string) => ({ ...quick, ...(name === "silence" ? { timeoutMs: 40 } : {}) });

describe.each(Object.keys(failures))("%s", (name) => {
  it(`minting is ${transientForAll.includes(name) ? "" : "not "}repeated`, async () => {
    const server = await startFailing(name, (request, earlier) => isMint(request) && earlier < 2);
    const minted = clientOf(server, { secretKey: "key", ...options(name) }).generateAuthorizeToken();
    const repeated = transientForAll.includes(name);
    if (repeated) expect(await minted).toMatch(/^token-/);
    // A 200 that holds no token is what these two are here.
    else expect(await errorOf(minted)).toBeInstanceOf(Error);
    expect(server.received).toHaveLength(repeated ? 3 : 1);
  });

  it(`cached authorize is ${transientForCached.includes(name) ? "" : "not "}repeated, with a fresh token`, async () => {
    const server = await startFailing(name, (request, earlier) => !isMint(request) && earlier < 2);
    const reasons: string[] = [];
    const flinks = clientOf(server, {
      ...options(name),
      authorizeToken: ({ reason }: { reason: string }) => `token-${reasons.push(reason)}`,
    });
    const outcome = flinks.authorize({ LoginId: loginId });
    const repeated = transientForCached.includes(name);
    if (repeated) expect(await outcome).toMatchObject({ status: "authorized" });
    else expect(await errorOf(outcome)).toBeInstanceOf(Error);
    expect(reasons).toEqual(repeated ? ["authorize", "retry", "retry"] : ["authorize"]);
    expect(server.received.map(({ headers }) => headers["flinks-auth-key"])).toEqual(
      reasons.map((_, index) => `token-${index + 1}`),
    );
  });

  it("nothing else is ever repeated", async () => {
    const fails = ({ json, url }: Received) => json !== undefined && url.endsWith("/Authorize");
    const server = await startFailing(name, fails);
    const flinks = clientOf(server, { secretKey: "key", ...options(name) });
    const once = async (call: Promise<unknown>) => {
      server.received.length = 0;
      expect(await errorOf(call)).toBeInstanceOf(Error);
      expect(server.received.filter((request) => !isMint(request))).toHaveLength(1);
    };
    const credentials = { Institution: "i", Username: secrets.Username, Password: secrets.Password };
    await once(flinks.authorize(credentials));
    await once(flinks.authorizeWithMfa(credentials, () => ({})));
    await once(flinks.authorize({ LoginId: loginId, MostRecentCached: false }));

    const asking = await startFailing(name, ({ json }) => json?.RequestId !== undefined);
    const asked = await clientOf(await startServerWith(challenge)).authorize({ LoginId: loginId });
    if (asked.status !== "mfa_required") throw new Error("a challenge was expected");
    await errorOf(clientOf(asking, options(name)).answerChallenge(asked, { "?": secrets.answer }));
    expect(asking.received).toHaveLength(1);
  });
});

describe("limits", () => {
  const failing = () => startServerWith(refusal(503));
  const minting = () =>
    startServer(({ url }) =>
      url.endsWith("GenerateAuthorizeToken") ? { body: { Token: "t" } } : refusal(503),
    );

  it("2 retries by default, as many as are set, or none", async () => {
    const none: CallOptions = { retry: false };
    for (const [client, call, times] of [
      [{ retry: { minDelayMs: 0 } }, {}, 3],
      [{ retry: { ...quick.retry, retries: 4 } }, {}, 5],
      [{ retry: { ...quick.retry, retries: 0 } }, {}, 1],
      [{ retry: false }, {}, 1],
      [quick, none, 1],
      [{ retry: false }, quick, 3],
      [{ retry: undefined }, { retry: { retries: undefined, minDelayMs: 0 } }, 3],
    ] as const) {
      const server = await failing();
      const flinks = clientOf(server, { secretKey: "key", ...client });
      expect(await errorOf(flinks.generateAuthorizeToken(call))).toMatchObject({ status: 503 });
      expect(server.received).toHaveLength(times);
    }
  });

  it("a token that cannot be minted is not asked for again and again by authorize", async () => {
    const server = await failing();
    const flinks = clientOf(server, { secretKey: "key", ...quick });
    expect(await errorOf(flinks.authorize({ LoginId: loginId }))).toMatchObject({ status: 503 });
    expect(server.received).toHaveLength(3);
  });

  it("each try of authorize mints its own token", async () => {
    const server = await minting();
    await errorOf(clientOf(server, { secretKey: "key", ...quick }).authorize({ LoginId: loginId }));
    expect(server.received.map(({ url }) => url.split("/").at(-1))).toEqual(
      Array(3).fill(["GenerateAuthorizeToken", "Authorize"]).flat(),
    );
  });

  it("a static token rules retries out", async () => {
    const server = await failing();
    const flinks = clientOf(server, { authorizeToken: "t", ...quick });
    expect(await errorOf(flinks.authorize({ LoginId: loginId }))).toMatchObject({ status: 503 });
    expect(server.received).toHaveLength(1);
  });

  it("what a token function throws on a retry is passed on", async () => {
    const server = await failing();
    const gone = new Error("gone");
    const authorizeToken = ({ reason }: { reason: string }) =>
      reason === "retry" ? Promise.reject(gone) : "t";
    expect(
      await errorOf(clientOf(server, { authorizeToken, ...quick }).authorize({ LoginId: loginId })),
    ).toBe(gone);
    expect(server.received).toHaveLength(1);
  });

  it("authorizeWithMfa repeats its cached first call, and then asks", async () => {
    const server = await startServerWith(refusal(503), challenge, session);
    const outcome = await clientOf(server, quick).authorizeWithMfa({ LoginId: loginId }, () => ({
      "?": "x",
    }));
    expect(outcome).toMatchObject({ status: "authorized" });
    expect(server.received).toHaveLength(3);
  });

  it("the continuation has the token of the try that was answered", async () => {
    const server = await startServerWith(refusal(503), challenge, session);
    let minted = 0;
    const flinks = clientOf(server, { authorizeToken: () => `token-${++minted}`, ...quick });
    await flinks.authorizeWithMfa({ LoginId: loginId }, () => ({ "?": "x" }));
    expect(server.received.map(({ headers }) => headers["flinks-auth-key"])).toEqual([
      "token-1",
      "token-2",
      "token-2",
    ]);
  });

  it("a signal ends a wait between tries, with nothing sent after it", async () => {
    const server = await startServerWith({ ...refusal(503), headers: { "retry-after": "30" } });
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 50);
    const flinks = clientOf(server, { retry: {} });
    expect(await errorOf(flinks.authorize({ LoginId: loginId }, { signal: controller.signal }))).toBe(
      "enough",
    );
    expect(server.received).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksApiError, FlinksConnectionError, FlinksResponseError, FlinksTimeoutError } from "../../../src/index.ts";
import { errorOf, errorOfClass } from "../../helpers/client.ts";
import { pending, refusal } from "../../helpers/wire.ts";
import { detail, finish, requestId, reset, type Scripted, scripted } from "./support.ts";

const request = { RequestId: requestId };
const retry = { retries: 2, minDelayMs: 0 };
const failure = refusal("UNKNOWN_ERROR", { status: 500 });
const failureFor = (seconds: number) =>
  refusal("UNKNOWN_ERROR", { status: 503, headers: { "retry-after": `${seconds}` } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the retry budget of a wait", () => {
  it("counts failures in a row: an answered poll refills it", async () => {
    const round = [failure, reset(), pending()];
    const { flinks, sent, events } = scripted([...round, ...round, ...round, failure, failure, detail], { retry });
    expect(await finish(flinks.waitForAccountsDetail(request))).toEqual(detail.body);
    expect(sent.map(({ method }) => method).join(" ")).toBe("POST POST POST GET GET GET GET GET GET GET GET GET");
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  it("ends with the poll's error, which tells its own attempts", async () => {
    const { flinks, sent } = scripted([failure, pending(), failure, pending(), failure, failure, failure], { retry });
    const error = await errorOfClass(FlinksApiError, finish(flinks.waitForAccountsDetail(request)));
    expect(error).toMatchObject({ code: "UNKNOWN_ERROR", operation: "getAccountsDetailAsync", attempts: 3 });
    expect(sent).toHaveLength(7);
  });

  it("ends with the POST's error", async () => {
    const { flinks, log } = scripted([failure], { retry });
    const error = await errorOfClass(FlinksApiError, finish(flinks.waitForAccountsDetail(request)));
    expect(error).toMatchObject({ operation: "getAccountsDetail", attempts: 3 });
    expect(log()).toEqual(new Array(3).fill("POST GetAccountsDetail at 0"));
  });

  it("is the call's, if the call has one", async () => {
    const { flinks, sent } = scripted([pending(), failure], { retry });
    const call = flinks.waitForAccountsDetail(request, { retry: false });
    expect(await errorOf(finish(call))).toMatchObject({ attempts: 1 });
    expect(sent).toHaveLength(2);
  });
});

describe("a poll that fails", () => {
  it.each<[string, Scripted, object]>([
    ["a session that has ended", refusal("SESSION_EXPIRED", { status: 401 }), { code: "SESSION_EXPIRED" }],
    ["no transactions", refusal("NO_TRANSACTION"), { code: "NO_TRANSACTION", retryable: false }],
    ["a page with HTTP 200", { body: "<html>" }, { code: "invalid_response" }],
    ["a 200 without its list", { body: {} }, { code: "invalid_response" }],
    ["a redirect", { status: 302 }, { code: "redirected" }],
  ])("for good ends the wait: %s", async (_, reply, facts) => {
    const { flinks, sent } = scripted([pending(), reply], { retry });
    const error = await errorOf(finish(flinks.waitForAccountsDetail(request)));
    expect(error).toMatchObject({ ...facts, operation: "getAccountsDetailAsync", attempts: 1 });
    expect(sent).toHaveLength(2);
  });

  it.each<[string, Scripted, unknown]>([
    ["a timeout", "silence", FlinksTimeoutError],
    ["a reset", reset(), FlinksConnectionError],
    ["a page of a gateway", { status: 504, body: "<html>" }, FlinksResponseError],
  ])("is repeated after %s, and not the POST", async (_, reply, type) => {
    const { flinks, sent } = scripted([pending(), reply, reply, detail], { retry });
    expect(await finish(flinks.waitForAccountsDetail(request))).toEqual(detail.body);
    expect(sent.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "GET"]);

    const failing = scripted([pending(), reply], { retry });
    const error = await errorOf(finish(failing.flinks.waitForAccountsDetail(request)));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ attempts: 3 });
  });

  it("is repeated if the pause before it ends within maxWaitMs", async () => {
    const { flinks, sent } = scripted([pending(), failureFor(5), detail], { retry });
    expect(await finish(flinks.waitForAccountsDetail(request, { maxWaitMs: 15_000 }))).toEqual(detail.body);
    expect(sent.map(({ at }) => at)).toEqual([0, 10_000, 15_000]);
  });

  it("throws its error at once if the pause would end later", async () => {
    const { flinks, sent } = scripted([pending(), failureFor(5), detail], { retry });
    const start = Date.now();
    const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 14_999 });
    expect(await errorOf(finish(call))).toMatchObject({ code: "UNKNOWN_ERROR", status: 503, attempts: 1 });
    expect([sent.length, Date.now() - start]).toEqual([2, 10_000]);
  });

  it("leaves less time for the next pause", async () => {
    const { flinks, sent } = scripted([pending(), failureFor(5), pending()], { retry });
    const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 24_999 });
    expect(await errorOf(finish(call))).toMatchObject({ name: "FlinksPendingError" });
    expect(sent.map(({ at }) => at)).toEqual([0, 10_000, 15_000]);
  });
});

it("a POST that fails is not repeated later than maxWaitMs", async () => {
  const { flinks, sent } = scripted([failureFor(5), detail], { retry });
  const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 4_999 });
  expect(await errorOf(finish(call))).toMatchObject({ operation: "getAccountsDetail", attempts: 1 });
  expect(sent).toHaveLength(1);
});

describe("an abort ends a wait at once, and leaves no timer:", () => {
  const reason = new Error("the user left");

  /** Waits, and aborts after so many milliseconds. The call must end at that time. */
  async function abortedAfter(ms: number, replies: readonly Scripted[], options: object = {}) {
    const controller = new AbortController();
    const { flinks, sent, events } = scripted(replies, { retry });
    const start = Date.now();
    const call = flinks.waitForAccountsDetail(request, { ...options, signal: controller.signal });
    const ended = call.catch((error: unknown) => ({ error, at: Date.now() - start }));
    setTimeout(() => controller.abort(reason), ms);
    expect(await finish(ended)).toEqual({ error: reason, at: ms });
    await vi.runAllTimersAsync();
    return { sent, events };
  }

  it("in the pause", async () => {
    expect((await abortedAfter(4_000, [pending()])).sent).toHaveLength(1);
  });

  it("in the pause of a long Retry-After", async () => {
    const reply = { ...pending(), headers: { "retry-after": "600" } };
    expect((await abortedAfter(500_000, [reply])).sent).toHaveLength(1);
  });

  it("in a poll that is running", async () => {
    const { sent, events } = await abortedAfter(12_000, [pending(), "silence"]);
    expect(sent).toHaveLength(2);
    expect(events.map(({ result }) => result)).toEqual(["answer", "aborted"]);
  });

  it("in the POST", async () => {
    expect((await abortedAfter(1_000, ["silence"])).sent).toHaveLength(1);
  });

  it("in the pause before a repeated poll", async () => {
    expect((await abortedAfter(12_000, [pending(), failureFor(20)])).sent).toHaveLength(2);
  });

  it("in onPending", async () => {
    const onPending = () => new Promise(() => {});
    expect((await abortedAfter(1_000, [pending()], { onPending })).sent).toHaveLength(1);
  });

  it("before it begins, when nothing is sent", async () => {
    const { flinks, sent } = scripted([detail]);
    const call = flinks.waitForAccountsDetail(request, { signal: AbortSignal.abort(reason) });
    expect(await errorOf(finish(call))).toBe(reason);
    expect(sent).toEqual([]);
  });
});

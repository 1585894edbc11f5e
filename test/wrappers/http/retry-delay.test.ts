import { getEventListeners } from "node:events";
import { isMainThread } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksApiError, FlinksResponseError, type RetryOptions } from "../../../src/index.ts";
import { connectionError, endOf, type Stubbed, stubFetch } from "../../helpers/api.ts";
import { clientOf, loginId } from "../../helpers/client.ts";
import { refusal } from "../../helpers/wire.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const down = (headers?: Record<string, string>) =>
  refusal("UNKNOWN_ERROR", { status: 503, ...(headers && { headers }) });

/** A call that always fails in the same way: how long it waited before each retry, and its error. */
async function fail(reply: Stubbed, retry: RetryOptions, options: object = {}) {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 12, 0, 0));
  const { fetch, sent } = stubFetch(() => reply);
  const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, retry, ...options });
  const error = await endOf(flinks.authorize({ LoginId: loginId }));
  const waits = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
  return { waits, error };
}

describe("the wait before a retry", () => {
  it.each<[string, RetryOptions, number[]]>([
    [
      "doubles from half a second up to 30 seconds by default",
      { retries: 8 },
      [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    ],
    [
      "doubles from minDelayMs up to maxDelayMs",
      { retries: 5, minDelayMs: 100, maxDelayMs: 1000 },
      [100, 200, 400, 800, 1000],
    ],
    ["is never longer than maxDelayMs", { retries: 2, minDelayMs: 100, maxDelayMs: 50 }, [50, 50]],
    ["is nothing with minDelayMs 0", { retries: 3, minDelayMs: 0 }, [0, 0, 0]],
    ["is nothing with maxDelayMs 0", { retries: 3, maxDelayMs: 0 }, [0, 0, 0]],
    [
      "never exceeds what a timer takes",
      { retries: 2, minDelayMs: 2_147_483_647, maxDelayMs: 2_147_483_647 },
      [2_147_483_647, 2_147_483_647],
    ],
  ])("%s", async (_, retry, waits) => {
    expect((await fail(connectionError("ECONNRESET"), retry)).waits).toEqual(waits);
  });

  it.each([
    [0, [0, 0, 0]],
    [0.5, [50, 100, 150]],
    [0.9, [90, 180, 270]],
  ])("is a random part of that: %d", async (random, waits) => {
    vi.spyOn(Math, "random").mockReturnValue(random);
    expect((await fail(down(), { retries: 3, minDelayMs: 100, maxDelayMs: 300 })).waits).toEqual(waits);
  });

  it("has no random part with Retry-After", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect((await fail(down({ "retry-after": "1" }), {})).waits).toEqual([1000, 1000]);
  });
});

describe("Retry-After", () => {
  it.each<[string, number, number | undefined]>([
    ["1", 1000, 1000],
    ["0", 0, 0],
    ["1.5", 1500, 1500],
    ["0.25", 250, 250],
    ["3600", 2000, 3_600_000],
    ["Mon, 23 Nov 2026 12:00:01 GMT", 1000, 1000],
    ["Mon, 23 Nov 2026 13:00:00 GMT", 2000, 3_600_000],
    ["Mon, 23 Nov 2026 11:59:59 GMT", 0, 0],
    ["Monday, 23-Nov-26 12:00:01 GMT", 1000, 1000],
    ["Mon Nov 23 12:00:01 2026", 1000, 1000],
    ["Thu Nov  5 12:00:01 2026", 0, 0],
    ["Mon, 23 Nov 2026 12:00:01", 100, undefined],
    ["Mon, 23 Nov 2026 12:00:01 +0000", 100, undefined],
    ["at Mon Nov 23 12:00:01 2026", 100, undefined],
    ["Mon Nov 23 12:00:01 2026 or so", 100, undefined],
    ["soon", 100, undefined],
    ["soon GMT", 100, undefined],
    ["", 100, undefined],
    ["-1", 100, undefined],
    [".5", 100, undefined],
    ["1.", 100, undefined],
    ["1e3", 100, undefined],
    ["1 s", 100, undefined],
    ["1, 2", 100, undefined],
  ])("%j makes the call wait %i ms", async (value, wait, retryAfterMs) => {
    // C's form of a date has no zone and means GMT.
    vi.stubEnv("TZ", "America/Toronto");
    // A worker thread, such as Stryker's, cannot change its zone.
    expect(new Date().getTimezoneOffset()).toEqual(isMainThread ? 300 : expect.any(Number));
    const headers = { "retry-after": value };
    for (const [reply, type] of [
      [down(headers), FlinksApiError],
      [{ status: 503, headers, body: "<html>" }, FlinksResponseError],
    ] as const) {
      const { error } = await fail(reply, { retries: 0 });
      expect(error).toBeInstanceOf(type);
      expect((error as FlinksApiError).retryAfterMs).toBe(retryAfterMs);
      expect((await fail(reply, { retries: 1, minDelayMs: 100, maxDelayMs: 2000 })).waits).toEqual([wait]);
    }
  });

  it("is obeyed even if it is a secret, and not shown", async () => {
    const { waits, error } = await fail(down({ "retry-after": "7" }), { retries: 1 }, { authorizeToken: () => "7" });
    expect(waits).toEqual([7000]);
    expect(error).toMatchObject({ status: 503, retryAfterMs: 7000 });
    expect((error as FlinksApiError).headers).not.toHaveProperty("retry-after");
  });
});

describe("a signal", () => {
  it("ends the wait with its reason, sends nothing more and keeps no timer", async () => {
    const { fetch, sent } = stubFetch(() => down({ "retry-after": "20" }));
    const controller = new AbortController();
    const { signal } = controller;
    const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, retry: {} });
    const call = flinks.authorize({ LoginId: loginId }, { signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(19_999);
    controller.abort("enough");
    expect(await call).toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
  });

  it("that aborts before the wait is not waited for", async () => {
    const controller = new AbortController();
    const { fetch, sent } = stubFetch(() => down({ "retry-after": "20" }));
    const onExchange = () => controller.abort("enough");
    const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, retry: {}, onExchange });
    const started = Date.now();
    const call = flinks.authorize({ LoginId: loginId }, { signal: controller.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    expect([await call, sent.length, Date.now() - started, vi.getTimerCount()]).toEqual(["enough", 1, 0, 0]);
  });

  it("has no listener left after many retries", async () => {
    const { fetch, sent } = stubFetch(() => down());
    const { signal } = new AbortController();
    const flinks = clientOf({ baseUrl: "http://localhost" }, { fetch, retry: { retries: 20 } });
    await endOf(flinks.authorize({ LoginId: loginId }, { signal }));
    expect([sent.length, getEventListeners(signal, "abort")]).toEqual([21, []]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksPendingError, type PendingOutcome } from "../../../src/index.ts";
import { errorOf, errorOfClass } from "../../helpers/client.ts";
import { pending } from "../../helpers/wire.ts";
import { apiKey, captured, detail, finish, requestId, type Scripted, scripted, summary } from "./support.ts";

const request = { RequestId: requestId };
const partial: Scripted = {
  status: 202,
  body: { ...captured("accounts-detail-200"), FlinksCode: "OPERATION_PENDING" },
};
const retryAfter = (seconds: string) => ({ ...pending(), headers: { "retry-after": seconds } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a wait", () => {
  it.each([
    ["waitForAccountsSummary", "GetAccountsSummary", summary],
    ["waitForAccountsDetail", "GetAccountsDetail", detail],
  ] as const)("%s sends one POST, then GETs until the data is there", async (method, path, ready) => {
    const authorizeToken = vi.fn();
    const { flinks, sent, log } = scripted([pending(), pending(), partial, ready], { authorizeToken });
    expect(await finish(flinks[method](request))).toEqual(ready.body);
    expect(log()).toEqual([
      `POST ${path} at 0`,
      `GET ${path}Async at 10000`,
      `GET ${path}Async at 20000`,
      `GET ${path}Async at 30000`,
    ]);
    expect(sent[0]?.json).toEqual(request);
    for (const { method, path, json, headers } of sent) {
      if (method === "GET") expect([path.split("/")[1], json]).toEqual([requestId, undefined]);
      expect(headers["x-api-key"]).toBe(apiKey);
      expect(headers).not.toHaveProperty("flinks-auth-key");
    }
    expect(authorizeToken).not.toHaveBeenCalled();
  });

  it("passes the request's fields on to the POST", async () => {
    const { flinks, sent } = scripted([detail]);
    const fields = { WithKYC: false, WithTransactions: true, DaysOfTransactions: "Days365" as const };
    await finish(flinks.waitForAccountsDetail({ ...request, ...fields }));
    expect(sent[0]?.json).toEqual({ ...request, ...fields });
  });

  it("sends no GET if the POST has the data", async () => {
    const { flinks, log } = scripted([detail]);
    await finish(flinks.waitForAccountsDetail(request));
    expect(log()).toEqual(["POST GetAccountsDetail at 0"]);
  });

  it("pauses for pollIntervalMs after each pending response, however long the response takes", async () => {
    const slow = { afterMs: 7_000, reply: pending() };
    const { flinks, sent } = scripted([slow, slow, detail]);
    await finish(flinks.waitForAccountsDetail(request, { pollIntervalMs: 1_000 }));
    expect(sent.map(({ at }) => at)).toEqual([0, 8_000, 16_000]);
  });

  it.each([
    ["that is longer lengthens the one pause", "25", [0, 25_000, 35_000]],
    ["that is shorter changes nothing", "1", [0, 10_000, 20_000]],
    ["of zero changes nothing", "0", [0, 10_000, 20_000]],
    ["that is a date lengthens it", "Mon, 23 Nov 2026 12:00:30 GMT", [0, 30_000, 40_000]],
    ["in the past changes nothing", "Mon, 23 Nov 2026 11:00:00 GMT", [0, 10_000, 20_000]],
    ["that makes no sense changes nothing", "soon", [0, 10_000, 20_000]],
  ])("a Retry-After %s", async (_, value, times) => {
    vi.setSystemTime(Date.UTC(2026, 10, 23, 12));
    const { flinks, sent } = scripted([retryAfter(value), pending(), detail]);
    await finish(flinks.waitForAccountsDetail(request));
    expect(sent.map(({ at }) => at)).toEqual(times);
  });

  it("asks about the session that it began with, whatever RequestId a response names", async () => {
    const { flinks, sent } = scripted([pending(undefined, { RequestId: "../../other" }), detail]);
    await finish(flinks.waitForAccountsDetail(request));
    expect(sent[1]?.path).toBe(`GetAccountsDetailAsync/${requestId}`);
  });
});

describe("maxWaitMs", () => {
  it("ends a wait at once if the next GET would begin later", async () => {
    const { flinks, sent } = scripted([pending()]);
    const start = Date.now();
    const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 25_000 });
    const error = await errorOfClass(FlinksPendingError, finish(call));
    expect(Date.now() - start).toBe(20_000);
    expect(sent.map(({ at }) => at)).toEqual([0, 10_000, 20_000]);
    expect({ ...error }).toEqual({
      code: "OPERATION_PENDING",
      requestId,
      operation: "getAccountsDetailAsync",
      attempts: 1,
      retryable: true,
      pending: { status: "pending", requestId, operation: "getAccountsDetailAsync", code: "OPERATION_PENDING" },
    });
    expect(error.message).toContain(
      "still pending, and the next request would begin later than maxWaitMs (25000 ms) allows",
    );
    expect(error.cause).toBeUndefined();
  });

  it.each([
    [0, [0]],
    [9_999, [0]],
    [10_000, [0, 10_000]],
    [19_999, [0, 10_000]],
  ])("of %i ms allows requests at %j", async (maxWaitMs, times) => {
    const { flinks, sent } = scripted([pending("OPERATION_DISPATCHED")]);
    const error = await errorOfClass(FlinksPendingError, finish(flinks.waitForAccountsSummary(request, { maxWaitMs })));
    expect(error.code).toBe("OPERATION_DISPATCHED");
    expect(sent.map(({ at }) => at)).toEqual(times);
  });

  it("is 30 minutes unless it is set", async () => {
    const { flinks, sent } = scripted([pending()]);
    await errorOfClass(FlinksPendingError, finish(flinks.waitForAccountsDetail(request)));
    expect(sent).toHaveLength(181);
    expect(sent.at(-1)?.at).toBe(1_800_000);
  });

  it("counts from the start of the call, the POST included", async () => {
    const { flinks, sent } = scripted([{ afterMs: 200_000, reply: pending() }]);
    const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 209_999 });
    expect(await errorOf(finish(call))).toBeInstanceOf(FlinksPendingError);
    expect(sent).toHaveLength(1);
  });

  it("does not cut off a request that is running", async () => {
    const { flinks } = scripted([pending(), { afterMs: 100_000, reply: detail }]);
    const call = flinks.waitForAccountsDetail(request, { maxWaitMs: 10_000 });
    expect(await finish(call)).toEqual(detail.body);
  });

  it("shortens a Retry-After that goes beyond it, for one last GET", async () => {
    const options = { maxWaitMs: 15_000 };
    const { flinks, sent } = scripted([retryAfter("3600"), detail]);
    expect(await finish(flinks.waitForAccountsDetail(request, options))).toEqual(detail.body);
    expect(sent.map(({ at }) => at)).toEqual([0, 15_000]);

    const late = scripted([retryAfter("3600"), retryAfter("3600")]);
    expect(await errorOf(finish(late.flinks.waitForAccountsDetail(request, options)))).toBeInstanceOf(
      FlinksPendingError,
    );
    expect(late.sent.map(({ at }) => at)).toEqual([0, 15_000]);
  });
});

describe("onPending", () => {
  it("gets the outcome of every pending response, the POST's included", async () => {
    const { flinks } = scripted([pending("OPERATION_DISPATCHED"), partial, detail]);
    const outcomes: PendingOutcome[] = [];
    await finish(flinks.waitForAccountsDetail(request, { onPending: (outcome) => outcomes.push(outcome) }));
    const [first, second] = outcomes;
    expect(first).toEqual({
      status: "pending",
      requestId,
      operation: "getAccountsDetail",
      code: "OPERATION_DISPATCHED",
      message: "Still processing",
    });
    const { RequestId } = captured("accounts-detail-200");
    const operation = "getAccountsDetailAsync";
    expect(second).toEqual({ status: "pending", requestId: RequestId, operation, code: "OPERATION_PENDING" });
    expect(outcomes).toHaveLength(2);
  });

  it("is called before the wait gives up", async () => {
    const onPending = vi.fn();
    const { flinks } = scripted([pending()]);
    await errorOf(finish(flinks.waitForAccountsDetail(request, { maxWaitMs: 0, onPending })));
    expect(onPending).toHaveBeenCalledOnce();
  });

  it("is awaited before the pause, for as long as it takes", async () => {
    const onPending = () => new Promise((resolve) => setTimeout(resolve, 300_000));
    const { flinks, sent } = scripted([pending(), detail], { timeoutMs: 1_000 });
    expect(await finish(flinks.waitForAccountsDetail(request, { onPending }))).toEqual(detail.body);
    expect(sent.map(({ at }) => at)).toEqual([0, 310_000]);
  });

  it.each([
    [
      "throws",
      (error: Error) => () => {
        throw error;
      },
    ],
    ["rejects with", (error: Error) => async () => Promise.reject(error)],
  ])("ends the wait with what it %s", async (_, failing) => {
    const failure = new Error("the database is gone");
    const { flinks, sent } = scripted([pending(), detail]);
    const call = flinks.waitForAccountsDetail(request, { onPending: failing(failure) });
    expect(await errorOf(finish(call))).toBe(failure);
    expect(sent).toHaveLength(1);
  });
});

describe("the options of a wait are checked before anything is sent:", () => {
  it.each([
    [{ pollIntervalMs: 0 }, "pollIntervalMs must be a whole number from 1 to 2147483647."],
    [{ pollIntervalMs: 0.5 }, "pollIntervalMs must be a whole number"],
    [{ pollIntervalMs: "10" }, "pollIntervalMs must be a whole number"],
    [{ maxWaitMs: -1 }, "maxWaitMs must be a whole number from 0 to 2147483647."],
    [{ maxWaitMs: Number.POSITIVE_INFINITY }, "maxWaitMs must be a whole number"],
    [{ onPending: true }, "onPending must be a function."],
    [{ pollInterval: 1 }, 'Unknown field "pollInterval" in the options.'],
    [{ timeoutMs: 0 }, "timeoutMs must be a whole number"],
    [null, "The options must be an object."],
  ])("%j", async (options, message) => {
    const { flinks, sent } = scripted([detail]);
    for (const call of [flinks.waitForAccountsSummary, flinks.waitForAccountsDetail]) {
      const error = await errorOf(call(request, options as object));
      expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining(message) });
    }
    expect(sent).toEqual([]);
  });

  it.each([{ pollIntervalMs: 1 }, { maxWaitMs: 1 }, { onPending: () => {} }])(
    "other calls refuse %j",
    async (options) => {
      const { flinks, sent } = scripted([detail]);
      const error = await errorOf(flinks.getAccountsDetail(request, options as object));
      expect(error).toMatchObject({ code: "invalid_options" });
      expect(sent).toEqual([]);
    },
  );
});

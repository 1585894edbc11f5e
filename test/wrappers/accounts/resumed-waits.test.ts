import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksPendingError, type PendingOutcome } from "../../../src/index.ts";
import { errorOf, errorOfClass } from "../../helpers/client.ts";
import { pending } from "../../helpers/wire.ts";
import { detail, finish, requestId, type Scripted, scripted, summary } from "./support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const waits = [
  ["waitForAccountsSummary", "getAccountsSummary", "GetAccountsSummary", summary],
  ["waitForAccountsDetail", "getAccountsDetail", "GetAccountsDetail", detail],
] as const;

function pendingOf(operation: string): PendingOutcome {
  return { status: "pending", requestId, operation, code: "OPERATION_PENDING", message: "Still processing" };
}

/** What a database or a queue makes of it. */
function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

describe.each(waits)("%s goes on with a pending outcome", (method, post, path, ready) => {
  it.each([post, `${post}Async`])("of %s: with the GET, without a pause", async (operation) => {
    const { flinks, sent, log } = scripted([ready]);
    expect(await finish(flinks[method](stored(pendingOf(operation))))).toEqual(ready.body);
    expect(log()).toEqual([`GET ${path}Async at 0`]);
    expect(sent[0]?.path).toBe(`${path}Async/${requestId}`);
  });

  it("of authorize: with the POST", async () => {
    const { flinks, sent, log } = scripted([pending(), ready]);
    expect(await finish(flinks[method](pendingOf("authorize")))).toEqual(ready.body);
    expect(log()).toEqual([`POST ${path} at 0`, `GET ${path}Async at 10000`]);
    expect(sent[0]?.json).toEqual({ RequestId: requestId });
  });

  it("and pauses as usual after its first GET", async () => {
    const onPending = vi.fn();
    const { flinks, log } = scripted([pending(), pending(), ready]);
    await finish(flinks[method](pendingOf(post), { onPending }));
    expect(log()).toEqual([0, 10_000, 20_000].map((time) => `GET ${path}Async at ${time}`));
    // The outcome that it was given is no news.
    expect(onPending).toHaveBeenCalledTimes(2);
  });

  it("and asks once even if there is no time to wait", async () => {
    const { flinks, sent } = scripted([pending()]);
    const error = await errorOf(finish(flinks[method](pendingOf(post), { maxWaitMs: 0 })));
    expect(error).toBeInstanceOf(FlinksPendingError);
    expect(sent).toHaveLength(1);
  });

  it("that another method's outcome is not", async () => {
    const { flinks, sent } = scripted([ready]);
    const other = waits.flatMap(([, name]) => [name, `${name}Async`]).filter((name) => !name.startsWith(post));
    const wrong: unknown[] = [...other, "getStatements", "", undefined, null, 1, Symbol("authorize"), ["authorize"]];
    for (const operation of wrong) {
      expect(await errorOf(flinks[method](pendingOf(operation as string)))).toMatchObject({
        name: "FlinksUsageError",
        code: "invalid_request",
        message: `This pending outcome belongs to another operation. Expected: ${post}, ${post}Async, authorize.`,
      });
    }
    expect(sent).toEqual([]);
  });

  it("unless its requestId is not one", async () => {
    const { flinks, sent } = scripted([ready]);
    for (const wrong of ["", "a/b", undefined, null, 7]) {
      expect(await errorOf(flinks[method]({ ...pendingOf(post), requestId: wrong as string }))).toMatchObject({
        name: "FlinksUsageError",
        code: "invalid_request",
        message: expect.stringContaining("The pending outcome's requestId must be one path segment"),
      });
    }
    expect(sent).toEqual([]);
  });
});

describe("a wait can go on elsewhere", () => {
  const request = { RequestId: requestId };
  const script: Scripted[] = [detail];

  it("from the outcome of a single call", async () => {
    const outcome = await finish(scripted([pending()]).flinks.getAccountsDetail(request));
    if (outcome.status !== "pending") throw new Error("A pending outcome was expected.");
    const { flinks, log } = scripted(script);
    expect(await finish(flinks.waitForAccountsDetail(stored(outcome)))).toEqual(detail.body);
    expect(log()).toEqual(["GET GetAccountsDetailAsync at 0"]);
  });

  it("from a FlinksPendingError, also when it was stored", async () => {
    const call = scripted([pending()]).flinks.waitForAccountsDetail(request, { maxWaitMs: 0 });
    const error = await errorOfClass(FlinksPendingError, finish(call));
    for (const given of [error.pending, stored(error).pending]) {
      const { flinks, log } = scripted(script);
      expect(await finish(flinks.waitForAccountsDetail(given))).toEqual(detail.body);
      expect(log()).toEqual(["GET GetAccountsDetailAsync at 0"]);
    }
  });

  it("from what onPending stored before the process ended", async () => {
    const kept: PendingOutcome[] = [];
    const controller = new AbortController();
    const onPending = (outcome: PendingOutcome) => {
      kept.push(stored(outcome));
      controller.abort();
    };
    const options = { onPending, signal: controller.signal };
    await errorOf(finish(scripted([pending()]).flinks.waitForAccountsDetail(request, options)));
    const { flinks, log } = scripted(script);
    expect(await finish(flinks.waitForAccountsDetail(kept[0] as PendingOutcome))).toEqual(detail.body);
    expect(log()).toEqual(["GET GetAccountsDetailAsync at 0"]);
  });

  it("from a session that is pending itself", async () => {
    const first = scripted([pending("OPERATION_DISPATCHED")]);
    const outcome = await finish(first.flinks.authorize({ LoginId: "l" }));
    if (outcome.status !== "pending") throw new Error("A pending outcome was expected.");
    const { flinks, log } = scripted([pending(), detail]);
    expect(await finish(flinks.waitForAccountsDetail(stored(outcome)))).toEqual(detail.body);
    expect(log()).toEqual(["POST GetAccountsDetail at 0", "GET GetAccountsDetailAsync at 10000"]);
  });
});

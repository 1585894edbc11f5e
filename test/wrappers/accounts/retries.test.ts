import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksApiError, FlinksConnectionError, FlinksTimeoutError, flinksCodes } from "../../../src/index.ts";
import { clientOf, errorOf, errorOfClass } from "../../helpers/client.ts";
import { startServer } from "../../helpers/http-server.ts";
import { refusal } from "../../helpers/wire.ts";
import { dataCalls, detail, finish, requestId, reset, type Scripted, scripted } from "./support.ts";

const retry = { retries: 2 };
const page: Scripted = { status: 502, body: "<html>", headers: { "content-type": "text/html" } };

describe("a data call is", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  describe.each(dataCalls)("$name", ({ name, call, ready }) => {
    it.each<[string, Scripted]>([
      ["HTTP 429", refusal(undefined, { status: 429 })],
      ["HTTP 500", refusal("SOME_NEW_CODE", { status: 500 })],
      ["a page with HTTP 502", page],
      ["HTTP 503 without a body", { status: 503 }],
      ["a code that is retryable", refusal("RETRY_LATER", { status: 401 })],
      ["a reset", reset()],
      ["a timeout", "silence"],
    ])("repeated after %s", async (_, failure) => {
      const { flinks, sent, events } = scripted([failure, failure, ready], { retry });
      expect(await finish(call(flinks))).toMatchObject({ status: "ready" });
      expect(sent).toHaveLength(3);
      expect(sent.map(({ json }) => json)).toEqual(new Array(3).fill(sent[0]?.json));
      expect(events.map(({ operation, attempt }) => [operation, attempt])).toEqual([1, 2, 3].map((n) => [name, n]));
    });

    it("given up after the last retry, with the number of attempts", async () => {
      const { flinks, sent } = scripted([page, reset(), refusal("UNKNOWN_ERROR", { status: 500 })], { retry });
      const error = await errorOfClass(FlinksApiError, finish(call(flinks)));
      expect(error).toMatchObject({ code: "UNKNOWN_ERROR", attempts: 3, operation: name });
      expect(sent).toHaveLength(3);
    });

    it.each([
      ["the client's retry: false", { retry: false }, {}],
      ["the call's retry: false", {}, { retry: false } as const],
      ["no retries left", { retry }, { retry: { retries: 0 } }],
    ])("not repeated with %s", async (_, options, callOptions) => {
      const { flinks, sent } = scripted([refusal("RETRY_LATER")], options);
      expect(await errorOf(finish(call(flinks, callOptions)))).toMatchObject({ attempts: 1 });
      expect(sent).toHaveLength(1);
    });
  });

  const codes = Object.entries(flinksCodes).filter(([code]) => !code.startsWith("OPERATION_"));

  it.each(codes)("repeated after %s exactly if the table says retryable", async (code, { retryable }) => {
    const { flinks, sent } = scripted([refusal(code), detail], { retry });
    const outcome = await finish(flinks.getAccountsDetail({ RequestId: requestId })).catch((error: unknown) => error);
    expect(outcome).toMatchObject(retryable ? { status: "ready" } : { code, attempts: 1 });
    expect(sent).toHaveLength(retryable ? 2 : 1);
  });

  it.each<[string, Scripted]>([
    ["a refusal without a code", refusal(undefined, { status: 401 })],
    ["an unknown code", refusal("SOME_NEW_CODE", { status: 400 })],
    ["a redirect", { status: 307, headers: { location: "/" } }],
    ["a page with HTTP 200", { body: "<html>" }],
    ["a body that says 500 under HTTP 200", { body: { HttpStatusCode: 500, Message: "m" } }],
  ])("not repeated after %s", async (_, failure) => {
    const { flinks, sent } = scripted([failure], { retry });
    expect(await errorOf(finish(flinks.getAccountsDetail({ RequestId: requestId })))).toMatchObject({ attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it("repeated when Retry-After says, but not later than maxDelayMs", async () => {
    const limited = (after: string) => refusal("TOO_MANY_REQUESTS", { status: 429, headers: { "retry-after": after } });
    const { flinks, log } = scripted([limited("3"), limited("3600"), detail], {
      retry: { retries: 2, maxDelayMs: 20_000 },
    });
    await finish(flinks.getAccountsDetail({ RequestId: requestId }));
    const times = ["at 0", "at 3000", "at 23000"];
    expect(log()).toEqual(times.map((time) => `POST GetAccountsDetail ${time}`));
  });

  it("limited by timeoutMs for each attempt, and the error says so", async () => {
    const { flinks, sent } = scripted(["silence"], { retry: { retries: 1, minDelayMs: 0 } });
    const call = flinks.getStatements({ RequestId: requestId }, { timeoutMs: 1_000 });
    const error = await errorOfClass(FlinksTimeoutError, finish(call));
    expect(error).toMatchObject({ code: "timeout", timeoutMs: 1_000, attempts: 2, mayHaveBeenSent: true });
    expect(sent.map(({ at }) => at)).toEqual([0, 1_000]);
  });

  it("ended by its signal, also between two attempts", async () => {
    const { flinks, sent } = scripted([refusal("RETRY_LATER", { headers: { "retry-after": "10" } })], { retry });
    const { signal, abort } = withReason();
    const call = flinks.getAccountsSummary({ RequestId: requestId }, { signal });
    setTimeout(abort, 5_000);
    expect(await errorOf(finish(call))).toBe(signal.reason);
    expect(sent).toHaveLength(1);
  });
});

function withReason() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error("the user left")) };
}

it("a reset by a real server is repeated, and told if it stays", async () => {
  const server = await startServer((_, response) => {
    if (server.received.length < 3) {
      response.socket?.resetAndDestroy();
      return undefined;
    }
    return detail;
  });
  const flinks = clientOf(server, { retry: { retries: 1, minDelayMs: 0 } });
  const error = await errorOfClass(FlinksConnectionError, flinks.getAccountsDetail({ RequestId: requestId }));
  expect(error).toMatchObject({ operation: "getAccountsDetail", attempts: 2, mayHaveBeenSent: true, retryable: true });
  expect(await flinks.getAccountsDetail({ RequestId: requestId })).toMatchObject({ status: "ready" });
});

/** A `fetch` of the user's: what it gets, and whatever it returns. */
import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksError, type FlinksFetchInit } from "../../../src/index.ts";
import { customerId, errorOf, loginId, requestId, secrets } from "../../helpers/client.ts";
import { authorizeWith, clientWith, responseLike, sessionText } from "../../helpers/fetch.ts";
import { refusal } from "../../helpers/wire.ts";

const bytes = new TextEncoder().encode(sessionText);
const throwing = () => {
  throw new Error("trapped");
};
const never = () => new Promise<never>(() => {});
const thenable = (then: (resolve: (value: object) => void) => void) =>
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried.
  Object.defineProperty({}, "then", { value: then });
const hostile = new Proxy({}, { get: throwing });
const halves = (): [string, string] => [sessionText.slice(0, 9), sessionText.slice(9)];
const endlessly = (value: unknown) => ({ getReader: () => ({ read: async () => ({ done: false, value }) }) });
/** A reader that gives these chunks, and has no `cancel`. */
const readerOf = (...chunks: unknown[]) => ({
  getReader: () => ({ read: async () => ({ done: chunks.length === 0, value: chunks.shift() }) }),
});

describe("a fetch gets a URL and an init", () => {
  it("of which a Request can be made", async () => {
    const requests: Request[] = [];
    await authorizeWith(async (url: string, init: RequestInit) => {
      requests.push(new Request(url, init));
      return new Response(sessionText);
    });
    const [request] = requests;
    expect(request).toMatchObject({
      method: "POST",
      url: `http://localhost/v3/${customerId}/BankingServices/Authorize`,
      redirect: "manual",
    });
    expect(await request?.json()).toEqual({ LoginId: loginId, MostRecentCached: true });
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "flinks-auth-key": secrets.token,
    });
  });

  it("with one signal, however often it is read", async () => {
    const signals: AbortSignal[] = [];
    await authorizeWith(async (_: string, init: FlinksFetchInit) => {
      signals.push(init.signal, init.signal);
      return new Response(sessionText);
    });
    expect(signals[0]).toBe(signals[1]);
  });

  it("with a body that is a string, or none, and headers of its own in each attempt", async () => {
    const inits: FlinksFetchInit[] = [];
    const fetch = async (_: string, init: FlinksFetchInit) => {
      inits.push({ ...init, headers: { ...init.headers } });
      delete init.headers["flinks-auth-key"];
      return inits.length === 1
        ? Response.json({ HttpStatusCode: 200, Token: "t" })
        : new Response("", { status: 503 });
    };
    await errorOf(authorizeWith(fetch, { secretKey: "k", retry: { retries: 1, minDelayMs: 0 } }));
    expect(Object.keys(inits[0] ?? {}).sort()).toEqual(["headers", "method", "redirect", "signal"]);
    expect(inits.map(({ body }) => typeof body)).toEqual(["undefined", "string", "undefined"]);
    expect(inits.map(({ headers }) => headers["flinks-auth-key"])).toEqual(["k", "t", "k"]);
    expect(inits.every(({ signal }) => signal instanceof AbortSignal)).toBe(true);
  });
});

describe("a session is read from", () => {
  it.each<[string, unknown]>([
    ["the least that a fetch can return", responseLike()],
    ["a thenable", thenable((resolve) => resolve(responseLike()))],
    ["a status that is a string", responseLike({ status: "200" })],
    ["headers that are null", responseLike({ headers: null })],
    ["headers that are undefined", responseLike({ headers: undefined })],
    ["headers that are a string", responseLike({ headers: "content-type: application/json" })],
    ["headers that are a map of lines", responseLike({ headers: { "content-type": ["application/json"] } })],
    ["headers whose get throws", responseLike({ headers: { get: throwing }, body: readerOf(bytes) })],
    ["headers whose get returns a list", responseLike({ headers: { get: () => ["a"] }, body: readerOf(bytes) })],
    ["headers that throw when they are touched", responseLike({ headers: hostile, body: readerOf(bytes) })],
    ["a body that is a string", responseLike({ body: sessionText })],
    ["a body that can only be piped", responseLike({ body: { pipe() {} } })],
    ["a body whose reader cannot be cancelled", responseLike({ body: readerOf(bytes.slice(0, 9), bytes.slice(9)) })],
    ["chunks that are strings", responseLike({ body: readerOf(...halves()) })],
    ["empty chunks", responseLike({ body: readerOf(new Uint8Array(), bytes, new Uint8Array()) })],
    ["bytes from another realm", responseLike({ body: readerOf(runInNewContext("Uint8Array").from(bytes)) })],
    ["a stream of Node's", responseLike({ body: Readable.from(halves()) })],
    ["an async iterator that cannot be returned", responseLike({ body: { [Symbol.asyncIterator]: iterator } })],
  ])("%s", async (_, response) => {
    expect(await authorizeWith(() => response)).toMatchObject({ status: "authorized", requestId });
  });

  function iterator() {
    const chunks: Uint8Array[] = [bytes];
    return { next: async () => ({ done: chunks.length === 0, value: chunks.shift() }) };
  }
});

it.each<[string, unknown]>([
  ["null", null],
  ["a string", "date: d"],
  ["a map of lines", { date: ["d"] }],
  ["a get that throws", { get: throwing }],
  ["a get that returns a list", { get: () => ["d"] }],
])("a refusal whose headers are %s is read without them", async (_, headers) => {
  const text = async () => JSON.stringify(refusal("TOO_MANY_REQUESTS").body);
  const error = await errorOf(authorizeWith(async () => responseLike({ status: 429, headers, text })));
  expect(error).toMatchObject({ name: "FlinksApiError", code: "TOO_MANY_REQUESTS", headers: {} });
  expect(error).not.toHaveProperty("retryAfterMs");
});

describe("is a FlinksConnectionError, observed or not:", () => {
  it.each<[string, unknown]>([
    ["null", null],
    ["undefined", undefined],
    ["a number", 7],
    ["a string", "200"],
    ["an empty object", {}],
    ["a Proxy that throws", hostile],
    ["a thenable that throws", thenable(throwing)],
    ["a status that is a symbol", responseLike({ status: Symbol("200") })],
    ["a status that throws", Object.defineProperty(responseLike(), "status", { get: throwing })],
    ["headers that throw", Object.defineProperty(responseLike(), "headers", { get: throwing })],
    ["a body that throws", Object.defineProperty(responseLike(), "body", { get: throwing })],
    ["a body that is a Proxy that throws", responseLike({ body: new Proxy({}, { has: throwing }) })],
    ["text that is missing", responseLike({ text: undefined })],
    ["text that rejects", responseLike({ text: async () => throwing() })],
    ["a getReader that throws", responseLike({ body: { getReader: throwing } })],
    ["a getReader without a reader", responseLike({ body: { getReader: () => undefined } })],
    ["a reader whose read throws", responseLike({ body: { getReader: () => ({ read: throwing, cancel: throwing }) } })],
    ["a reader that reads nothing", responseLike({ body: { getReader: () => ({ read: async () => undefined }) } })],
    ["an iterator that throws", responseLike({ body: { [Symbol.asyncIterator]: () => ({ next: throwing }) } })],
    ["chunks that are numbers", responseLike({ body: endlessly(7) })],
    ["chunks that are null", responseLike({ body: endlessly(null) })],
    ["chunks that are objects", responseLike({ body: endlessly({}) })],
    ["chunks that are symbols", responseLike({ body: endlessly(Symbol("s")) })],
  ])("%s", async (_, response) => {
    for (const options of [{}, { onExchange: () => {} }]) {
      const error = await errorOf(authorizeWith(() => response, options));
      expect(error).toMatchObject({ name: "FlinksConnectionError", code: "connection_failed" });
    }
  });

  it.each([7, {}])("a chunk of %j, which is not bytes, says so", async (chunk) => {
    const error = await errorOf(authorizeWith(() => responseLike({ body: endlessly(chunk) })));
    expect(error).toMatchObject({ cause: { message: "A chunk of the response's body is not bytes." } });
  });

  it("a fetch that throws at once", async () => {
    expect(await errorOf(authorizeWith(throwing))).toMatchObject({ cause: { message: "trapped" } });
  });
});

describe("is a FlinksResponseError:", () => {
  it.each<[string, object, number]>([
    ["a status that is NaN", { status: Number.NaN }, Number.NaN],
    ["a status that is undefined", { status: undefined }, Number.NaN],
    ["a status that says nothing when it is printed", { status: { valueOf: () => 600, toString: throwing } }, 600],
    ["text that is undefined", { text: async () => undefined }, 200],
    ["text that is an object", { text: async () => ({}) }, 200],
  ])("%s", async (_, fields, status) => {
    const error = await errorOf(authorizeWith(async () => responseLike(fields)));
    expect(error).toMatchObject({ name: "FlinksResponseError", status });
    const what = "text" in fields ? "an empty body (no content type, length 0)" : "an unexpected body";
    expect((error as Error).message).toContain(`with ${what}`);
  });
});

describe("time is up, or the signal aborts, in", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<[string, () => unknown]>([
    ["a fetch that never returns", never],
    ["a thenable that never settles", () => thenable(() => undefined)],
    ["text that never comes", () => responseLike({ text: never })],
    ["a reader that never reads", () => responseLike({ body: { getReader: () => ({ read: never }) } })],
    [
      "an iterator that never goes on",
      () => responseLike({ body: { [Symbol.asyncIterator]: () => ({ next: never }) } }),
    ],
  ])("%s", async (_, fetch) => {
    const controller = new AbortController();
    const calls = [
      errorOf(authorizeWith(fetch, { timeoutMs: 50 })),
      errorOf(authorizeWith(fetch, {}, { signal: controller.signal })),
      errorOf(clientWith(fetch, { secretKey: "k" }).generateAuthorizeToken({ timeoutMs: 50 })),
    ];
    await vi.advanceTimersByTimeAsync(49);
    controller.abort("enough");
    const ended = Promise.race(calls);
    await expect(ended).resolves.toBe("enough");
    await vi.advanceTimersByTimeAsync(1);
    const [first, , third] = await Promise.all(calls);
    expect([first, third]).toMatchObject(Array(2).fill({ name: "FlinksTimeoutError", timeoutMs: 50 }));
    expect(first).toBeInstanceOf(FlinksError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a response that comes late is cancelled at once, and not read", async () => {
    const freed: string[] = [];
    const late: Record<string, unknown> = {
      "a web stream": { getReader: () => ({ read: never, cancel: async () => freed.push("a web stream") }) },
      "a stream of Node's": Object.assign(Readable.from([]), { destroy: () => freed.push("a stream of Node's") }),
      "an iterator": { [Symbol.asyncIterator]: () => ({ next: never, return: async () => freed.push("an iterator") }) },
      "a reader that fails": {
        getReader: () => ({ read: never, cancel: () => Promise.reject(freed.push("a reader that fails")) }),
      },
      nothing: undefined,
    };
    const text = vi.fn(async () => sessionText);
    for (const body of Object.values(late)) {
      const fetch = () => new Promise((resolve) => setTimeout(resolve, 100, responseLike({ body, text })));
      const error = errorOf(authorizeWith(fetch, { timeoutMs: 50 }));
      await vi.advanceTimersByTimeAsync(100);
      expect(await error).toMatchObject({ name: "FlinksTimeoutError" });
    }
    expect([...new Set(freed)]).toEqual(Object.keys(late).filter((name) => name !== "nothing"));
    expect(text).not.toHaveBeenCalled();
  });

  it("a body that drips is cancelled, although its fetch ignores signals", async () => {
    const cancelled = vi.fn();
    const drip = () =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          controller.enqueue(new Uint8Array(1));
        },
        cancel: cancelled,
      });
    const error = errorOf(authorizeWith(async () => new Response(drip()), { timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(await error).toMatchObject({ name: "FlinksTimeoutError" });
    expect(cancelled).toHaveBeenCalledOnce();
  });
});

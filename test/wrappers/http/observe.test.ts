/** `onExchange`: one event for each exchange, which tells how it went and shows nothing private. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type FlinksClient, type FlinksExchangeEvent, FlinksTimeoutError } from "../../../src/index.ts";
import { clientOf, customerId, errorOf, loginId, requestId, secrets } from "../../helpers/client.ts";
import { clientWith, responseLike } from "../../helpers/fetch.ts";
import { type Reply, startServer, startServerWith } from "../../helpers/http-server.ts";
import { challenge, challengeAgain, pending, question, refusal, session, token } from "../../helpers/wire.ts";

const request = { LoginId: loginId };
const minting = { secretKey: secrets.secretKey };

/** The events of a call, whatever becomes of it. */
async function eventsOf(
  baseUrl: string,
  call: (flinks: FlinksClient) => Promise<unknown>,
  options: object = {},
): Promise<FlinksExchangeEvent[]> {
  const events: FlinksExchangeEvent[] = [];
  const onExchange = (event: FlinksExchangeEvent) => events.push(event);
  await call(clientOf({ baseUrl }, { onExchange, ...options })).catch(() => {});
  return events;
}

const eventsAfter = async (...replies: Reply[]) =>
  eventsOf((await startServerWith(...replies)).baseUrl, (flinks) => flinks.authorize(request));

describe("an event tells", () => {
  const facts = { operation: "authorize", attempt: 1, durationMs: expect.any(Number) };

  it.each<[string, Reply, object]>([
    ["a session", session(), { status: 200, requestId }],
    ["a challenge", challenge(), { status: 203, requestId }],
    [
      "a challenge that is asked again",
      challengeAgain(),
      { status: 401, requestId, code: "INVALID_SECURITY_RESPONSE" },
    ],
    ["a pending operation", pending(), { status: 202, requestId, code: "OPERATION_PENDING" }],
    [
      "a refusal",
      refusal("INVALID_LOGIN", { RequestId: requestId }),
      { status: 400, requestId, code: "INVALID_LOGIN" },
    ],
    ["a response without an id and a code", { status: 404, body: { Message: "m" } }, { status: 404, code: "HTTP_404" }],
    ["a refusal without a code", refusal(undefined, { status: 401 }), { status: 401, code: "HTTP_401" }],
    ["an unknown code", refusal(" NEW "), { status: 400, code: "NEW" }],
    ["a refusal under HTTP 200", { body: { HttpStatusCode: 401, Message: "m" } }, { status: 200 }],
    ["a page", { status: 502, body: "<html>" }, { status: 502, code: "HTTP_502" }],
  ])("%s", async (_, reply, expected) => {
    const before = performance.now();
    const events = await eventsAfter(reply);
    expect(events).toStrictEqual([{ ...facts, result: "answer", ...expected }]);
    expect(events[0]?.durationMs).toBeLessThanOrEqual(performance.now() - before);
  });

  it.each<[string, Reply | undefined, object]>([
    ["a redirect", { status: 302, headers: { location: "/" } }, { result: "connection" }],
    ["silence", undefined, { result: "timeout" }],
    ["a body that is too long", { status: 203, body: "x".repeat(2_000) }, { result: "answer", status: 203 }],
  ])("%s", async (_, reply, expected) => {
    const { baseUrl } = await startServer(() => reply);
    const options = { maxResponseBytes: 1_000, ...(reply === undefined && { timeoutMs: 50 }) };
    const events = await eventsOf(baseUrl, (flinks) => flinks.authorize(request, options));
    expect(events).toEqual([{ ...facts, ...expected }]);
  });

  it("a connection that is cut", async () => {
    const { baseUrl } = await startServer((_, response) => void response.destroy());
    const events = await eventsOf(baseUrl, (flinks) => flinks.authorize(request));
    expect(events).toEqual([{ ...facts, result: "connection" }]);
  });

  it("a call that was aborted, and how long it took", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const onExchange = vi.fn();
    const controller = new AbortController();
    const fetch = () => new Promise(() => {});
    const ended = errorOf(clientWith(fetch, { onExchange }).authorize(request, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(5_000);
    controller.abort();
    await ended;
    expect(onExchange.mock.calls).toEqual([[{ ...facts, result: "aborted", durationMs: 5_000 }]]);
  });
});

it("attempts are numbered for each operation", async () => {
  const replies = [
    refusal(undefined, { status: 503 }),
    token(),
    refusal("RETRY_LATER", { status: 401 }),
    token(),
    session(),
  ];
  const { baseUrl } = await startServerWith(...replies);
  const retry = { retries: 3, minDelayMs: 0 };
  const events = await eventsOf(baseUrl, (flinks) => flinks.authorize(request), { ...minting, retry });
  expect(events.map(({ operation, attempt, status, code }) => [operation, attempt, status, code])).toEqual([
    ["generateAuthorizeToken", 1, 503, "HTTP_503"],
    ["generateAuthorizeToken", 2, 200, undefined],
    ["authorize", 1, 401, "RETRY_LATER"],
    ["generateAuthorizeToken", 2, 200, undefined],
    ["authorize", 2, 200, undefined],
  ]);
});

it("http has events, too", async () => {
  const { baseUrl } = await startServerWith(refusal("INVALID_LOGIN"));
  const params = { path: { customerId }, header: { "flinks-auth-key": secrets.token } };
  const events = await eventsOf(baseUrl, ({ http }) =>
    http.POST("/v3/{customerId}/BankingServices/GenerateAuthorizeToken", { params }),
  );
  expect(events).toMatchObject([
    { operation: "generateAuthorizeToken", attempt: 1, status: 400, code: "INVALID_LOGIN" },
  ]);
});

describe("there is no event where nothing was sent:", () => {
  it.each<[string, (flinks: FlinksClient) => Promise<unknown>, object]>([
    ["a wrong request", (flinks) => flinks.authorize({} as typeof request), {}],
    ["a wrong option of a call", (flinks) => flinks.authorize(request, { timeoutMs: 0 }), {}],
    ["a signal that is aborted", (flinks) => flinks.authorize(request, { signal: AbortSignal.abort() }), {}],
    ["the same with a key", (flinks) => flinks.generateAuthorizeToken({ signal: AbortSignal.abort() }), minting],
    [
      "the same with http",
      ({ http }) =>
        http.POST("/v3/{customerId}/BankingServices/Authorize", {
          params: { path: { customerId }, header: { "flinks-auth-key": "t" } },
          body: {},
          signal: AbortSignal.abort(),
        }),
      {},
    ],
    ["a path that is not the document's", ({ http }) => http.POST("/admin" as never, {} as never), {}],
  ])("%s", async (_, call, options) => {
    const server = await startServerWith(session());
    expect(await eventsOf(server.baseUrl, call, options)).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it("no fetch at all", async () => {
    const onExchange = vi.fn<() => void>();
    vi.stubGlobal("fetch", undefined);
    const error = await errorOf(clientWith(undefined, { onExchange }).authorize(request));
    vi.unstubAllGlobals();
    expect(error).toMatchObject({ name: "FlinksUsageError" });
    expect(onExchange).not.toHaveBeenCalled();
  });
});

describe("an observer changes nothing:", () => {
  const failing = () => {
    throw new Error("the observer's");
  };
  it.each<[string, (event: FlinksExchangeEvent) => unknown]>([
    ["one that throws", failing],
    ["one that rejects", async () => failing()],
    ["one that never settles", () => new Promise(() => {})],
    ["one that writes into its event", (event) => Object.assign(event, { status: 0, requestId: "other" })],
  ])("%s", async (_, onExchange) => {
    const flinks = clientWith(async () => responseLike(), { onExchange });
    expect(await flinks.authorize(request)).toMatchObject({ status: "authorized", requestId });
    const silent = clientWith(() => new Promise(() => {}), { onExchange, timeoutMs: 5 });
    expect(await errorOf(silent.authorize(request))).toBeInstanceOf(FlinksTimeoutError);
  });
});

it("events hold no secret and no personal data", async () => {
  const { Username, Password, answer } = secrets;
  const all = Object.values(secrets).join(" ");
  const Login = { Username, Id: loginId };
  const replies = [
    token(secrets.token),
    challenge([question("City?")], { InstitutionName: "FlinksCapital" }),
    challengeAgain([question("City?")], { Message: all, FlinksCode: all, RequestId: `${requestId}-${answer}` }),
    session({ Login, Message: all, FlinksCode: all }),
  ];
  const { baseUrl } = await startServerWith(...replies);
  const events = await eventsOf(
    baseUrl,
    (flinks) =>
      flinks.authorizeWithMfa({ Institution: "FlinksCapital", Username, Password, Tag: "tag" }, () => ({
        "City?": answer,
      })),
    minting,
  );
  expect(events.map(({ operation, status, code }) => [operation, status, code])).toEqual([
    ["generateAuthorizeToken", 200, undefined],
    ["authorize", 203, undefined],
    ["authorize", 401, "HTTP_401"],
    ["authorize", 200, undefined],
  ]);
  const text = JSON.stringify(events);
  for (const secret of [...Object.values(secrets), loginId, "FlinksCapital", "City?", "tag"])
    expect(text).not.toContain(secret);
});

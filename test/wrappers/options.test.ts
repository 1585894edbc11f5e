import { describe, expect, it } from "vitest";
import { createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { clientOf, customerId, errorOfClass, loginId, secrets } from "../helpers/client.ts";
import { authorizeWith, clientWith, responseLike } from "../helpers/fetch.ts";
import { startServerWith } from "../helpers/http-server.ts";
import { session, token } from "../helpers/wire.ts";

const good = { instance: "toolbox", customerId, secretKey: "key" };

function make(options: unknown) {
  return createFlinksClient(options as Parameters<typeof createFlinksClient>[0]);
}

async function messageOf(call: Promise<unknown> | (() => unknown)): Promise<string> {
  const error = await errorOfClass(FlinksUsageError, call);
  expect(error).toMatchObject({ code: "invalid_options", retryable: false });
  return error.message;
}
const messageFor = (options: unknown) => messageOf(() => make(options));

it("creating a client sends nothing", async () => {
  const server = await startServerWith(token());
  make({ customerId, secretKey: "key", baseUrl: server.baseUrl, prefetch: 2 });
  expect(server.received).toEqual([]);
});

it.each([undefined, null, 7, "toolbox", []])("rejects %j as options", async (options) => {
  expect(await messageFor(options)).toBe("The options must be an object.");
});

it("rejects an unknown option, and names those that there are", async () => {
  expect(await messageFor({ ...good, timeoutMS: 5 })).toBe(
    'Unknown field "timeoutMS" in the options. Expected: instance, baseUrl, allowInsecureHttp, connectUrl, customerId, ' +
      "apiKey, secretKey, authorizeToken, prefetch, fetch, timeoutMs, retry, maxResponseBytes, onExchange.",
  );
});

it("takes undefined for what can be left out", async () => {
  const names = ["allowInsecureHttp", "prefetch", "fetch", "timeoutMs", "retry", "maxResponseBytes", "onExchange"];
  const unset = Object.fromEntries([...names, "baseUrl", "authorizeToken"].map((name) => [name, undefined]));
  expect(() => make({ ...good, ...unset })).not.toThrow();
});

describe("exactly one is set of", () => {
  it.each<[string, object, string]>([
    ["instance and baseUrl", { baseUrl: "https://example.com" }, "(got both)."],
    ["instance and baseUrl", { instance: undefined }, "(got neither). Is FLINKS_INSTANCE set?"],
    ["secretKey and authorizeToken", { authorizeToken: "t" }, "(got both)."],
    ["secretKey and authorizeToken", { secretKey: undefined }, "(got neither). Is FLINKS_SECRET_KEY set?"],
  ])("%s: %j", async (names, options, hint) => {
    expect(await messageFor({ ...good, ...options })).toBe(`Set exactly one of ${names} ${hint}`);
  });

  it("names the variable of a customerId that is missing", async () => {
    expect(await messageFor({ ...good, customerId: undefined })).toBe("Set customerId. Is FLINKS_CUSTOMER_ID set?");
  });
});

describe.each(["secretKey", "authorizeToken"])("%s", (name) => {
  const rest = { instance: "toolbox", customerId };

  it.each(["\n", " ", "\t", "\u0000", "\r\nx: y", "ключ", "\u007f"])("with %j is rejected unseen", async (end) => {
    expect(await messageFor({ ...rest, [name]: secrets.secretKey + end })).toBe(
      `${name} must be a non-empty string that fits in an HTTP header: Latin-1 characters, no line breaks, no surrounding whitespace.`,
    );
  });

  it.each([7, "", null, [], {}])("is a string, not %j", async (value) => {
    expect(await messageFor({ ...rest, [name]: value })).toMatch(
      new RegExp(`^${name} must be a non-empty string that fits in an HTTP header`),
    );
  });

  it.each(["a", "a b", "a\tb", "é", "a".repeat(5_000)])("is taken with what a header may hold: %j", (value) => {
    expect(() => make({ ...rest, [name]: value })).not.toThrow();
  });
});

it.each(["", "a\nb", 7, null])("apiKey is a header's value, not %j", async (apiKey) => {
  expect(await messageFor({ instance: "toolbox", customerId, secretKey: "k", apiKey })).toMatch(
    /^apiKey must be a non-empty string that fits in an HTTP header/,
  );
});

describe("numbers and functions:", () => {
  const integer = (name: string, min: number, max = 2147483647) =>
    `${name} must be a whole number from ${min} to ${max}.`;
  it.each<[object, string]>([
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5", null].map((timeoutMs): [object, string] => [
      { timeoutMs },
      integer("timeoutMs", 1),
    ]),
    [{ maxResponseBytes: 0 }, integer("maxResponseBytes", 1)],
    [{ prefetch: -1 }, integer("prefetch", 0, 100)],
    [{ prefetch: 101 }, integer("prefetch", 0, 100)],
    [{ prefetch: 1, secretKey: undefined, authorizeToken: "t" }, "prefetch requires secretKey."],
    [{ retry: true }, "retry must be false or an object."],
    [{ retry: null }, "retry must be false or an object."],
    [{ retry: { retires: 3 } }, 'Unknown field "retires" in retry. Expected: retries, minDelayMs, maxDelayMs.'],
    [{ retry: { retries: -1 } }, integer("retry.retries", 0)],
    [{ retry: { minDelayMs: "1" } }, integer("retry.minDelayMs", 0)],
    [{ retry: { maxDelayMs: 0.5 } }, integer("retry.maxDelayMs", 0)],
    [{ fetch: {} }, "fetch must be a function."],
    [{ fetch: null }, "fetch must be a function."],
    [{ onExchange: {} }, "onExchange must be a function."],
  ])("rejects %o", async (options, message) => {
    expect(await messageFor({ ...good, ...options })).toBe(message);
  });

  it.each<[object]>([
    [{ timeoutMs: 1 }],
    [{ timeoutMs: 2 ** 31 - 1 }],
    [{ maxResponseBytes: 1 }],
    [{ prefetch: 100 }],
    [{ retry: false }],
    [{ retry: {} }],
    [{ retry: { retries: 0, minDelayMs: 0, maxDelayMs: 0 } }],
  ])("takes %o", (options) => {
    expect(() => make({ ...good, ...options })).not.toThrow();
  });
});

describe("the options of a call:", () => {
  const signal = "signal must be an AbortSignal.";
  it.each<[unknown, string]>([
    [{ timeoutMs: 0 }, "timeoutMs must be a whole number from 1 to 2147483647."],
    [{ maxResponseBytes: 0 }, "maxResponseBytes must be a whole number from 1 to 2147483647."],
    [{ retry: { retries: "2" } }, "retry.retries must be a whole number from 0 to 2147483647."],
    [{ signal: "stop" }, signal],
    [{ signal: null }, signal],
    [{ signal: {} }, signal],
    [{ signal: new EventTarget() }, signal],
    [{ signal: { aborted: false, addEventListener: 1 } }, signal],
    [
      { maxRounds: 1 },
      'Unknown field "maxRounds" in the options. Expected: signal, timeoutMs, retry, maxResponseBytes.',
    ],
    [7, "The options must be an object."],
    [null, "The options must be an object."],
  ])("rejects %o", async (options, message) => {
    const call = options as { timeoutMs?: number };
    expect(await messageOf(make(good).authorize({ LoginId: loginId }, call))).toBe(message);
    expect(await messageOf(make(good).generateAuthorizeToken(call))).toBe(message);
  });

  it("rejects a wrong maxRounds or handler of authorizeWithMfa", async () => {
    const { authorizeWithMfa } = make(good);
    const request = { LoginId: loginId };
    expect(await messageOf(authorizeWithMfa(request, () => ({}), { maxRounds: 0 }))).toMatch(
      /^maxRounds must be a whole number from 1/,
    );
    expect(await messageOf(authorizeWithMfa(request, undefined as never))).toBe("onChallenge must be a function.");
  });

  it("go before the client's, and leave the others", async () => {
    let calls = 0;
    const fetch = async () => (calls++ === 0 ? new Response("", { status: 503 }) : responseLike());
    const client = { retry: { retries: 0, minDelayMs: 60_000 } };
    await authorizeWith(fetch, client, { retry: { retries: 1, minDelayMs: 0 } });
    await clientWith(fetch, client).authorize({ LoginId: loginId }, { retry: undefined, signal: undefined });
    expect(calls).toBe(3);
  });
});

it("generateAuthorizeToken requires a secretKey", async () => {
  const flinks = clientOf(await startServerWith(session()));
  expect(await messageOf(flinks.generateAuthorizeToken())).toBe("generateAuthorizeToken() requires secretKey.");
});

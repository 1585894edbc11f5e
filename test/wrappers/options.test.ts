import { describe, expect, it } from "vitest";
import { createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { clientOf, customerId, errorOf, errorOfClass, loginId, secrets } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

const good = { instance: "toolbox", customerId, secretKey: "key" };

function make(options: object) {
  return createFlinksClient(options as Parameters<typeof createFlinksClient>[0]);
}

async function messageFor(options: unknown): Promise<string> {
  return (await errorOfClass(FlinksUsageError, () => make(options as object))).message;
}

it("sends nothing when the client is made", async () => {
  const server = await startServerWith({});
  make({ baseUrl: server.baseUrl, customerId, secretKey: "key" });
  expect(server.received).toEqual([]);
});

it.each([undefined, null, 7, "toolbox", []])("%o are no options", async (options) => {
  expect(await messageFor(options)).toMatch(/^The options must be an object\.$/);
});

it("refuses an option that it does not have, and says which there are", async () => {
  expect(await messageFor({ ...good, timeoutMS: 5 })).toBe(
    'The options cannot take "timeoutMS", only instance, baseUrl, customerId, secretKey, authorizeToken, prefetch, ' +
      "fetch, timeoutMs, retry, maxResponseBytes.",
  );
});

describe("instance", () => {
  it("becomes the server's URL of the document", async () => {
    const urls: string[] = [];
    const flinks = make({
      ...good,
      instance: "acme-ca",
      fetch: async (url: string) => {
        urls.push(url);
        return Response.json({ Token: "t" });
      },
    });
    await flinks.generateAuthorizeToken();
    expect(urls).toEqual([
      `https://acme-ca-api.private.fin.ag/v3/${customerId}/BankingServices/GenerateAuthorizeToken`,
    ]);
  });

  it.each(["a", "A9", "a-b", "x".repeat(63)])("takes %s", (instance) => {
    expect(() => make({ ...good, instance })).not.toThrow();
  });

  it.each([
    "evil.example/",
    "evil.example",
    "a b",
    "-a",
    "a-",
    "x".repeat(64),
    "töolbox",
    "tооlbox",
    "a\n",
    "@",
    "ſ",
  ])("refuses %j", async (instance) => {
    expect(await messageFor({ ...good, instance })).toBe(
      'instance must be a name such as "toolbox": letters, digits and inner hyphens, at most 63.',
    );
  });

  it("refuses what is no string", async () => {
    for (const instance of [null, "", 7]) {
      expect(await messageFor({ ...good, instance })).toMatch(/^instance must be a name/);
    }
  });
});

describe("baseUrl", () => {
  const options = { customerId, secretKey: "key" };

  it.each([
    "https://example.com",
    "https://example.com/gateway/flinks/",
    "http://localhost:4010",
    "http://127.0.0.1:4010",
    "http://127.1",
    "http://127.255.255.254",
    "http://[::1]:4010",
  ])("takes %s", (baseUrl) => {
    expect(() => make({ ...options, baseUrl })).not.toThrow();
  });

  it.each([
    "http://example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://localhost.",
    "http://[::2]",
    "http://0.0.0.0",
    "ftp://localhost",
    "file:///etc/passwd",
    "http://example.com/https://example.com",
    "ftp://example.com/http://localhost/",
  ])("refuses %s, where a key would travel in the open", async (baseUrl) => {
    expect(await messageFor({ ...options, baseUrl })).toMatch(
      /^baseUrl must be an https: URL, or http: on a loopback host/,
    );
  });

  it.each([
    "https://user@example.com",
    "https://:pw@example.com",
    "https://example.com?a=b",
    "https://example.com#a",
  ])("refuses %s", async (baseUrl) => {
    expect(await messageFor({ ...options, baseUrl })).toBe(
      "baseUrl must be an https: URL, or http: on a loopback host, without credentials, query or fragment.",
    );
  });

  it("refuses what is no URL", async () => {
    expect(await messageFor({ ...options, baseUrl: "toolbox" })).toMatch(/^baseUrl must be a whole URL/);
    for (const baseUrl of [7, new URL("https://example.com"), ["https://example.com"]]) {
      expect(await messageFor({ ...options, baseUrl })).toBe("baseUrl must be a whole URL.");
    }
  });

  it("may have a path, with or without a slash at its end", async () => {
    const server = await startServerWith({ body: { Token: "t" } });
    for (const path of ["/gateway", "/gateway/", "/gateway///"]) {
      await clientOf({ baseUrl: server.baseUrl + path }, { secretKey: "key" }).generateAuthorizeToken();
    }
    expect(new Set(server.received.map(({ url }) => url))).toEqual(
      new Set([`/gateway/v3/${customerId}/BankingServices/GenerateAuthorizeToken`]),
    );
  });
});

describe("exactly one", () => {
  it("of instance and baseUrl", async () => {
    expect(await messageFor({ ...good, baseUrl: "https://example.com" })).toBe(
      "Set exactly one of instance and baseUrl: 2 are set.",
    );
    expect(await messageFor({ ...good, instance: undefined })).toBe(
      "Set exactly one of instance and baseUrl: 0 are set.",
    );
  });

  it("of secretKey and authorizeToken, naming what an environment variable left out", async () => {
    expect(await messageFor({ ...good, authorizeToken: "t" })).toBe(
      "Set exactly one of secretKey and authorizeToken: 2 are set.",
    );
    expect(await messageFor({ ...good, secretKey: undefined })).toBe(
      "Set exactly one of secretKey and authorizeToken: 0 are set.",
    );
  });
});

it.each(["..", ".", "a/b", "a b", "a%2e", "é", "a\n", 7, ["a"]])("refuses the customerId %j", async (id) => {
  expect(await messageFor({ ...good, customerId: id })).toMatch(/^customerId must be one path segment/);
});

describe("keys and tokens that cannot be a header", () => {
  it.each(["\n", " ", "\t", "\u0000", "\r\nx: y", "ключ", "\u007f"])(
    "with %j are refused unseen",
    async (end) => {
      for (const name of ["secretKey", "authorizeToken"]) {
        const message = await messageFor({
          instance: "toolbox",
          customerId,
          [name]: secrets.secretKey + end,
        });
        expect(message).toBe(
          `${name} must be a string that a header can hold: without line breaks, blanks at its ends, or characters ` +
            "beyond Latin-1.",
        );
      }
    },
  );

  it("are taken with what a header may hold", () => {
    for (const secretKey of ["a", "a b", "a\tb", "é", "a".repeat(5000)]) {
      expect(() => make({ ...good, secretKey })).not.toThrow();
    }
  });

  it("are strings", async () => {
    for (const key of [7, "", null, []]) {
      for (const name of ["secretKey", "authorizeToken"]) {
        expect(await messageFor({ instance: "toolbox", customerId, [name]: key })).toMatch(
          new RegExp(`^${name} must be a string`),
        );
      }
    }
  });
});

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5", null])(
  "refuses the timeoutMs %o",
  async (timeoutMs) => {
    expect(await messageFor({ ...good, timeoutMs })).toBe(
      "timeoutMs must be a whole number from 1 to 2147483647.",
    );
  },
);

it.each([
  [{ retry: true }, "retry must be an object."],
  [{ retry: null }, "retry must be an object."],
  [{ retry: { retires: 3 } }, 'retry cannot take "retires", only retries, minDelayMs, maxDelayMs.'],
  [{ retry: { retries: -1 } }, "retry.retries must be a whole number from 0 to 2147483647."],
  [{ retry: { maxDelayMs: 0.5 } }, "retry.maxDelayMs must be a whole number from 0 to 2147483647."],
  [{ maxResponseBytes: 0 }, "maxResponseBytes must be a whole number from 1 to 2147483647."],
])("refuses %j", async (options, message) => {
  expect(await messageFor({ ...good, ...options })).toBe(message);
});

it("refuses a fetch that is no function", async () => {
  expect(await messageFor({ ...good, fetch: {} })).toBe("fetch must be a function.");
});

it("looks up globalThis.fetch when the client is made", async () => {
  const original = globalThis.fetch;
  try {
    globalThis.fetch = async () => Response.json({ Token: "from the first" });
    const flinks = make(good);
    globalThis.fetch = async () => Response.json({ Token: "from the second" });
    expect(await flinks.generateAuthorizeToken()).toBe("from the first");
  } finally {
    globalThis.fetch = original;
  }
});

describe("a call's options", () => {
  it.each([
    [{ timeoutMs: 0 }, "timeoutMs must be a whole number from 1 to 2147483647."],
    [{ signal: "stop" }, "signal must be an AbortSignal."],
    [{ signal: null }, "signal must be an AbortSignal."],
    [{ signal: {} }, "signal must be an AbortSignal."],
    [{ signal: new EventTarget() }, "signal must be an AbortSignal."],
    [{ signal: { aborted: false, addEventListener: 1 } }, "signal must be an AbortSignal."],
    [{ maxRounds: 1 }, 'The options cannot take "maxRounds", only signal, timeoutMs, retry.'],
    [7, "The options must be an object."],
  ])("%o are refused", async (options, message) => {
    // Made here: what throws while tests are collected is a test that nobody misses.
    expect(await errorOf(make(good).authorize({ LoginId: loginId }, options as object))).toMatchObject({
      name: "FlinksUsageError",
      message,
    });
  });

  it("may hold a signal of another make", async () => {
    const server = await startServerWith({ body: { RequestId: "r" } });
    const { signal } = new AbortController();
    const polyfilled = {
      aborted: false,
      addEventListener() {},
      removeEventListener() {},
    };
    for (const given of [signal, polyfilled as unknown as AbortSignal]) {
      const outcome = await clientOf(server).authorize({ LoginId: loginId }, { signal: given });
      expect(outcome.status).toBe("authorized");
    }
  });
});

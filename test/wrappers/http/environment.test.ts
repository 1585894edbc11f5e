/** Without the globals that Jest's jsdom environment lacks, the client works with a `fetch` of the user's. */
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFlinksClient } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { clientOf, customerId, errorOf, requestId } from "../../helpers/client.ts";
import { authorizeWith, clientWith, responseLike, sessionText } from "../../helpers/fetch.ts";

const { TextEncoder } = globalThis;
const missing = ["structuredClone", "TextDecoder", "TextEncoder", "Response", "Request", "fetch", "ReadableStream"];

afterEach(() => {
  vi.unstubAllGlobals();
});

/** As in an environment that does not have them. */
function without(...globals: string[]): void {
  for (const name of globals) vi.stubGlobal(name, undefined);
  vi.stubGlobal("URL", class extends URL {});
  Object.defineProperty(URL, "canParse", { value: undefined });
}

/** The bytes of a text, as node-fetch gives them. */
const bodyOf = (text: string) => ({
  async *[Symbol.asyncIterator]() {
    yield new TextEncoder().encode(text);
  },
});

describe.each([...missing.map((name) => [name]), missing])("without %s", (...globals) => {
  beforeEach(() => without(...globals));

  it("a fetch of the user's is read, as text and piece by piece", async () => {
    for (const body of [
      undefined,
      bodyOf(sessionText.replace("{", "\n{").replace(requestId, "é-\u20ac-\ud83d\ude00")),
    ]) {
      const outcome = await authorizeWith(async () => responseLike({ body }));
      expect(outcome.requestId).toBe(body === undefined ? requestId : "é-\u20ac-\ud83d\ude00");
    }
  });

  it("a long body is read in pieces that cut characters", async () => {
    const bytes = new TextEncoder().encode(sessionText.replace(requestId, "é".repeat(50_000)));
    const body = {
      async *[Symbol.asyncIterator]() {
        const cuts = [0, 1, 33_333, 66_667, bytes.length];
        for (const [at, end] of cuts.slice(1).entries()) yield bytes.slice(cuts[at], end);
      },
    };
    expect((await authorizeWith(async () => responseLike({ body }))).requestId).toBe("é".repeat(50_000));
  });

  it("misuse is a FlinksUsageError as ever", () => {
    expect(() => createFlinksClient({ baseUrl: "nonsense", customerId, secretKey: "k" })).toThrow(
      "baseUrl must be a whole URL",
    );
  });
});

// Node's own Response needs a ReadableStream, and where one is missing the other is.
it.each([...missing.filter((name) => name !== "ReadableStream").map((name) => [name]), missing])(
  "without %s the sandbox answers a whole session",
  async (...globals) => {
    without(...globals);
    const sandbox = createSandbox({ random: () => 0 });
    const flinks = clientOf(sandbox.options, sandbox.options);
    const outcome = await flinks.authorizeWithMfa({ LoginId: sandbox.loginIds.greatday }, () => ({
      "What city were you born in?": "Montreal",
    }));
    expect(outcome).toMatchObject({ status: "authorized" });
  },
);

describe("what is missing is named:", () => {
  const params = { path: { customerId }, header: { "flinks-auth-key": "t" } };
  const post = () =>
    clientWith(async () => responseLike()).http.POST("/v3/{customerId}/BankingServices/Authorize", {
      params,
      body: {},
    });

  it.each(["Request", "Response"])("%s, which http requires", async (name) => {
    vi.stubGlobal(name, undefined);
    expect(await errorOf(post())).toMatchObject({
      name: "FlinksUsageError",
      code: "invalid_options",
      message: "http requires the globals Request and Response, which this environment lacks.",
    });
  });

  it("TextEncoder, which chunks that are strings require", async () => {
    const body = Readable.from([sessionText]);
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, "TextEncoder") ?? {};
    Reflect.deleteProperty(globalThis, "TextEncoder");
    const error = await errorOf(authorizeWith(async () => responseLike({ body })));
    Object.defineProperty(globalThis, "TextEncoder", descriptor);
    expect(error).toMatchObject({
      name: "FlinksConnectionError",
      message: expect.stringContaining("fetch uses something that is not defined (TextEncoder)."),
    });
  });
});

it("without TextDecoder, bytes that are not UTF-8 are a FlinksConnectionError", async () => {
  without("TextDecoder");
  const body = {
    async *[Symbol.asyncIterator]() {
      yield new Uint8Array([0x7b, 0xff]);
    },
  };
  expect(await errorOf(authorizeWith(async () => responseLike({ body })))).toMatchObject({
    name: "FlinksConnectionError",
  });
});

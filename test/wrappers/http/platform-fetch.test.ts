/** The default `fetch`: looked up at every call, with what each runtime needs. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFlinksClient, type FlinksClient, type FlinksFetchInit } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { clientOf, customerId, errorOf, loginId, requestId } from "../../helpers/client.ts";
import { authorizeWith, responseLike, sessionText } from "../../helpers/fetch.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const options = { instance: "toolbox", customerId, retry: false } as const;
const authorize = (flinks: FlinksClient) => flinks.authorize({ LoginId: loginId });
const newClient = () => createFlinksClient({ ...options, authorizeToken: () => "t" });

/** Puts a fetch in place that answers with a session, and lists what it gets. */
function stubFetch(): FlinksFetchInit[] {
  const inits: FlinksFetchInit[] = [];
  vi.stubGlobal("fetch", async (_: string, init: FlinksFetchInit) => {
    inits.push(init);
    return new Response(sessionText);
  });
  return inits;
}

describe("a fetch that is replaced gets the call, with a body that is a string:", () => {
  it("before the client is created", async () => {
    const inits = stubFetch();
    await authorize(newClient());
    expect(inits).toMatchObject([{ method: "POST", body: expect.stringContaining(loginId) }]);
  });

  it("after the client is created, and again between calls", async () => {
    const flinks = newClient();
    for (const _ of [1, 2]) {
      const inits = stubFetch();
      await authorize(flinks);
      expect(inits).toMatchObject([{ body: expect.any(String) }]);
    }
  });

  it("before the package is imported", async () => {
    const inits = stubFetch();
    vi.resetModules();
    const { createFlinksClient } = await import("../../../src/index.ts");
    await createFlinksClient({ ...options, authorizeToken: "t" }).authorize({ LoginId: loginId });
    expect(inits).toMatchObject([{ body: expect.any(String) }]);
  });

  it("by a spy", async () => {
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(sessionText));
    await authorize(newClient());
    expect(spy).toHaveBeenCalledWith(
      `https://toolbox-api.private.fin.ag/v3/${customerId}/BankingServices/Authorize`,
      expect.objectContaining({ body: expect.any(String) }),
    );
  });
});

it("a fetch of the client's own is used instead, and the global one is left alone", async () => {
  const inits = stubFetch();
  await authorizeWith(async () => responseLike());
  expect(inits).toEqual([]);
});

it("a global fetch that is missing is named, and needed by no other", async () => {
  vi.stubGlobal("fetch", undefined);
  expect(await errorOf(authorize(newClient()))).toMatchObject({
    name: "FlinksUsageError",
    code: "invalid_options",
    message: "There is no global fetch in this environment. Set the fetch option.",
  });
  const sandbox = createSandbox();
  const outcome = await clientOf(sandbox.options, sandbox.options).authorize({
    LoginId: sandbox.loginIds.greatday_nomfa,
  });
  expect(outcome.status).toBe("authorized");
});

describe("in", () => {
  /** As Deno's own is written: a function with that name, which can be constructed. */
  const inits: (RequestInit & { duplex?: string })[] = [];
  function fetch(_: string, init: RequestInit): Promise<Response> {
    inits.push(init);
    return Promise.resolve(new Response(sessionText));
  }
  const arrow = Object.defineProperty((url: string, init: RequestInit) => fetch(url, init), "name", { value: "fetch" });
  function mock(url: string, init: RequestInit) {
    return fetch(url, init);
  }

  it.each<[string, object | undefined, unknown, object, object?]>([
    [
      "Node 20, redirects are errors",
      { versions: { undici: "6.0.0" } },
      fetch,
      { redirect: "error", body: expect.any(String) },
    ],
    [
      "a newer Node, too",
      { versions: { undici: "7.0.0" } },
      fetch,
      { redirect: "error", body: expect.any(String) },
      { userAgent: "Node.js/22" },
    ],
    [
      "workerd, which has Node's process, they are handed over",
      { versions: { undici: "7.0.0" } },
      fetch,
      { redirect: "manual", body: expect.any(String) },
      { userAgent: "Cloudflare-Workers" },
    ],
    [
      "Bun, they are handed over",
      { versions: { bun: "1.0.0" } },
      fetch,
      { redirect: "manual", body: expect.any(String) },
    ],
    ["a browser, too", undefined, fetch, { redirect: "manual", body: expect.any(String) }],
    ["a bundle with a bare process, too", {}, fetch, { redirect: "manual", body: expect.any(String) }],
    [
      "Deno, a body is a stream",
      { versions: { deno: "2.0.0" } },
      fetch,
      { body: expect.any(ReadableStream), duplex: "half" },
    ],
    ["Deno, a wrapper gets a string", { versions: { deno: "2.0.0" } }, arrow, { body: expect.any(String) }],
    ["Deno, a mock gets a string", { versions: { deno: "2.0.0" } }, mock, { body: expect.any(String) }],
  ])("%s", async (_, process, globalFetch, expected, navigator) => {
    inits.length = 0;
    vi.stubGlobal("fetch", globalFetch);
    vi.stubGlobal("process", process);
    vi.stubGlobal("navigator", navigator);
    const outcome = await authorize(newClient()).finally(() => vi.unstubAllGlobals());
    expect(outcome).toMatchObject({ requestId });
    expect(inits).toMatchObject([expected]);
  });

  it("Deno, the stream holds the body, and a request without one stays without", async () => {
    inits.length = 0;
    vi.stubGlobal("fetch", fetch);
    vi.stubGlobal("process", { versions: { deno: "2.0.0" } });
    const minting = createFlinksClient({ ...options, secretKey: "k" }).generateAuthorizeToken();
    await Promise.all([errorOf(minting), authorize(newClient())]).finally(() => vi.unstubAllGlobals());
    const [mint, call] = inits;
    expect(mint).not.toHaveProperty("body");
    expect(mint).not.toHaveProperty("duplex");
    expect(JSON.parse(await new Response(call?.body ?? null).text())).toMatchObject({ LoginId: loginId });
  });

  it.each<[string, unknown, string]>([
    ["Node's own words for a redirect are told as one", new Error("unexpected redirect"), "redirected"],
    ["and those of MSW", "unexpected redirect", "redirected"],
    ["and another error is passed on", new Error("other"), "connection_failed"],
    ["and none, too", undefined, "connection_failed"],
  ])("Node, %s", async (_, cause, code) => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed", { cause })));
    const error = await errorOf(authorize(newClient()));
    expect(error).toMatchObject({ name: "FlinksConnectionError", code });
    if (code !== "redirected") expect(error).toHaveProperty("cause.message", "fetch failed");
  });

  it("Node, a rejection with nothing is passed on", async () => {
    vi.stubGlobal("fetch", () => Promise.reject());
    const error = await errorOf(authorize(newClient()));
    expect(error).toMatchObject({ code: "connection_failed" });
    expect(error).not.toHaveProperty("cause");
  });
});

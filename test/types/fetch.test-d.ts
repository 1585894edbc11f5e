import nodeFetch from "node-fetch";
import { Agent as Agent6, MockAgent as Mock6, EnvHttpProxyAgent as Proxy6, fetch as undici6 } from "undici6";
import { Agent as Agent7, MockAgent as Mock7, ProxyAgent as Proxy7, fetch as undici7 } from "undici7";
import { expectTypeOf, it, vi } from "vitest";
import { createFlinksClient, type FlinksFetch } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/wrappers/undici.ts";

const options = { instance: "toolbox", customerId: "c", secretKey: "k" };

it("every fetch that people have is a FlinksFetch without a cast", () => {
  createFlinksClient({ ...options, fetch });
  createFlinksClient({ ...options, fetch: undefined });
  createFlinksClient({ ...options, fetch: globalThis.fetch });
  createFlinksClient({ ...options, fetch: undici6 });
  createFlinksClient({ ...options, fetch: undici7 });
  createFlinksClient({ ...options, fetch: nodeFetch });
});

it("a wrapper of one is, too", () => {
  createFlinksClient({ ...options, fetch: (url: string, init: RequestInit) => fetch(url, init) });
  createFlinksClient({
    ...options,
    fetch: (url: string, init?: RequestInit) => fetch(url, { ...init, keepalive: true }),
  });
  createFlinksClient({ ...options, fetch: (url, init) => undici7(url, init) });
  createFlinksClient({ ...options, fetch: async (url, init) => nodeFetch(url, init) });
  createFlinksClient({ ...options, fetch: async (input: string | URL | Request) => new Response(`${input}`) });
});

it("stubs of tests are, too", () => {
  createFlinksClient({ ...options, fetch: vi.fn() });
  createFlinksClient({ ...options, fetch: vi.fn(async () => new Response()) });
  createFlinksClient({ ...options, fetch: vi.fn<typeof fetch>() });
  createFlinksClient({ ...options, fetch: vi.fn().mockResolvedValue(Response.json({})) });
  createFlinksClient({ ...options, fetch: vi.spyOn(globalThis, "fetch") });
  createFlinksClient({
    ...options,
    fetch: async () => ({ status: 200, headers: new Headers(), text: async () => "" }),
  });
});

it("what is not a fetch does not compile", () => {
  // @ts-expect-error not a promise
  createFlinksClient({ ...options, fetch: () => new Response() });
  // @ts-expect-error no response
  createFlinksClient({ ...options, fetch: async () => undefined });
  // @ts-expect-error it gets no URL object
  createFlinksClient({ ...options, fetch: async (url: URL) => new Response(url.href) });
  // @ts-expect-error not a function
  createFlinksClient({ ...options, fetch: "fetch" });
});

it("a FlinksFetch knows what it gets", () => {
  const own: FlinksFetch = async (url, init) => {
    expectTypeOf(url).toEqualTypeOf<string>();
    expectTypeOf(init.method).toEqualTypeOf<string>();
    expectTypeOf(init.headers).toEqualTypeOf<Record<string, string>>();
    expectTypeOf(init.body).toEqualTypeOf<string | undefined>();
    expectTypeOf(init.signal).toEqualTypeOf<AbortSignal>();
    expectTypeOf(init.redirect).toEqualTypeOf<"manual">();
    return new Response();
  };
  createFlinksClient({ ...options, fetch: own });
});

it("createUndiciFetch takes every dispatcher of undici, and makes a FlinksFetch", () => {
  expectTypeOf(createUndiciFetch()).toEqualTypeOf<FlinksFetch>();
  createUndiciFetch({ dispatcher: new Agent6() });
  createUndiciFetch({ dispatcher: new Agent7() });
  createUndiciFetch({ dispatcher: new Mock6() });
  createUndiciFetch({ dispatcher: new Mock7().get("http://localhost") });
  createUndiciFetch({ dispatcher: new Proxy6() });
  createUndiciFetch({ dispatcher: new Proxy7("http://localhost") });
  createUndiciFetch({ dispatcher: undefined });
  // @ts-expect-error an address is not a dispatcher
  createUndiciFetch({ dispatcher: "http://localhost" });
  // @ts-expect-error unknown
  createUndiciFetch({ agent: new Agent7() });
});

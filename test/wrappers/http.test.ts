import { describe, expect, it } from "vitest";
import { FlinksConnectionError, FlinksResponseError, FlinksTimeoutError } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { clientOf, customerId, errorOf, errorOfClass, secrets } from "../helpers/client.ts";
import { startServer, startServerWith } from "../helpers/http-server.ts";

const path = "/v3/{customerId}/BankingServices/Authorize";
const params = { path: { customerId }, header: { "flinks-auth-key": secrets.token } };

const mustStay = ({ baseUrl }: { baseUrl: string }) =>
  `http must stay under ${baseUrl}/v3/, in segments of letters, digits, hyphens and underscores.`;

describe("http", () => {
  it("is the generated client: typed by the document, with the caller's own key", async () => {
    const sandbox = createSandbox();
    const { http, generateAuthorizeToken } = clientOf(sandbox.options, sandbox.options);
    const token = await generateAuthorizeToken();
    const { data, response } = await http.POST(path, {
      params: { path: { customerId }, header: { "flinks-auth-key": token } },
      body: { LoginId: sandbox.loginIds.greatday_nomfa },
    });
    expect(response.status).toBe(200);
    expect(data?.RequestId).toMatch(/^[\da-f-]{36}$/);
  });

  it("gives the body of an error as it came", async () => {
    const server = await startServerWith({ status: 400, body: { FlinksCode: " INVALID_LOGIN " } });
    const { error, response } = await clientOf(server).http.POST(path, { params, body: {} });
    expect(response.status).toBe(400);
    expect(error).toEqual({ FlinksCode: " INVALID_LOGIN " });
  });

  it("sends a request without a body without one", async () => {
    const server = await startServerWith({ body: { Token: "t" } });
    const { data } = await clientOf(server).http.POST(
      "/v3/{customerId}/BankingServices/GenerateAuthorizeToken",
      { params },
    );
    expect(data?.Token).toBe("t");
    expect(server.received[0]?.text).toBe("");
  });

  it("sends a GET, which may have no body, should the document get one", async () => {
    const server = await startServerWith({ body: { RequestId: "r" } });
    const get = clientOf(server).http.GET as unknown as (path: string) => Promise<{ data: unknown }>;
    expect((await get("/v3/x")).data).toEqual({ RequestId: "r" });
    expect(server.received).toMatchObject([{ method: "GET", url: "/v3/x", text: "" }]);
  });

  it.each([
    ["is no JSON", () => secrets.Password],
    ["is a form", () => new URLSearchParams({ Password: secrets.Password })],
    ["is a list", () => JSON.stringify([{ Password: secrets.Password }])],
  ])(
    "shows nothing of the answer to a body in which no secret is known: it %s",
    async (_, bodySerializer) => {
      const server = await startServerWith({ status: 502, body: `<html>${secrets.Password}</html>` });
      const call = clientOf(server).http.POST(path, { params, body: {}, bodySerializer });
      const { bodyExcerpt } = await errorOfClass(FlinksResponseError, call);
      expect(bodyExcerpt).toBe("[withheld: it may repeat a secret]");
    },
  );

  it("masks the key where a body has null for its answers", async () => {
    const server = await startServerWith({ status: 502, body: `<html>${secrets.token}</html>` });
    const bodySerializer = () => JSON.stringify({ SecurityResponses: null });
    const call = clientOf(server).http.POST(path, { params, body: {}, bodySerializer });
    expect((await errorOfClass(FlinksResponseError, call)).bodyExcerpt).toBe("<html>[redacted]</html>");
  });

  it("shows a page that answers a request without a body", async () => {
    const server = await startServerWith({ status: 502, body: "<html>Bad gateway</html>" });
    const get = clientOf(server).http.GET as unknown as (path: string) => Promise<unknown>;
    const { bodyExcerpt } = await errorOfClass(FlinksResponseError, get("/v3/x"));
    expect(bodyExcerpt).toBe("<html>Bad gateway</html>");
  });

  it("masks a body of unknown form in what a fetch throws", async () => {
    const form = new URLSearchParams({ Password: secrets.Password });
    const throwing = async (_: unknown, init?: RequestInit) => {
      throw new Error(`could not send ${init?.body}`);
    };
    const { http } = clientOf({ baseUrl: "http://127.0.0.1" }, { fetch: throwing });
    const error = await errorOfClass(
      FlinksConnectionError,
      http.POST(path, { params, body: {}, bodySerializer: () => form }),
    );
    expect(error.cause).toMatchObject({ message: "could not send [redacted]" });
  });

  it.each([204, 205])("refuses a %i with a body, of which no Response can be made", async (status) => {
    const fetch = async () => ({
      status,
      type: "default",
      headers: new Headers(),
      body: new Response("{}").body,
    });
    const { http } = clientOf({ baseUrl: "http://127.0.0.1" }, { fetch });
    expect(await errorOfClass(FlinksResponseError, http.POST(path, { params, body: {} }))).toMatchObject({
      status,
    });
  });

  it("sends a header that is empty, and leaves out one that is none", async () => {
    const server = await startServerWith({ body: { RequestId: "r" } });
    const headers = { "x-empty": "", "x-none": undefined, "x-null": null };
    await clientOf(server).http.POST(path, { params, body: {}, headers });
    expect(server.received[0]?.headers).toMatchObject({ "x-empty": "" });
    expect(server.received[0]?.headers).not.toHaveProperty("x-none");
  });

  it("leaves a query out of its messages", async () => {
    const server = await startServerWith({ body: "" });
    const query = { Password: secrets.Password } as never;
    const call = clientOf(server).http.POST(path, { params: { ...params, query }, body: {} });
    const error = await errorOfClass(FlinksResponseError, call);
    expect(error.message).toMatch(/^The answer to Authorize is no JSON/);
  });

  it("goes through the same guards", async () => {
    const call = (server: { baseUrl: string }, options: object = {}) =>
      clientOf(server, options).http.POST(path, { params, body: { Password: secrets.Password } });

    const html = await startServerWith({ body: `<html>${secrets.Password} ${secrets.token}</html>` });
    const error = await errorOfClass(FlinksResponseError, call(html));
    expect(error.bodyExcerpt).toBe("<html>[redacted] [redacted]</html>");

    const other = await startServerWith({ body: {} });
    const redirect = await startServerWith({ status: 307, headers: { location: other.baseUrl } });
    await errorOfClass(FlinksConnectionError, call(redirect));
    expect(other.received).toEqual([]);

    const silent = await startServer(() => new Promise<undefined>(() => {}));
    await errorOfClass(FlinksTimeoutError, call(silent, { timeoutMs: 20 }));
  });

  it("heeds a signal", async () => {
    const silent = await startServer(() => new Promise<undefined>(() => {}));
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 20);
    const call = clientOf(silent).http.POST(path, { params, body: {}, signal: controller.signal });
    expect(await errorOf(call)).toBe("enough");
  });

  it("stays on the client's server, under its guards, whatever a call sets", async () => {
    const other = await startServerWith({ body: { RequestId: "theirs" } });
    const server = await startServerWith({ body: { RequestId: "ours" } });
    const theirs: string[] = [];
    const elsewhere = {
      fetch: async () => Response.json({ RequestId: theirs.push("fetch") }),
      Request: class extends Request {
        constructor(url: string | URL | Request, init?: RequestInit) {
          super(url, init);
          theirs.push("Request");
        }
      },
    };
    const post = clientOf(server).http.POST as unknown as (...args: unknown[]) => Promise<{ data: unknown }>;
    for (const sent of [
      post(path, { params, body: {}, ...elsewhere }, undefined),
      post(path, { params, body: {}, ...elsewhere }, {}),
      clientOf(server).http.POST(path, { params, body: {}, ...elsewhere }),
      clientOf(server).http.request("post", path, { params, body: {}, ...elsewhere }),
    ]) {
      expect((await sent).data).toEqual({ RequestId: "ours" });
    }
    expect(server.received.map(({ method, url }) => [method, url])).toEqual(
      Array(4).fill(["POST", path.replace("{customerId}", customerId)]),
    );
    expect(theirs).toEqual([]);

    const named = { baseUrl: "https://flinks.example" };
    const sent: unknown[] = [];
    const fetch = async (url: unknown) => Response.json({ RequestId: sent.push(url) });
    for (const init of [
      { baseUrl: other.baseUrl },
      { pathSerializer: (url: string) => url.replace("/v3", ".evil.example/v3") },
    ]) {
      const error = await errorOf(clientOf(named, { fetch }).http.POST(path, { params, body: {}, ...init }));
      expect(error).toMatchObject({ name: "FlinksUsageError", message: mustStay(named) });
    }
    expect(sent).toEqual([]);
    const turned = clientOf(server);
    turned.http.use({ onRequest: ({ request }) => new Request(other.baseUrl, request) });
    const error = await errorOf(turned.http.POST(path, { params, body: {} }));
    expect(error).toMatchObject({ name: "FlinksUsageError", message: mustStay(server) });
    expect(other.received).toEqual([]);
  });

  it.each(["/v3/c/../../admin", "/v3/%2E%2e/c", "/v3\\..\\c", "/v3/c%2f..%2f..", "/v3/", "/v30/c", "/v3//c"])(
    "refuses the path %j, which climbs",
    async (climbing) => {
      const server = await startServerWith({ body: {} });
      const call = clientOf(server).http.POST(climbing as typeof path, { params, body: {} });
      expect(await errorOf(call)).toMatchObject({
        name: "FlinksUsageError",
        message: mustStay(server),
      });
      expect(server.received).toEqual([]);
    },
  );

  it.each(["..", "../..", "a/b", "", "%2e%2e", "a\\b", "a;b"])(
    "refuses the customerId %j, which would leave the path",
    async (id) => {
      const server = await startServerWith({ body: {} });
      const call = clientOf(server).http.POST(path, {
        params: { ...params, path: { customerId: id } },
        body: {},
      });
      expect(await errorOf(call)).toMatchObject({
        name: "FlinksUsageError",
        message: mustStay(server),
      });
      expect(server.received).toEqual([]);
    },
  );

  it.each([
    { headers: { "x-mine": "a\n" } },
    { headers: { "x-mine": " a" } },
    { headers: { "x-mine": "\u2603" } },
    { headers: { "x-mine": ["a", "b\n"] } },
    { headers: { "x-mine": { toString: () => "a\n" } as never } },
    { headers: { "x-mine": "a\n" }, params: { ...params, header: { ...params.header, "x-mine": "a" } } },
  ])("refuses a header that cannot be sent: %j", async (init) => {
    const server = await startServerWith({ body: {} });
    const call = clientOf(server).http.POST(path, { params, body: {}, ...init });
    expect(await errorOf(call)).toMatchObject({
      name: "FlinksUsageError",
      message: expect.stringMatching(/^The header x-mine must be a string that a header can hold/),
    });
    expect(server.received).toEqual([]);
  });

  it("takes headers of every kind that can", async () => {
    const server = await startServerWith({ body: {} });
    for (const headers of [
      { "x-a": "1", "x-b": "", "x-c": 7, "x-d": null, "x-e": ["a", "b"] },
      new Headers({ "x-a": "1" }),
    ]) {
      await clientOf(server).http.POST(path, { params, body: {}, headers });
      expect(server.received.at(-1)?.headers).toMatchObject({ "x-a": "1", accept: "application/json" });
    }
  });

  it("takes a call without an init, as JavaScript may make it", async () => {
    const server = await startServerWith({ body: { RequestId: "r" } });
    const { http } = clientOf(server);
    const { data } = await (http.POST as unknown as (path: string) => Promise<{ data: unknown }>)("/v3/x");
    expect(data).toEqual({ RequestId: "r" });
    expect(server.received).toMatchObject([{ method: "POST", url: "/v3/x" }]);
  });

  it("forgets middleware that is ejected", async () => {
    const server = await startServerWith({ body: {} });
    const { http } = clientOf(server);
    const middleware = { onRequest: () => Response.json({ RequestId: "from the middleware" }) };
    http.use(middleware);
    expect((await http.POST(path, { params, body: {} })).data).toEqual({ RequestId: "from the middleware" });
    http.eject(middleware);
    await http.POST(path, { params, body: {} });
    expect(server.received).toHaveLength(1);
  });

  it("has middleware that sees its own calls only", async () => {
    const server = await startServerWith({ body: { RequestId: "r" } });
    const flinks = clientOf(server);
    const seen: string[] = [];
    flinks.http.use({
      onRequest({ request }) {
        seen.push(request.method);
        request.headers.set("x-mine", "1");
        return request;
      },
    });
    await flinks.authorize({ LoginId: "l" });
    expect(seen).toEqual([]);
    await flinks.http.POST(path, { params, body: {} });
    expect(seen).toEqual(["POST"]);
    expect(server.received.map(({ headers }) => headers["x-mine"])).toEqual([undefined, "1"]);
  });
});

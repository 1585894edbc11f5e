/** `http`: openapi-fetch as it is, on the client's server, on the document's operations, under the same guards. */
import { describe, expect, it } from "vitest";
import { FlinksConnectionError, FlinksResponseError, FlinksTimeoutError } from "../../../src/index.ts";
import { createSandbox } from "../../../src/sandbox/index.ts";
import { clientOf, customerId, errorOf, errorOfClass, loginId, requestId, secrets } from "../../helpers/client.ts";
import { clientWith, responseLike } from "../../helpers/fetch.ts";
import { startServer, startServerWith, type TestServer } from "../../helpers/http-server.ts";
import { refusal, session, token } from "../../helpers/wire.ts";

const path = "/v3/{customerId}/BankingServices/Authorize";
const mintPath = "/v3/{customerId}/BankingServices/GenerateAuthorizeToken";
const filledPath = path.replace("{customerId}", customerId);
const params = { path: { customerId }, header: { "flinks-auth-key": secrets.token } };
const body = { LoginId: loginId };
const post = (server: { baseUrl: string }, init: object = {}, options: object = {}) =>
  clientOf(server, options).http.POST(path, { params, body, ...init });
const silent = () => startServer(() => new Promise(() => {}));

describe("http returns", () => {
  it("data as it came, typed by the document, for the caller's own key", async () => {
    const sandbox = createSandbox();
    const { http, generateAuthorizeToken } = clientOf(sandbox.options, sandbox.options);
    const header = { "flinks-auth-key": await generateAuthorizeToken() };
    const LoginId = sandbox.loginIds.greatday_nomfa;
    const { data, response } = await http.POST(path, { params: { path: { customerId }, header }, body: { LoginId } });
    expect(response.status).toBe(200);
    expect(data?.RequestId).toMatch(/^[\da-f-]{36}$/);
  });

  it("the body of a refusal as it came, once", async () => {
    const server = await startServerWith(refusal(" INVALID_LOGIN ", { status: 503 }));
    const { data, error, response } = await post(server, {}, { retry: { retries: 2, minDelayMs: 0 } });
    expect(response.status).toBe(503);
    expect([data, error]).toEqual([
      undefined,
      { HttpStatusCode: 503, Message: "Refused", FlinksCode: " INVALID_LOGIN " },
    ]);
    expect(server.received).toHaveLength(1);
  });

  it.each([204, 205])("no data for a %i, whatever a fetch gives with it", async (status) => {
    for (const fetch of [async () => new Response(null, { status }), async () => responseLike({ status })]) {
      const { data, error, response } = await clientWith(fetch).http.POST(path, { params, body });
      expect([data, error, response.status]).toEqual([undefined, undefined, status]);
    }
  });

  it("the headers that are useful, without those that no Response can hold", async () => {
    const headers = { "content-type": "application/json", date: "d", "retry-after": "7", "x-request-id": "x" };
    const { response } = await post(await startServerWith({ ...session(), headers: { ...headers, "x-other": "o" } }));
    expect(Object.fromEntries(response.headers)).toEqual(headers);
    for (const value of ["\u2603", "a\nb", ""]) {
      const { http } = clientWith(async () => responseLike({ headers: { get: () => value } }));
      const { data, response } = await http.POST(path, { params, body });
      expect([data?.RequestId, response.headers.get("date")]).toEqual([requestId, null]);
    }
  });
});

it.each(["json", "text", "stream", "blob", "arrayBuffer"])("http parses as %s", async (parseAs) => {
  const { data } = await post(await startServerWith(session()), { parseAs });
  const text = parseAs === "json" ? JSON.stringify(data) : await new Response(data as unknown as Blob).text();
  expect(JSON.parse(text)).toMatchObject({ RequestId: requestId });
});

describe("http sends", () => {
  it("what it is given, and no key of the client's", async () => {
    const server = await startServerWith(token());
    const { http } = clientOf(server, { secretKey: secrets.secretKey });
    await http.POST(mintPath, { params: { path: { customerId } } as typeof params });
    await http.POST(path, { params, body, headers: { "x-mine": "1" } });
    await http.request("post", path, { params, body });
    expect(server.received).toMatchObject([
      { method: "POST", url: mintPath.replace("{customerId}", customerId), text: "" },
      { method: "POST", url: filledPath, json: body, headers: { "flinks-auth-key": secrets.token, "x-mine": "1" } },
      { method: "POST", url: filledPath, json: body },
    ]);
    expect(server.received[0]?.headers).not.toHaveProperty("flinks-auth-key");
    expect(JSON.stringify(server.received)).not.toContain(secrets.secretKey);
  });

  it("a request without options", async () => {
    const server = await startServerWith(session());
    const http = clientOf(server).http as unknown as { GET(path: string): Promise<{ response: Response }> };
    const { response } = await http.GET(`/v3/c/BankingServices/GetAccountsDetailAsync/${requestId}`);
    expect([response.status, response.headers.get("retry-after"), server.received.length]).toEqual([200, null, 1]);
  });

  it("headers of every kind that HTTP allows", async () => {
    const server = await startServerWith(session());
    const lines = { "x-b": "", "x-c": 7, "x-d": false, "x-e": ["a", "b"], "x-f": null, "x-g": undefined, "x-h": "é" };
    for (const headers of [{ ...lines, "x-a": "1" }, new Headers({ "x-a": "1" })]) await post(server, { headers });
    const [first, second] = server.received.map(({ headers }) => headers);
    expect(first).toMatchObject({ "x-a": "1", "x-b": "", "x-c": "7", "x-d": "false", "x-e": "a, b", "x-h": "é" });
    expect(Object.keys(first ?? {})).not.toEqual(expect.arrayContaining([expect.stringMatching(/^x-[fg]$/)]));
    expect(second).toMatchObject({ "x-a": "1", accept: "application/json" });
  });

  it("a query, below a path of the server's", async () => {
    const server = await startServerWith(session());
    const { http } = clientOf({ baseUrl: `${server.baseUrl}/gate.way/` });
    await http.POST(path, { params: { ...params, query: { a: ["1", "&"], b: { c: "d" } } } as typeof params, body });
    expect(server.received[0]?.url).toBe(`/gate.way${filledPath}?a=1&a=%26&b[c]=d`);
  });
});

describe("http stays on the client's server, under its guards:", () => {
  it("whatever a call sets", async () => {
    const other = await startServerWith(session());
    const server = await startServerWith(session());
    const theirs: string[] = [];
    class TheirRequest extends Request {
      constructor(...args: ConstructorParameters<typeof Request>) {
        super(...args);
        theirs.push("Request");
      }
    }
    const fetch = async () => Response.json(theirs.push("fetch"));
    const bodySerializer = () => `${theirs.push("bodySerializer")}`;
    const init = { baseUrl: other.baseUrl, fetch, Request: TheirRequest, bodySerializer };
    expect((await post(server, init)).data).toMatchObject({ RequestId: requestId });
    expect(server.received).toMatchObject([{ json: body }]);
    expect([theirs, other.received]).toEqual([[], []]);
  });

  it.each<[string, (other: TestServer) => object]>([
    ["another host", ({ baseUrl }) => ({ pathSerializer: () => baseUrl + filledPath })],
    ["another path", () => ({ pathSerializer: (url: string) => url.replace(path, "/v3/c/BankingServices/Admin") })],
    ["another server", ({ baseUrl }) => ({ middleware: [turningTo(baseUrl + filledPath)] })],
  ])("nothing is sent to %s by a serializer or middleware", async (_, init) => {
    const other = await startServerWith(session());
    const server = await startServerWith(session());
    expect(await errorOf(post(server, init(other)))).toMatchObject({
      name: "FlinksUsageError",
      message: expect.stringContaining(
        `http takes the methods and paths of the API's document, below ${server.baseUrl}.`,
      ),
    });
    expect([...server.received, ...other.received]).toEqual([]);
  });

  it("no redirect is followed", async () => {
    const other = await startServerWith(session());
    const server = await startServerWith({ status: 307, headers: { location: other.baseUrl } });
    expect(await errorOfClass(FlinksConnectionError, post(server))).toMatchObject({ code: "redirected" });
    expect(other.received).toEqual([]);
  });

  it("time and size are limited by the client's options", async () => {
    await errorOfClass(FlinksTimeoutError, post(await silent(), {}, { timeoutMs: 20 }));
    await errorOfClass(FlinksResponseError, post(await startServerWith(session()), {}, { maxResponseBytes: 9 }));
  });

  it.each(["enough", null, 0])("a signal ends the call with its reason: %j", async (reason) => {
    const server = await silent();
    const controller = new AbortController();
    const ended = errorOf(post(server, { signal: controller.signal }));
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort(reason);
    expect(await ended).toBe(reason);
  });

  function turningTo(url: string) {
    return { onRequest: ({ request }: { request: Request }) => new Request(url, request) };
  }
});

describe("an error of http", () => {
  it.each<[string, object, string]>([
    ["HTML", { body: "<html>" }, "a body that is not JSON"],
    ["nothing", { body: "" }, "a body that is not JSON (no content type, length 0)"],
    ["cut JSON", { status: 502, body: '{"Message":' }, "a body that is not JSON"],
    ["an invalid status", { status: 600, body: "{}" }, "a body that is not JSON"],
  ])("is a FlinksResponseError for %s", async (_, reply, what) => {
    const error = await errorOfClass(FlinksResponseError, post(await startServerWith(reply)));
    expect(error).toMatchObject({ operation: "authorize", attempts: 1 });
    expect(error.message).toContain(`with ${what}. Check instance or baseUrl; a proxy may have answered.`);
  });

  it("shows no string of the body, key or query, and what is around them", async () => {
    const page = `<html>${secrets.Password} ${secrets.token} ${secrets.answer} q&amp;a in text/html</html>`;
    const server = await startServerWith({ status: 502, body: page, headers: { "content-type": "application/json" } });
    const sent = { Username: "text", Password: secrets.Password, SecurityResponses: { "?": [secrets.answer] } };
    const query = { q: "q&a" };
    const init = { body: sent, params: { ...params, query } };
    const error = await errorOfClass(FlinksResponseError, post(server, init));
    expect(error.bodyExcerpt).toBe("<html>[redacted] [redacted] [redacted] [redacted] in [redacted]/html</html>");
    // Not taken for a secret, although the request had it as a header.
    expect(error.headers).toMatchObject({ "content-type": "application/json" });
  });

  it.each(["x-accept", "accept-x", "x-content-type", "content-type-x"])("shows no value of %s", async (name) => {
    const server = await startServerWith({ status: 502, body: `<html>${secrets.answer}</html>` });
    const error = await errorOfClass(FlinksResponseError, post(server, { headers: { [name]: secrets.answer } }));
    expect(error.bodyExcerpt).toBe("<html>[redacted]</html>");
  });

  it.each([
    [599, "resolves"],
    [600, "rejects"],
    [199, "rejects"],
  ])("for JSON under the status %i: it %s", async (status, end) => {
    const { http } = clientWith(async () => responseLike({ status }));
    const call = http.POST(path, { params, body });
    if (end === "resolves") expect((await call).response.status).toBe(status);
    else expect(await errorOfClass(FlinksResponseError, call)).toMatchObject({ status });
  });

  it("shows nothing of a body that middleware replaced with a text", async () => {
    const server = await startServerWith({ status: 502, body: `<html>${secrets.Password}</html>` });
    const onRequest = ({ request }: { request: Request }) => new Request(request, { body: secrets.Password });
    const error = await errorOfClass(FlinksResponseError, post(server, { middleware: [{ onRequest }] }));
    expect(error.bodyExcerpt).toBe("<html>[redacted]</html>");
  });
});

describe("middleware", () => {
  it("sees http's own calls only, until it is ejected", async () => {
    const server = await startServerWith(session());
    const flinks = clientOf(server);
    const middleware = {
      onRequest({ request }: { request: Request }) {
        request.headers.set("x-mine", "1");
        return request;
      },
    };
    flinks.http.use(middleware);
    await flinks.authorize({ LoginId: loginId });
    await flinks.http.POST(path, { params, body });
    flinks.http.eject(middleware);
    await flinks.http.POST(path, { params, body });
    expect(server.received.map(({ headers }) => headers["x-mine"])).toEqual([undefined, "1", undefined]);
  });

  it("can answer itself, and what it throws is passed on", async () => {
    const server = await startServerWith(session());
    const answering = { onRequest: () => Response.json({ RequestId: "theirs" }) };
    expect((await post(server, { middleware: [answering] })).data).toEqual({ RequestId: "theirs" });
    const error = new Error("theirs");
    expect(await errorOf(post(server, { middleware: [{ onRequest: () => Promise.reject(error) }] }))).toBe(error);
    expect(server.received).toEqual([]);
  });
});

/** Flinks Connect: the URL of its page, the origin of its messages, and its redirect. */
import { describe, expect, it } from "vitest";
import { type ConnectParameters, createFlinksClient, FlinksApiError, FlinksUsageError } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { connectOrigin, readConnectRedirect } from "../../src/wrappers/connect.ts";
import { clientOf, customerId, errorOf, errorOfClass, secrets } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";
import { stringsOn } from "../helpers/strings-on.ts";
import { session, token } from "../helpers/wire.ts";

const connectUrl = "https://connect.example/v2/";

/** A client that is never asked to send anything. */
function offlineClient(options: object = {}) {
  const authorizeToken = () => secrets.token;
  return createFlinksClient({ baseUrl: "http://127.0.0.1:1", customerId, connectUrl, authorizeToken, ...options });
}

function parametersOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

function usageErrorOf(parameters: unknown, options?: object) {
  const call = offlineClient(options).createConnectUrl(parameters as ConnectParameters);
  return errorOfClass(FlinksUsageError, call);
}

describe("createConnectUrl", () => {
  it("takes a token that opens one session", async () => {
    const { options, loginIds } = createSandbox();
    const url = await createFlinksClient({ ...options, connectUrl }).createConnectUrl();
    const { authorizeToken = "" } = parametersOf(url);
    const page = () => createFlinksClient({ ...options, secretKey: undefined, authorizeToken });
    expect(await page().authorize({ LoginId: loginIds.greatday_nomfa })).toMatchObject({ status: "authorized" });
    const again = await errorOfClass(FlinksApiError, page().authorize({ LoginId: loginIds.greatday_nomfa }));
    expect(again.status).toBe(401);
  });

  it.each([
    ["the vendor's page, with an instance", {}, "https://toolbox-iframe.private.fin.ag/v2/"],
    ["connectUrl, if both are set", { connectUrl }, connectUrl],
  ])("is %s", async (_what, more, expected) => {
    const { customerId, secretKey, fetch } = createSandbox().options;
    const flinks = createFlinksClient({ instance: "Toolbox", customerId, secretKey, fetch, ...more });
    const url = await flinks.createConnectUrl();
    expect(url).toMatch(/\?authorizeToken=[\da-f-]{36}$/);
    expect(url.replace(/\?.*/, "")).toBe(expected);
  });

  it("passes every parameter on", async () => {
    const parameters: Required<ConnectParameters> = {
      redirectUrl: "https://shop.example/done?order=1&x=y#top",
      language: "fr",
      tag: "a+b & c=d é",
      daysOfTransactions: "Days365",
      scheduleRefresh: true,
      requestId: "r",
      detailsAndStatementEnable: false,
      monthsOfStatements: "Months12",
      accountSelectorEnable: true,
      consentEnable: false,
      demo: true,
    };
    const url = await offlineClient().createConnectUrl(parameters);
    const texts = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
    expect(parametersOf(url)).toEqual({ authorizeToken: secrets.token, ...Object.fromEntries(texts) });
    // For a page that decodes with decodeURIComponent, too.
    expect(url).toContain("tag=a%2Bb%20%26%20c%3Dd%20%C3%A9");
  });

  it("leaves out what is undefined", async () => {
    const url = await offlineClient().createConnectUrl({ tag: undefined, demo: undefined, language: undefined });
    expect(parametersOf(url)).toEqual({ authorizeToken: secrets.token });
  });

  it("mints the token as often as the policy allows", async () => {
    const server = await startServerWith({ status: 503 }, token("the second"));
    const retry = { retries: 1, minDelayMs: 0 };
    const flinks = clientOf(server, { secretKey: secrets.secretKey, connectUrl, retry });
    expect(parametersOf(await flinks.createConnectUrl())).toEqual({ authorizeToken: "the second" });
    expect(server.received.map(({ headers }) => headers["flinks-auth-key"])).toEqual(Array(2).fill(secrets.secretKey));
  });

  it("rejects as minting does, without the key", async () => {
    const body = { HttpStatusCode: 401, Message: `The key ${secrets.secretKey} is wrong` };
    const server = await startServerWith({ status: 401, body });
    const call = clientOf(server, { secretKey: secrets.secretKey, connectUrl }).createConnectUrl();
    const error = await errorOfClass(FlinksApiError, call);
    expect(error).toMatchObject({ status: 401, operation: "generateAuthorizeToken" });
    expect(stringsOn(error).join("\n")).not.toContain(secrets.secretKey);
  });

  it("takes a new token, not one that was minted ahead", async () => {
    const server = await startServerWith(token("first"), token("ahead"), session(), token("new"));
    const flinks = clientOf(server, { secretKey: secrets.secretKey, connectUrl, prefetch: 1 });
    await flinks.authorize({ LoginId: "l" });
    await expect.poll(() => server.received.length).toBe(3);
    expect(parametersOf(await flinks.createConnectUrl())).toEqual({ authorizeToken: "new" });
  });

  it("asks authorizeToken with its reason", async () => {
    const reasons: string[] = [];
    const authorizeToken = async ({ reason }: { reason: string }) => {
      reasons.push(reason);
      return secrets.token;
    };
    await offlineClient({ authorizeToken }).createConnectUrl();
    expect(reasons).toEqual(["connect"]);
  });

  it.each(["http://localhost:3000/done", "https://shop.example/done"])(
    "takes the redirectUrl %s",
    async (redirectUrl) => {
      const url = new URL(await offlineClient().createConnectUrl({ redirectUrl }));
      expect(url.searchParams.get("redirectUrl")).toBe(redirectUrl);
    },
  );

  it("spends an authorizeToken that is a string, unless it was aborted", async () => {
    const flinks = offlineClient({ authorizeToken: secrets.token });
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(flinks.createConnectUrl({}, { signal })).rejects.toBe(signal.reason);
    await flinks.createConnectUrl();
    for (const call of [flinks.createConnectUrl(), flinks.authorize({ LoginId: "l" })]) {
      expect(await errorOfClass(FlinksUsageError, call)).toMatchObject({ code: "token_spent" });
    }
  });

  it.each([
    ["an unknown parameter", { redirectURL: "https://shop.example" }, /redirectURL.*redirectUrl/],
    ["the token itself", { authorizeToken: "t" }, /Unknown field "authorizeToken"/],
    ["a number of days", { daysOfTransactions: 90 }, /daysOfTransactions must be a non-empty string/],
    ["a number of months", { monthsOfStatements: 3 }, /monthsOfStatements must be a non-empty string/],
    ["an empty tag", { tag: "" }, /tag must be a non-empty string/],
    ["null", { requestId: null }, /requestId must/],
    ["a boolean as text", { demo: "true" }, /demo must be true or false/],
    ["another language", { language: "de" }, /language must be "en" or "fr"/],
    ["a relative redirectUrl", { redirectUrl: "/done" }, /redirectUrl must be a whole URL/],
    ["a redirectUrl without a server", { redirectUrl: "javascript:alert(1)" }, /redirectUrl must be an https/],
    ["a redirectUrl of another scheme", { redirectUrl: "xhttp://a.example" }, /redirectUrl must be an https/],
    ["one that begins like it", { redirectUrl: "https-x://a.example" }, /redirectUrl must be an https/],
    ["an empty language", { language: "" }, /language must be "en" or "fr"/],
    ["no object", "https://shop.example", /The parameters must be an object/],
  ])("rejects %s, before a token is taken", async (_what, parameters, message) => {
    let taken = 0;
    const authorizeToken = () => `${++taken}`;
    const error = await usageErrorOf(parameters, { authorizeToken });
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringMatching(message) });
    expect(taken).toBe(0);
  });

  it("rejects without instance and connectUrl", async () => {
    const error = await usageErrorOf({}, { connectUrl: undefined });
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringMatching(/connectUrl.*instance/) });
  });
});

describe("the option connectUrl", () => {
  it.each(["http://localhost:4010/v2/", "http://127.0.0.1:4010/v2/", "https://connect.example/v2"])(
    "may be %s",
    async (connectUrl) => {
      const url = await offlineClient({ connectUrl }).createConnectUrl();
      expect(url).toBe(`${connectUrl}?authorizeToken=${secrets.token}`);
    },
  );

  it("may be http: on any host with allowInsecureHttp", async () => {
    const options = { connectUrl: "http://sandbox:4010/v2/", allowInsecureHttp: true };
    expect(await offlineClient(options).createConnectUrl()).toMatch(/^http:\/\/sandbox:4010\/v2\/\?/);
  });

  it.each([
    "http://sandbox:4010/v2/",
    "https://connect.example/v2/?demo=true",
    "https://connect.example/v2/#top",
    "https://user:p4ss@connect.example/",
    "ftp://connect.example/",
    "/v2/",
    "",
    7,
  ])("may not be %s", async (connectUrl) => {
    const error = await errorOfClass(FlinksUsageError, () => offlineClient({ connectUrl }));
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringMatching(/^connectUrl must/) });
    expect(error.message).not.toContain("p4ss");
  });
});

describe("connectOrigin", () => {
  it.each([
    [{ instance: "Acme-CA" }, "https://acme-ca-iframe.private.fin.ag"],
    [{ connectUrl: "https://connect.example/v2/" }, "https://connect.example"],
    [{ connectUrl: "http://sandbox:4010/v2/" }, "http://sandbox:4010"],
  ])("of %j is %s", (page, origin) => {
    expect(connectOrigin(page)).toBe(origin);
  });

  it("is where createConnectUrl's page is", async () => {
    const { customerId, secretKey, fetch } = createSandbox().options;
    const flinks = createFlinksClient({ instance: "toolbox", customerId, secretKey, fetch });
    expect(new URL(await flinks.createConnectUrl()).origin).toBe(connectOrigin({ instance: "toolbox" }));
  });

  it.each([
    [{}, /exactly one of instance and connectUrl/],
    [{ instance: undefined }, /FLINKS_INSTANCE/],
    [{ instance: "toolbox", connectUrl }, /got both/],
    [{ instance: "evil.example/" }, /instance must be a name/],
    [{ connectUrl: "/v2/" }, /^connectUrl must be a whole URL, such as/],
    // Their origin is "null", and so is the origin of a sandboxed frame.
    [{ connectUrl: "file:///v2/" }, /https: or http:/],
    [{ connectUrl: "data:text/html,x" }, /https: or http:/],
    [{ connectUrl: "xhttp://a.example" }, /https: or http:/],
    [{ connectUrl: "https-x://a.example" }, /https: or http:/],
    [{ url: connectUrl }, /^Unknown field "url" in the argument of connectOrigin\(\)\./],
    [undefined, /^The argument of connectOrigin\(\) must be an object\.$/],
  ])("throws for %j", async (page, message) => {
    const error = await errorOfClass(FlinksUsageError, () => connectOrigin(page as { instance: string }));
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringMatching(message) });
  });
});

describe("readConnectRedirect", () => {
  const query = "?loginId=5e115eac&institution=Banque%20%C3%89&accountId=27a9ffa0";
  const redirect = { loginId: "5e115eac", institution: "Banque É", accountId: "27a9ffa0" };

  it.each([
    ["a whole URL", `https://shop.example/done${query}`],
    ["a URL", new URL(`https://shop.example/done${query}`)],
    ["a path and query", `/done${query}`],
    ["a query", query],
  ])("reads %s", (_form, url) => {
    expect(readConnectRedirect(url)).toEqual(redirect);
  });

  const none = "The redirect has no loginId: no account was connected, or it is another URL.";
  const several = "The redirect has more than one loginId.";
  const malformed = "The redirect must be a URL, such as https://example.com.";

  it("leaves out what is not there, or is empty", () => {
    expect(readConnectRedirect("/done?loginId=l&institution=&order=1")).toEqual({ loginId: "l" });
  });

  it.each([
    ["no loginId", "/done?institution=p3rsonal", none],
    ["an empty loginId", "/done?loginId=&x=p3rsonal", none],
    ["a loginId in the fragment", "/done#loginId=p3rsonal", none],
    ["two loginIds", "/done?loginId=p3rsonal&loginId=other", several],
    ["two equal loginIds", "/done?loginId=p3rsonal&loginId=p3rsonal", several],
    ["an empty loginId and another", "/done?loginId=&loginId=p3rsonal", none],
    ["what cannot be parsed", "https://p3rsonal:x:y/?loginId=l", malformed],
    ["nothing", undefined, malformed],
    ["an object that is not a URL", { loginId: "p3rsonal" }, malformed],
  ])("throws for %s, without showing it", async (_what, url, message) => {
    const error = await errorOf(() => readConnectRedirect(url as string));
    expect(error).toBeInstanceOf(FlinksUsageError);
    expect(error).toMatchObject({ code: "invalid_request", message });
    expect(stringsOn(error).join("\n")).not.toContain("p3rsonal");
  });
});

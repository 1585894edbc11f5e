import { afterEach, describe, expect, it, vi } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { errorOf } from "../helpers/client.ts";
import { call, city, startSandbox } from "../helpers/raw-sandbox.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Leaves `URL` and `Headers`. Jest's jsdom environment has no `Response` either. */
function withoutWebApis(): void {
  // Node loads it lazily, and needs the others for that.
  new Headers();
  const names = [
    "Response",
    "Request",
    "ReadableStream",
    "TextEncoder",
    "TextDecoder",
    "btoa",
    "atob",
    "crypto",
    "Blob",
  ];
  for (const name of names) vi.stubGlobal(name, undefined);
}

describe("where Response and its like are missing", () => {
  it("answers every operation", async () => {
    withoutWebApis();
    const { sandbox, authorize, pass } = startSandbox();
    const { RequestId, answer } = await authorize({ LoginId: sandbox.loginIds.greatday });
    await answer({ [city]: ["Montreal"] });
    expect(await call(sandbox, "getAccountsDetail", { RequestId })).toMatchObject({ status: 202 });
    pass(5_000);
    expect(await call(sandbox, "getAccountsDetailAsync", RequestId)).toMatchObject({ status: 200 });
    expect(await call(sandbox, "getStatements", { RequestId })).toMatchObject({ status: 200 });
  });

  it("answers a client, whose request for a token has no body", async () => {
    withoutWebApis();
    const { sandbox } = startSandbox();
    const flinks = createFlinksClient({ ...sandbox.options });
    expect(await flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa })).toMatchObject({
      status: "authorized",
    });
  });

  it("says what a response says", async () => {
    withoutWebApis();
    const { sandbox } = startSandbox({ faults: [{ fault: { status: 503, headers: { "Retry-After": "1" } } }] });
    const url = `${sandbox.options.baseUrl}/v3/${sandbox.options.customerId}/BankingServices/GenerateAuthorizeToken`;
    const refused = await sandbox.fetch(url, { method: "POST" });
    expect([refused.status, refused.ok, refused.headers.get("retry-after")]).toEqual([503, false, "1"]);
    expect(await refused.text()).toBe("");
    const minted = await sandbox.fetch(url, {
      method: "POST",
      headers: { "flinks-auth-key": sandbox.options.secretKey },
    });
    expect([minted.status, minted.ok]).toEqual([200, true]);
    expect(await minted.json()).toHaveProperty("Token");
  });

  it.each(["Response", "ReadableStream"])("cuts a response without %s", async (name) => {
    vi.stubGlobal(name, undefined);
    const { sandbox } = startSandbox({ faults: [{ fault: "cut" }] });
    expect(await errorOf(call(sandbox, "generateAuthorizeToken"))).toMatchObject({ message: "terminated" });
  });
});

describe("a request", () => {
  it("may be a Request, or a URL with an init of any body", async () => {
    const { sandbox, mint } = startSandbox();
    const url = new URL(`https://any.host/v3/${sandbox.options.customerId}/BankingServices/Authorize`);
    const LoginId = sandbox.loginIds.greatday_nomfa;
    const init = async () => ({
      method: "post",
      headers: { "flinks-auth-key": await mint() },
      body: JSON.stringify({ LoginId }),
    });
    const bytes = new TextEncoder().encode(JSON.stringify({ LoginId }));
    const responses = [
      await sandbox.fetch(new Request(url, await init())),
      await sandbox.fetch(url, await init()),
      await sandbox.fetch(url.href, { ...(await init()), body: bytes }),
      await sandbox.fetch(new Request(url, { method: "GET" }), await init()),
    ];
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(sandbox.requests.at(-1)).toMatchObject({ method: "POST", url: url.href, body: { LoginId } });
  });

  it("is a GET without an init", async () => {
    const { sandbox } = startSandbox();
    await sandbox.fetch(sandbox.options.baseUrl);
    expect(sandbox.requests).toEqual([{ method: "GET", url: sandbox.options.baseUrl, headers: {}, body: undefined }]);
  });
});

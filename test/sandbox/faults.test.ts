import { describe, expect, it, vi } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import type { SandboxFault } from "../../src/sandbox/index.ts";
import { errorOf } from "../helpers/client.ts";
import { startSandbox } from "../helpers/sandbox.ts";

const tooMany = { status: 429, headers: { "Retry-After": "1" }, body: { FlinksCode: "TOO_MANY_REQUESTS" } };

/** A sandbox with faults, and a request for a token. */
function start(...faults: SandboxFault[]) {
  const { sandbox, ...started } = startSandbox({ faults });
  const { baseUrl, customerId, secretKey } = sandbox.options;
  const mint = (init: RequestInit = {}) =>
    sandbox.fetch(`${baseUrl}/v3/${customerId}/BankingServices/GenerateAuthorizeToken`, {
      method: "POST",
      headers: { "flinks-auth-key": secretKey },
      ...init,
    });
  return { ...started, sandbox, mint };
}

describe("a fault", () => {
  it("is a response as given, with its body as JSON", async () => {
    const { mint } = start({ fault: tooMany });
    const response = await mint();
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ FlinksCode: "TOO_MANY_REQUESTS" });
  });

  it.each<[SandboxFault["fault"], string | null, string]>([
    [{ status: 503, body: "busy" }, "text/plain;charset=UTF-8", "busy"],
    [{ status: 503, headers: { "Content-Type": "text/html" }, body: "<p>" }, "text/html", "<p>"],
    [
      { status: 500, headers: { "Content-Type": "application/problem+json" }, body: {} },
      "application/problem+json",
      "{}",
    ],
    [{ status: 502 }, "text/plain;charset=UTF-8", ""],
    [{ status: 204 }, null, ""],
  ])("has the content that it says: %j", async (fault, type, content) => {
    const response = await start({ fault }).mint();
    expect([response.headers.get("content-type"), await response.text()]).toEqual([type, content]);
  });

  it("is used once, or as often as times says, in order", async () => {
    const { mint } = start(
      { fault: { status: 500 } },
      { fault: { status: 503 }, times: 2 },
      { fault: { status: 502 } },
    );
    const statuses: number[] = [];
    for (let time = 0; time < 6; time++) statuses.push((await mint()).status);
    expect(statuses).toEqual([500, 503, 503, 502, 200, 200]);
  });

  it("is used by a request of its operation alone", async () => {
    const { mint, call, open } = start(
      { operation: "getAccountsDetail", fault: { status: 503, body: { FlinksCode: "A" } } },
      { operation: "getAccountsSummary", fault: { status: 503, body: { FlinksCode: "B" } } },
    );
    expect((await mint()).status).toBe(200);
    const RequestId = await open("greatday_nomfa");
    expect(await call("getAccountsSummary", { RequestId })).toEqual({ status: 503, body: { FlinksCode: "B" } });
    expect(await call("getAccountsDetail", { RequestId })).toEqual({ status: 503, body: { FlinksCode: "A" } });
    expect(await call("getAccountsDetail", { RequestId })).toMatchObject({ status: 200 });
  });

  it("is not used by a request for no operation", async () => {
    const { mint, sandbox } = start({ fault: { status: 503 } });
    await sandbox.fetch(`${sandbox.options.baseUrl}/other`);
    expect((await mint()).status).toBe(503);
  });

  it("of one sandbox is not used up by another that has the same list", async () => {
    const faults: SandboxFault[] = [{ fault: { status: 503 } }];
    expect((await start(...faults).mint()).status).toBe(503);
    expect((await start(...faults).mint()).status).toBe(503);
  });

  it("comes before the operation, which does not happen; the request is recorded", async () => {
    const { authorize, sandbox } = start({ operation: "authorize", fault: { status: 500, body: {} } });
    const LoginId = sandbox.loginIds.greatday_nomfa;
    expect(await authorize({ LoginId })).toMatchObject({ status: 500 });
    expect(sandbox.requests.at(-1)?.body).toEqual({ LoginId });
    const [, key] = sandbox.requests.map(({ headers }) => headers);
    const { url } = sandbox.requests.at(-1) as (typeof sandbox.requests)[number];
    const again = await sandbox.fetch(url, {
      method: "POST",
      headers: key as Record<string, string>,
      body: JSON.stringify({ LoginId }),
    });
    expect(again.status).toBe(200);
  });
});

describe("html", () => {
  it("is a gateway's page", async () => {
    const response = await start({ fault: "html" }).mint();
    expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(await response.text()).toMatch(/^<html>/);
  });
});

describe("silence", () => {
  it("ends when the caller gives up", async () => {
    const { mint } = start({ fault: "silence" });
    const controller = new AbortController();
    const settled = vi.fn();
    const call = errorOf(mint({ signal: controller.signal })).then((error) => {
      settled();
      return error;
    });
    await new Promise(setImmediate);
    expect(settled).not.toHaveBeenCalled();
    controller.abort("enough");
    expect(await call).toBe("enough");
  });

  it("never ends without a signal", async () => {
    const { mint } = start({ fault: "silence" });
    const settled = vi.fn();
    mint().then(settled, settled);
    await new Promise(setImmediate);
    expect(settled).not.toHaveBeenCalled();
  });
});

describe("reset", () => {
  it("is what fetch rejects with", async () => {
    const error = await errorOf(start({ fault: "reset" }).mint());
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
  });
});

describe("cut", () => {
  it("ends in the middle of the response", async () => {
    const response = await start({ fault: "cut" }).mint();
    expect(response.status).toBe(200);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toMatch(/^\{"HttpStatusCode":200,[^}]*$/);
    expect(await errorOf(reader.read())).toMatchObject({ message: "terminated", cause: { code: "UND_ERR_SOCKET" } });
    expect(await errorOf((await start({ fault: "cut" }).mint()).json())).toMatchObject({ message: "terminated" });
  });

  it("carries the operation out: the token is spent", async () => {
    const { mint, sandbox } = start({ operation: "authorize", fault: "cut" });
    const { Token } = (await (await mint()).json()) as { Token: string };
    const { baseUrl, customerId } = sandbox.options;
    const authorize = () =>
      sandbox.fetch(`${baseUrl}/v3/${customerId}/BankingServices/Authorize`, {
        method: "POST",
        headers: { "flinks-auth-key": Token },
        body: JSON.stringify({ LoginId: sandbox.loginIds.greatday_nomfa }),
      });
    await errorOf((await authorize()).text());
    expect((await authorize()).status).toBe(401);
  });
});

it.each<[SandboxFault["fault"], object]>([
  [tooMany, { code: "TOO_MANY_REQUESTS", status: 429 }],
  ["html", { name: "FlinksResponseError", status: 502 }],
  ["reset", { name: "FlinksConnectionError", code: "ECONNRESET" }],
  ["cut", { name: "FlinksConnectionError" }],
])("reaches the client as it would from the API: %j", async (fault, expected) => {
  const { sandbox } = start({ operation: "authorize", fault });
  const flinks = createFlinksClient({ ...sandbox.options, retry: false });
  const call = flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
  expect(await errorOf(call)).toMatchObject(expected);
});

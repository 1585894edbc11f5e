import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FlinksUsageError } from "../../src/index.ts";
import { createSandbox, type SandboxWebhook } from "../../src/sandbox/index.ts";
import { errorOf, errorOfClass } from "../helpers/client.ts";
import { startServer } from "../helpers/http-server.ts";
import { startSandbox } from "../helpers/sandbox.ts";

const secret = "whsec-é";

/** Delivers one webhook to a real server. */
async function deliver(webhook: Partial<SandboxWebhook> = {}, status = 200) {
  const { sandbox } = startSandbox({ logins: { ours: "greatday" } });
  const { baseUrl, received } = await startServer(() => ({ status, headers: { location: "/other" } }));
  const result = await sandbox.deliverWebhook(`${baseUrl}/hooks?a=b`, { secret, ...webhook });
  return { result, received, ...(received[0] as (typeof received)[number]) };
}

describe("deliverWebhook", () => {
  it("posts JSON, signed over the bytes that are sent", async () => {
    const { method, url, headers, text, json } = await deliver();
    expect([method, url, headers["content-type"]]).toEqual(["POST", "/hooks?a=b", "application/json"]);
    const expected = createHmac("sha256", secret).update(text, "utf8").digest("base64");
    expect(headers["flinks-authenticity-key"]).toBe(expected);
    expect(json).toMatchObject({ ResponseType: "GetAccountsDetail", HttpStatusCode: 200 });
    expect(json.Login).toMatchObject({ Username: "greatday_nomfa", LastRefresh: "2026-01-21T20:47:47.1450000" });
  });

  it.each([
    ["GetAccountsDetail", "Accounts", "Transactions"],
    ["GetAccountsSummary", "Accounts", "EftEligibleRatio"],
    ["GetStatements", "StatementsByAccount", "Statements"],
  ] as const)("sends the payload of %s", async (type, list, field) => {
    const { json } = await deliver({ type, loginId: "ours" });
    expect(json.ResponseType).toBe(type);
    expect(json[list]).toHaveLength(3);
    expect(json[list][0]).toHaveProperty(field);
    expect(json.Login.Id).toBe("ours");
    expect(json.RequestId).toMatch(/^[\da-f-]{36}$/);
  });

  it.each([200, 204, 302, 401, 500])("resolves to the receiver's status, once: %d", async (status) => {
    const { result, received } = await deliver({}, status);
    expect([result, received.length]).toEqual([status, 1]);
  });

  it("sends by another fetch, for a receiver without a socket", async () => {
    const calls: [string, RequestInit][] = [];
    const fetch: SandboxWebhook["fetch"] = async (url, init) => {
      calls.push([url, init]);
      return { status: 202 };
    };
    const url = new URL("http://app.invalid/hooks");
    expect(await createSandbox().deliverWebhook(url, { secret, fetch })).toBe(202);
    expect(calls).toMatchObject([["http://app.invalid/hooks", { method: "POST" }]]);
  });

  it("rejects with what fetch says if there is no receiver", async () => {
    expect(await errorOf(createSandbox().deliverWebhook("http://127.0.0.1:1/", { secret }))).toBeInstanceOf(TypeError);
  });

  it.each<[unknown, unknown, string]>([
    ["http://a.invalid", {}, "secret must be a non-empty string."],
    ["http://a.invalid", { secret: "" }, "secret must be a non-empty string."],
    ["http://a.invalid", undefined, "deliverWebhook must be an object."],
    ["http://a.invalid", { secret, loginID: "x" }, 'deliverWebhook: "loginID" is unknown. Did you mean "loginId"?'],
    [
      "http://a.invalid",
      { secret, type: "GetStatement" },
      'deliverWebhook: type: "GetStatement" is unknown. Did you mean "GetStatements"?',
    ],
    ["http://a.invalid", { secret, type: "KYC" }, 'deliverWebhook: type: "KYC" is unknown. Known: GetAccountsDetail, '],
    [
      "http://a.invalid",
      { secret, loginId: "unknown" },
      "deliverWebhook: loginId must be one of the sandbox's LoginIds.",
    ],
    ["http://a.invalid", { secret, fetch: "fetch" }, "deliverWebhook: fetch must be a function."],
    ["/hooks", { secret }, "deliverWebhook: the URL must be a whole http: or https: URL."],
    ["ftp://a.invalid", { secret }, "deliverWebhook: the URL must be a whole http: or https: URL."],
  ])("refuses %s with %j", async (url, webhook, message) => {
    const call = createSandbox().deliverWebhook(url as string, webhook as SandboxWebhook);
    expect((await errorOfClass(FlinksUsageError, call)).message.startsWith(message)).toBe(true);
  });
});

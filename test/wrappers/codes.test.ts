import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FlinksApiError, flinksCodes, isKnownFlinksCode } from "../../src/index.ts";
import { clientOf, errorOfClass, loginId } from "../helpers/client.ts";
import { type Reply, startServerWith } from "../helpers/http-server.ts";
import { refusal } from "../helpers/wire.ts";

async function errorOf(reply: Reply): Promise<FlinksApiError> {
  const server = await startServerWith(reply);
  return errorOfClass(FlinksApiError, clientOf(server).authorize({ LoginId: loginId }));
}

describe("a known code", () => {
  it.each(Object.entries(flinksCodes))("%s puts its facts on the error", async (code, { sentence, ...facts }) => {
    expect(isKnownFlinksCode(code)).toBe(true);
    const error = await errorOf(refusal(code, { status: 401, Message: "In the vendor's words" }));
    expect(error).toMatchObject({ code, status: 401, ...facts });
    expect(error.message).toBe(
      `Authorize was refused: ${code} (HTTP 401). ${sentence} Flinks says: "In the vendor's words"`,
    );
  });

  it("is on the page docs/errors.md, with its facts", () => {
    const rows = readFileSync("docs/errors.md", "utf8").match(/^\| `.*$/gm);
    expect(rows).toEqual(
      Object.entries(flinksCodes).map(
        ([code, { category, action, retryable, sentence }]) =>
          `| \`${code}\` | \`${category}\` | \`${action}\` | ${retryable ? "yes" : "no"} | ${sentence} |`,
      ),
    );
  });

  it("is trimmed", async () => {
    expect(await errorOf(refusal(" INVALID_LOGIN "))).toMatchObject({ code: "INVALID_LOGIN", category: "credentials" });
  });

  it("decides, whatever the status is", async () => {
    const error = await errorOf(refusal("INVALID_LOGIN", { status: 503 }));
    expect(error).toMatchObject({ status: 503, category: "credentials", retryable: false });
  });

  it("NO_TRANSACTION may pass, but not by asking again at once", () => {
    expect(flinksCodes.NO_TRANSACTION).toMatchObject({ category: "account", action: "retry_later", retryable: false });
  });
});

describe("an unknown code", () => {
  it.each(["NEVER_SEEN", "constructor", "__proto__", "toString", "invalid_login"])("is kept: %s", async (code) => {
    expect(isKnownFlinksCode(code)).toBe(false);
    const error = await errorOf(refusal(code));
    expect(error).toMatchObject({ code, category: "unknown", action: "contact_support", retryable: false });
    expect(error.message).toMatch(/does not know the code\. Ask the vendor's support what it means\./);
  });

  it("leaves 429 and 5xx their meaning", async () => {
    expect(await errorOf(refusal("SLOW_DOWN", { status: 429 }))).toMatchObject({
      code: "SLOW_DOWN",
      category: "rate_limit",
      action: "retry_later",
      retryable: true,
    });
    expect(await errorOf(refusal("OH_NO", { status: 500 }))).toMatchObject({ category: "server", retryable: true });
  });

  it("is cut where it is too long to be one", async () => {
    const { code } = await errorOf(refusal("X".repeat(10_000)));
    expect(code).toBe("X".repeat(100));
  });
});

describe("without a code, the status says what it may mean", () => {
  it.each([
    [400, "request", "fix_integration", "A field may be missing or malformed. Correct the request"],
    [401, "access", "fix_integration", "The key or token of this call may be wrong, spent or expired. Check"],
    [403, "access", "fix_integration", "The key may not allow this call, or a firewall refused it. Check the key"],
    [404, "access", "fix_integration", "The address may be wrong. Check instance or baseUrl, and customerId."],
    [405, "access", "fix_integration", "The address may be wrong. Check instance or baseUrl, and customerId."],
    [408, "server", "retry_later", "The server gave up waiting for the request. Try again later."],
    [409, "session", "retry_later", "Another call may hold this login or session. Try again later."],
    [413, "request", "fix_integration", "The request is larger than the server accepts."],
    [415, "request", "fix_integration", "The server does not accept the request's content type."],
    [418, "request", "fix_integration", "A field may be missing or malformed."],
  ])("%i: %s, %s", async (status, category, action, sentence) => {
    const error = await errorOf(refusal(undefined, { status }));
    expect(error).toMatchObject({ code: `HTTP_${status}`, status, category, action, retryable: false });
    expect(error.message).toContain(`Authorize was refused: HTTP_${status} (HTTP ${status}). ${sentence}`);
  });

  it.each([
    [429, "rate_limit", "Too many calls in too short a time."],
    [500, "server", "The server failed. Try again later."],
    [502, "server", "A gateway got no valid response from the server. Try again later."],
    [503, "server", "The server is overloaded or down. Try again later."],
    [504, "server", "A gateway got no response from the server in time. Try again later."],
    [599, "server", "The server failed. Try again later."],
  ])("%i: %s, to be repeated later", async (status, category, sentence) => {
    const error = await errorOf(refusal(undefined, { status }));
    expect(error).toMatchObject({ code: `HTTP_${status}`, category, action: "retry_later", retryable: true });
    expect(error.message).toContain(sentence);
  });

  it.each([null, "  ", "", 7, { code: "INVALID_LOGIN" }])("a FlinksCode of %j counts as none", async (FlinksCode) => {
    expect(await errorOf(refusal(undefined, { FlinksCode }))).toMatchObject({ code: "HTTP_400" });
  });
});

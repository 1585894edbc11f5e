import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FlinksApiError, flinksCodes } from "../../src/index.ts";
import { clientOf, errorOfClass, loginId, requestId, secrets } from "../helpers/client.ts";
import { startServerWith } from "../helpers/http-server.ts";

async function errorFrom(status: number, body: object, headers: Record<string, string> = {}) {
  const server = await startServerWith({ status, body, headers });
  return errorOfClass(FlinksApiError, clientOf(server).authorize({ LoginId: loginId }));
}

describe("the table", () => {
  it.each(Object.entries(flinksCodes))("%s is what the error says", async (code, { sentence, ...facts }) => {
    const error = await errorFrom(401, { FlinksCode: code, Message: "in the vendor's words" });
    expect(error).toMatchObject({ code, status: 401, ...facts });
    expect(error.message).toBe(
      `Authorize was refused: ${code} (HTTP 401). ${sentence} Flinks says: "in the vendor's words"`,
    );
  });

  // What wire-facts of the vendor say about who can mend it, written down a second time on purpose.
  it.each([
    ["INVALID_LOGIN", "credentials", "reenter_credentials", false],
    ["INVALID_USERNAME", "credentials", "reenter_credentials", false],
    ["INVALID_PASSWORD", "credentials", "reenter_credentials", false],
    ["INVALID_SECURITY_RESPONSE", "mfa", "answer_again", false],
    ["INVALID_SECURITY_RESPONSE_NO_RETRY", "mfa", "start_over", false],
    ["SECURITYRESPONSES_INCOMPLETE", "mfa", "fix_integration", false],
    ["UNKNOWN_CHALLENGE_KEY", "mfa", "fix_integration", false],
    ["QUESTION_NOT_FOUND", "mfa", "start_over", false],
    ["DISABLED_LOGIN", "account", "contact_institution", false],
    ["NEW_ACCOUNT", "account", "contact_institution", false],
    ["UNAUTHORIZED", "account", "contact_institution", false],
    ["DISABLED_INSTITUTION", "institution", "retry_later", false],
    ["RETRY_LATER", "institution", "retry_later", true],
    ["TOO_MANY_REQUESTS", "rate_limit", "retry_later", true],
    ["SESSION_NONEXISTENT", "session", "start_over", false],
    ["SESSION_EXPIRED", "session", "start_over", false],
    ["ALREADY_AUTHORIZED", "session", "start_over", false],
    ["CONCURRENT_SESSION", "session", "retry_later", true],
    ["CARD_IN_USE", "session", "retry_later", true],
    ["ACCESS_DENIED", "access", "fix_integration", false],
    ["CUSTOMER_NOT_FOUND", "access", "fix_integration", false],
    ["METHOD_NOT_AVAILABLE", "access", "fix_integration", false],
    ["INVALID_REQUEST", "request", "fix_integration", false],
    ["AGGREGATION_ERROR", "server", "retry_later", true],
    ["NO_BROWSER_AVAILABLE", "server", "retry_later", true],
    ["UNKNOWN_ERROR", "server", "retry_later", true],
    ["OPERATION_PENDING", "session", "retry_later", false],
    ["OPERATION_DISPATCHED", "session", "retry_later", false],
  ] as const)("%s: %s, %s, retryable %s", (code, category, action, retryable) => {
    expect(flinksCodes[code]).toMatchObject({ category, action, retryable });
  });

  it("has no code that the list above does not have", () => {
    expect(Object.keys(flinksCodes)).toHaveLength(28);
  });

  it("is all of docs/errors.md", () => {
    const page = readFileSync("docs/errors.md", "utf8");
    for (const [code, { category, action, retryable, sentence }] of Object.entries(flinksCodes)) {
      const facts = `\`${code}\` | \`${category}\` | \`${action}\` | ${retryable ? "yes" : "no"}`;
      expect(page).toContain(`| ${facts} | ${sentence} |\n`);
    }
  });
});

describe("codes on the wire", () => {
  it("are trimmed", async () => {
    expect(await errorFrom(401, { FlinksCode: " INVALID_LOGIN " })).toMatchObject({
      code: "INVALID_LOGIN",
      category: "credentials",
    });
  });

  it.each(["NEVER_SEEN", "constructor", "__proto__", "toString", "hasOwnProperty", "invalid_login"])(
    "that are unknown are kept: %s",
    async (code) => {
      const error = await errorFrom(400, { FlinksCode: code });
      expect(error).toMatchObject({ code, category: "unknown", action: "contact_support", retryable: false });
      expect(error.message).toMatch(
        /^Authorize was refused: \w+ \(HTTP 400\)\. This client does not know the code\. Ask the vendor's support what it means\./,
      );
    },
  );

  it("may be absent, and then the status tells what it can", async () => {
    const withoutCode = { Message: "no code" };
    expect(await errorFrom(400, withoutCode)).toMatchObject({ code: "HTTP_400", category: "request" });
    expect(await errorFrom(401, withoutCode)).toMatchObject({
      code: "HTTP_401",
      category: "access",
      action: "fix_integration",
    });
    expect(await errorFrom(403, withoutCode)).toMatchObject({ code: "HTTP_403", category: "access" });
    expect(await errorFrom(429, withoutCode)).toMatchObject({ code: "HTTP_429", category: "rate_limit" });
    expect(await errorFrom(503, withoutCode)).toMatchObject({ code: "HTTP_503", category: "server" });
    expect(await errorFrom(405, { HttpStatusCode: 405 })).toMatchObject({ code: "HTTP_405" });
    expect(await errorFrom(400, { FlinksCode: null, HttpStatusCode: 400 })).toMatchObject({
      code: "HTTP_400",
    });
    expect(await errorFrom(400, { FlinksCode: "  " })).toMatchObject({ code: "HTTP_400" });
  });

  it("that are unknown leave 429 and 5xx their meaning", async () => {
    expect(await errorFrom(429, { FlinksCode: "SLOW_DOWN" })).toMatchObject({
      code: "SLOW_DOWN",
      category: "rate_limit",
      retryable: true,
    });
    expect(await errorFrom(500, { FlinksCode: "OH_NO" })).toMatchObject({
      category: "server",
      retryable: true,
    });
  });
});

describe("the error", () => {
  it("has the headers of an allow-list, and no others", async () => {
    const error = await errorFrom(
      429,
      { FlinksCode: "TOO_MANY_REQUESTS" },
      { "retry-after": "7", "set-cookie": "a=b" },
    );
    expect(error.headers).toEqual({
      "content-type": "application/json",
      date: expect.any(String),
      "retry-after": "7",
    });
  });

  it("has the RequestId, if there is one", async () => {
    expect(await errorFrom(400, { FlinksCode: "SESSION_EXPIRED", RequestId: requestId })).toMatchObject({
      requestId,
    });
    expect(await errorFrom(400, { FlinksCode: "SESSION_EXPIRED" })).not.toHaveProperty("requestId");
  });

  it("cuts a long message and masks secrets in it, and in an unknown code", async () => {
    const error = await errorFrom(400, {
      FlinksCode: `NO_${secrets.token}`,
      Message: `${secrets.token} ${"x".repeat(10_000)}`,
    });
    expect(error.message).not.toContain(secrets.token);
    expect(error.code).toBe("NO_[redacted]");
    expect(error.message.length).toBeLessThan(1_000);
  });

  it("cuts an unknown code that is too long to be one", async () => {
    const { code } = await errorFrom(400, { FlinksCode: "X".repeat(10_000) });
    expect(code).toBe("X".repeat(512));
  });

  it("has no message of the API's where there is none", async () => {
    const { message } = await errorFrom(500, { FlinksCode: "UNKNOWN_ERROR", Message: "" });
    expect(message).toBe(
      `Authorize was refused: UNKNOWN_ERROR (HTTP 500). ${flinksCodes.UNKNOWN_ERROR.sentence}`,
    );
  });
});

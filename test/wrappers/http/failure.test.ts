/** What errors about a response tell: HTTP's facts, the API's words, and no more than may be shown. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { FlinksApiError, FlinksResponseError } from "../../../src/index.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { authorizeWith, responseLike } from "../../helpers/fetch.ts";
import { type Reply, startServerWith } from "../../helpers/http-server.ts";
import { refusal, requestId } from "../../helpers/wire.ts";

/** The error of a live call with this Username and Password. */
async function refusedWith(reply: Reply, credentials: object = {}): Promise<FlinksApiError> {
  const server = await startServerWith(reply);
  const { Username, Password } = secrets;
  const request = { Institution: "FlinksCapital", Username, Password, ...credentials };
  return errorOfClass(FlinksApiError, clientOf(server).authorize(request));
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a refusal", () => {
  it.each([12345, "1e999", "401", -1, null, 401, 500])("has HTTP's status, not %j of the body", async (inBody) => {
    const body = JSON.stringify({ HttpStatusCode: inBody, Message: "m" }).replace('"1e999"', "1e999");
    expect(await refusedWith({ status: 400, body })).toMatchObject({ status: 400, code: "HTTP_400", retryable: false });
  });

  it("under HTTP 200 tells both statuses, and is never repeated", async () => {
    const error = await refusedWith({ body: { HttpStatusCode: 503, Message: "m" } });
    expect(error).toMatchObject({ status: 200, category: "server", retryable: false });
    expect(error.message).toBe(
      'Authorize was refused: HTTP_200 (HTTP 200, 503 in the body). The server is overloaded or down. Try again later. Flinks says: "m"',
    );
  });

  it("has the headers of an allow-list, and no others", async () => {
    const logged = { server: "s", "x-request-id": "x", "cf-ray": "c", "retry-after": "7", "content-length": "2" };
    const headers = { ...logged, "set-cookie": "a=b", "x-other": "o", "content-type": "text/json", date: "d" };
    const error = await refusedWith({
      status: 429,
      headers: { ...headers, "content-length": "17" },
      body: '{"Message":"abc"}',
    });
    expect(error.headers).toEqual({ ...logged, "content-length": "17", "content-type": "text/json", date: "d" });
  });

  it("has the RequestId, if there is one", async () => {
    expect(await refusedWith(refusal("SESSION_EXPIRED", { RequestId: requestId }))).toMatchObject({ requestId });
    expect(await refusedWith(refusal("SESSION_EXPIRED", { RequestId: "" }))).not.toHaveProperty("requestId");
  });

  it.each(["", 7, null])("leaves out a Message of %j", async (Message) => {
    const { message } = await refusedWith(refusal("INVALID_REQUEST", { Message }));
    expect(message).toMatch(/^Authorize was refused: INVALID_REQUEST \(HTTP 400\)\. .*before it is sent again\.$/);
  });

  it("cuts a long Message after its secrets are masked", async () => {
    const Message = `${"x".repeat(505)}${secrets.Username}${"x".repeat(505)}`;
    const { message } = await refusedWith(refusal("INVALID_LOGIN", { Message }));
    expect(message.endsWith(` Flinks says: "${"x".repeat(505)}[redact"`)).toBe(true);
  });

  it.each([
    ["7", 7_000],
    ["0.25", 250],
    ["0", 0],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 37_000],
    ["Sun Nov  6 08:49:37 1994", 37_000],
    ["Sun, 06 Nov 1994 08:48:37 GMT", 0],
    ["soon", undefined],
    ["-1", undefined],
    ["1e3", undefined],
    ["Sun Nov  6 08:49:37 1994 or later", undefined],
    ["1994-11-06T08:49:37Z", undefined],
  ])("tells how long to wait: Retry-After %s", async (value, ms) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(1994, 10, 6, 8, 49, 0) });
    const error = await refusedWith(refusal("TOO_MANY_REQUESTS", { headers: { "retry-after": value } }));
    expect(error.retryAfterMs).toBe(ms);
    expect(Object.hasOwn(error, "retryAfterMs")).toBe(ms !== undefined);
  });
});

describe("fields", () => {
  it.each<[string, unknown, object | undefined, string]>([
    [
      "a map",
      { Tag: ["is too long", "is odd"] },
      { Tag: ["is too long", "is odd"] },
      " Fields: Tag (is too long, is odd).",
    ],
    [
      "a list of maps",
      [{ A: ["1"] }, { B: ["2"], A: ["3"] }],
      { A: ["1", "3"], B: ["2"] },
      " Fields: A (1, 3); B (2).",
    ],
    ["a map of strings", { A: "x" }, { A: ["x"] }, " Fields: A (x)."],
    ["some that are not strings", { A: [7, "x", null], B: 7, C: {}, D: [] }, { A: ["x"] }, " Fields: A (x)."],
    ["names of Object's members", JSON.parse('{"__proto__":["x"]}'), JSON.parse('{"__proto__":["x"]}'), " (x)."],
    ["a text", "Tag is too long", undefined, ""],
    ["null", null, undefined, ""],
    ["a number", 7, undefined, ""],
    ["lists in a list", [["x"], null, "y"], undefined, ""],
    ["an empty map", {}, undefined, ""],
  ])("come from ValidationDetails: %s", async (_, ValidationDetails, fields, words) => {
    const error = await refusedWith(refusal("INVALID_REQUEST", { ValidationDetails }));
    expect(error.fields).toEqual(fields);
    expect(Object.keys(error.fields ?? {})).toEqual(Object.keys(fields ?? {}));
    expect(error.message).toContain(`before it is sent again.${words && ` Fields:`}`);
    expect(error.message).toContain(`${words} Flinks says: "Refused"`);
  });

  it("make a refusal of a body that has nothing else", async () => {
    expect(await refusedWith({ status: 400, body: { ValidationDetails: { A: ["x"] } } })).toMatchObject({
      fields: { A: ["x"] },
    });
  });

  it("are masked and bounded", async () => {
    const words = Array.from({ length: 99 }, () => `${secrets.Username} ${"x".repeat(600)}`);
    const ValidationDetails = Object.fromEntries(
      Array.from({ length: 99 }, (_, at) => [`${secrets.Username}${at}`, words]),
    );
    const { fields = {}, message } = await refusedWith(refusal("INVALID_REQUEST", { ValidationDetails }));
    expect(Object.keys(fields)).toHaveLength(50);
    expect(fields["[redacted]7"]).toEqual(Array(10).fill(`[redacted] ${"x".repeat(501)}`));
    expect(message).toContain("Fields: [redacted]0 ([redacted] xxx");
    expect(message).not.toContain(secrets.Username);
    expect(message.length).toBeLessThan(2_500);
  });
});

describe("ids and headers are shown or left out, never rewritten", () => {
  const echo = (fields: object, headers: Record<string, string> = {}) =>
    refusal("INVALID_LOGIN", { status: 401, headers, RequestId: requestId, Message: "m", ...fields });

  it.each<[string, string, Reply, object]>([
    ["1", "shown", echo({}, { "x-request-id": "a1b" }), { requestId, headers: { "x-request-id": "a1b" } }],
    ["2952", "shown", echo({}), { requestId }],
    ["Erin", "shown", echo({ Message: "user: catering" }), { message: expect.stringMatching(/"user: catering"$/) }],
    ["No", "shown", echo({ Message: "Not found" }), { message: expect.stringMatching(/"Not found"$/) }],
    [
      "No",
      "masked",
      echo({ Message: "No such login" }),
      { message: expect.stringMatching(/"\[redacted\] such login"$/) },
    ],
    ["institution", "shown", echo({}), { message: expect.stringMatching(/^Authorize was refused: INVALID_LOGIN/) }],
  ])("a password %s: %s", async (Password, _, reply, expected) => {
    expect(await refusedWith(reply, { Password })).toMatchObject(expected);
  });

  it("leaves out an id, a header and a code that hold the secret, and still obeys the header", async () => {
    const headers = { "x-request-id": "a-1-b", "retry-after": "1", server: "s" };
    const error = await refusedWith(refusal("A_1-B", { headers, RequestId: "a-1-b" }), { Password: "1" });
    expect(error).toMatchObject({ code: "HTTP_400", retryAfterMs: 1_000 });
    expect(error).not.toHaveProperty("requestId");
    expect(Object.keys(error.headers)).toEqual(expect.arrayContaining(["server", "content-type"]));
    expect(error.headers).not.toHaveProperty("x-request-id");
    expect(error.headers).not.toHaveProperty("retry-after");
    expect(JSON.stringify(error)).not.toContain("[redacted]");
  });
});

describe("a response that is not the API's", () => {
  const errorOf = async (reply: Reply, options: object = {}) =>
    errorOfClass(FlinksResponseError, clientOf(await startServerWith(reply), options).authorize({ LoginId: loginId }));
  const proxy = "Check instance or baseUrl; a proxy may have answered.";
  const address = "The address may be wrong. Check instance or baseUrl, and customerId.";
  const throttled = "Too many calls in too short a time. Try again later, and more slowly.";
  const field = "A field may be missing or malformed. Correct the request before you send it again.";
  const changed = "The API may have changed, or another server has answered. Check instance or baseUrl.";

  it.each<[number, string, string, boolean, string]>([
    [502, "<html><h1>Bad Gateway</h1></html>", "text/html", true, proxy],
    [200, "<html><h1>Sign in</h1></html>", "text/html", false, proxy],
    [200, "<script>{}</script>", "text/html", false, proxy],
    [500, "<h1>Error</h1>", "text/html", true, proxy],
    [404, "not found", "text/plain", false, address],
    [429, "slow down", "text/plain", true, throttled],
    [503, '{"Message":', "application/json", true, proxy],
  ])("%i %j: shows the beginning of its body", async (status, body, type, retryable, hint) => {
    const error = await errorOf({ status, body, headers: { "content-type": type, "retry-after": "7" } });
    const facts = { code: "invalid_response", status, retryable, retryAfterMs: 7_000, bodyExcerpt: body };
    expect(error).toMatchObject({ ...facts, headers: { "content-type": type } });
    expect(error).not.toHaveProperty("cause");
    expect(error.message).toBe(`Authorize returned HTTP ${status} with a body that is not a JSON object. ${hint}`);
  });

  it.each<[number, string, string, string]>([
    [200, '{"RequestId":"fd4e', "a body that is not a JSON object (application/json, length 18)", proxy],
    [200, " [1]", "a body that is not a JSON object (application/json, length 4)", proxy],
    [500, "", "an empty body (application/json, length 0)", proxy],
    [200, '{"Institution":"i"}', "no RequestId (application/json, length 19)", changed],
    [400, "{}", "an unexpected body", field],
  ])("%i %j: tells the length of a body that is not shown", async (status, body, what, hint) => {
    const error = await errorOf({ status, body, headers: { "content-type": "application/json" } });
    expect(error.message).toBe(`Authorize returned HTTP ${status} with ${what}. ${hint}`);
    expect(error.bodyExcerpt).toBe(status === 200 ? "" : body);
  });

  it("shows nothing of a body that should hold a token, and all of a page in its place", async () => {
    for (const [status, bodyExcerpt] of [
      [200, ""],
      [502, "<html>"],
    ] as const) {
      const flinks = clientOf(await startServerWith({ status, body: "<html>" }), { secretKey: "key" });
      const error = await errorOfClass(FlinksResponseError, flinks.generateAuthorizeToken());
      expect(error).toMatchObject({ operation: "generateAuthorizeToken", bodyExcerpt });
    }
  });

  it("shows at most 512 characters, cut after its secrets are masked", async () => {
    const padding = "x".repeat(505);
    const error = await errorOf({ status: 500, body: `${padding}${secrets.token}${padding}` });
    expect(error.bodyExcerpt).toBe(`${padding}[redact`);
  });

  // With JSON, which under these only a `fetch` of the user's can give.
  it.each([0, 199, 204, 205, 600, 799])("rejects a status of %i", async (status) => {
    const error = await errorOfClass(
      FlinksResponseError,
      authorizeWith(async () => responseLike({ status })),
    );
    expect(error.status).toBe(status);
  });
});

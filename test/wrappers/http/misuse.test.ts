/** Misuse of `http` is a FlinksUsageError that quotes nothing of what was passed. */
import { describe, expect, it } from "vitest";
import { FlinksUsageError } from "../../../src/index.ts";
import { clientOf, customerId, errorOfClass } from "../../helpers/client.ts";
import { startServerWith } from "../../helpers/http-server.ts";
import { session } from "../../helpers/wire.ts";

const secret = "s3cretValue";
const path = "/v3/{customerId}/BankingServices/Authorize";
const params = { path: { customerId }, header: { "flinks-auth-key": "t" } };
const circle: Record<string, unknown> = {};
circle[secret] = circle;

type Method = (...args: unknown[]) => Promise<unknown>;

/** The message of a call that is refused before anything is sent. */
async function messageOf(method: string, ...args: unknown[]): Promise<string> {
  const server = await startServerWith(session());
  const http = clientOf(server).http as unknown as Record<string, Method>;
  const error = await errorOfClass(FlinksUsageError, http[method]?.(...args) as Promise<unknown>);
  expect(error.code).toBe("invalid_request");
  expect(error).not.toHaveProperty("cause");
  expect(error.message).not.toContain(secret);
  expect(server.received).toEqual([]);
  return error.message;
}

const notAnOperation = /^http takes the methods and paths of the API's document, below http:/;
const notARequest = /^http cannot create a request from these arguments\./;

describe("a path that is not the document's is refused:", () => {
  it.each([
    "/v3/c/../../admin",
    "/v3/%2E%2e/BankingServices/Authorize",
    "/v3\\..\\c",
    `/v3/${secret}/BankingServices/Authorize/more`,
    `/v3/${secret}/BankingServices/authorize`,
    "/v3/c/d/BankingServices/Authorize",
    "/v3/c%2fd/BankingServices/Authorize",
    "/v3//BankingServices/Authorize",
    "/v4/c/BankingServices/Authorize",
    "/v3/c/BankingServices/Authorize#a",
    "/",
  ])("%s", async (other) => {
    expect(await messageOf("POST", other, { params, body: {} })).toMatch(notAnOperation);
  });

  it.each(["..", "../..", "a/b", "", "%2e%2e", "a\\b", "a;b", "é", { a: "b" }, null, undefined])(
    "by the customerId %j",
    async (id) => {
      expect(await messageOf("POST", path, { params: { ...params, path: { customerId: id } }, body: {} })).toMatch(
        notAnOperation,
      );
    },
  );

  it.each([{}, { path: null }, { path: 7 }])("by params %j", async (given) => {
    expect(await messageOf("POST", path, { params: given, body: {} })).toMatch(notAnOperation);
  });
});

it.each(["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])(
  "a %s, which the document has not, is refused",
  async (method) => {
    expect(await messageOf(method, path, { params })).toMatch(notAnOperation);
  },
);

describe("arguments that openapi-fetch or Request would reject with an error of their own are refused:", () => {
  it.each<[string, string, unknown[], RegExp]>([
    ["no path", "POST", [], /^The path must be a non-empty string\.$/],
    ["a path that is a number", "POST", [7], /^The path must be a non-empty string\.$/],
    ["no method", "request", [undefined, path], /^The method must be a non-empty string\.$/],
    ["a method without a path", "request", ["post"], /^The path must be a non-empty string\.$/],
    ["a method that is none", "request", [`${secret} `, path, { params }], notARequest],
    ["TRACE", "TRACE", [path, { params }], notARequest],
    ["GET with a body", "GET", [path, { params, body: {} }], notARequest],
    ["a path that is not of a URL", "POST", [`:99999999/${secret}`, { params }], notARequest],
    ["a path that makes the host a username", "POST", [`@${secret}.example/v3`, { params }], notARequest],
    ["null as init", "POST", [path, null], /^The last argument of an http method must be an object\.$/],
    ["a string as init", "POST", [path, secret], /^The last argument of an http method must be an object\.$/],
    ["a list as init", "POST", [path, [secret]], /^The last argument of an http method must be an object\.$/],
  ])("%s", async (_, method, args, message) => {
    expect(await messageOf(method, ...args)).toMatch(message);
  });

  const query = "params.query cannot be written into a URL.";
  const header =
    "A value in headers must be a valid HTTP header value: Latin-1 characters, no line breaks, no surrounding whitespace.";
  const name = "headers has a name that HTTP does not allow.";
  it.each<[string, object, string | RegExp]>([
    ["params that are null", { params: null }, "params must be an object."],
    [
      "a path parameter that is a symbol",
      { params: { path: { customerId: Symbol(secret) } } },
      "params.path cannot be written into a URL.",
    ],
    [
      "a path parameter that is half a character",
      { params: { path: { customerId: "\ud800" } } },
      "params.path cannot be written into a URL.",
    ],
    ["a query that is a symbol", { params: { ...params, query: { a: Symbol(secret) } } }, query],
    ["a query that is half a character", { params: { ...params, query: { a: "\ud800" } } }, query],
    ["a query three deep", { params: { ...params, query: { a: { b: { c: secret } } } } }, query],
    ["a body with a cycle", { body: circle }, "body cannot be written as JSON."],
    ["a body with a BigInt", { body: { [secret]: 7n } }, "body cannot be written as JSON."],
    ["headers that are null", { headers: null }, "headers must be an object."],
    ["headers that are a list", { headers: [[secret, secret]] }, "headers must be an object."],
    ["headers of params that are a string", { params: { ...params, header: secret } }, "headers must be an object."],
    ["a header's name with a blank", { headers: { [`x ${secret}`]: "1" } }, name],
    ["a header's name that is empty", { headers: { "": secret } }, name],
    ["a header's name in params", { params: { ...params, header: { [`${secret}:`]: "1" } } }, name],
    ...[
      `${secret}\n`,
      ` ${secret}`,
      `${secret}\u2603`,
      ["a", `${secret}\n`],
      Symbol(secret),
      () => secret,
      { a: secret },
      [[secret]],
    ].map((value): [string, object, string] => [
      `a header's value ${String(value).trim()}`,
      { headers: { "x-mine": value } },
      header,
    ]),
    ["a header's value that is a secret", { headers: { "x-mine": { toString: () => `${secret}\n` } } }, header],
    ["a header's value in params", { params: { ...params, header: { "x-mine": `${secret}\n` } } }, header],
    ["a signal that is none", { signal: {} }, "signal must be an AbortSignal."],
    ["a signal that is null", { signal: null }, "signal must be an AbortSignal."],
    ["a mode that is none", { mode: secret }, notARequest],
  ])("%s", async (_, init, message) => {
    expect(await messageOf("POST", path, { params, body: {}, ...init })).toMatch(message);
  });
});

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
const refused =
  /^http (?:cannot create a request|takes the methods and paths)|^The last argument of an http method|^parseAs must be/;

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

describe("what openapi-fetch or Request would reject with an error that quotes it is refused:", () => {
  it.each<[string, string, unknown[]]>([
    ["no path", "POST", []],
    ["a path that is a number", "POST", [7]],
    ["no method", "request", [undefined, path]],
    ["a method without a path", "request", ["post"]],
    ["an invalid method", "request", [`${secret} `, path, { params }]],
    ["TRACE", "TRACE", [path, { params }]],
    ["GET with a body", "GET", [path, { params, body: {} }]],
    ["a path that is not of a URL", "POST", [`:99999999/${secret}`, { params }]],
    ["a path that makes the host a username", "POST", [`@${secret}.example/v3`, { params }]],
    ["null as init", "POST", [path, null]],
    ["a string as init", "POST", [path, secret]],
    ["a list as init", "POST", [path, [secret]]],
  ])("%s", async (_, method, args) => {
    expect(await messageOf(method, ...args)).toMatch(refused);
  });

  it.each<[string, object]>([
    ["params that are null", { params: null }],
    ["a path parameter that is a symbol", { params: { path: { customerId: Symbol(secret) } } }],
    ["a path parameter that is half a character", { params: { path: { customerId: "\ud800" } } }],
    ["a query that is a symbol", { params: { ...params, query: { a: Symbol(secret) } } }],
    ["a query that is half a character", { params: { ...params, query: { a: "\ud800" } } }],
    ["a query three deep", { params: { ...params, query: { a: { b: { c: secret } } } } }],
    ["a body with a cycle", { body: circle }],
    ["a body with a BigInt", { body: { [secret]: 7n } }],
    ["a header's name with a blank", { headers: { [`x ${secret}`]: "1" } }],
    ["a header's name that is empty", { headers: { "": secret } }],
    ["a header's name in params", { params: { ...params, header: { [`${secret}:`]: "1" } } }],
    ["a header's value with a line break", { headers: { "x-mine": `${secret}\nx: y` } }],
    ["a header's value beyond Latin-1", { headers: { "x-mine": `${secret}\u2603` } }],
    ["a header's value that is a symbol", { headers: { "x-mine": Symbol(secret) } }],
    ["a header's value in params", { params: { ...params, header: { "x-mine": `${secret}\nx: y` } } }],
    ["an invalid signal", { signal: {} }],
    ["an invalid mode", { mode: secret }],
    ["an unknown parseAs", { parseAs: secret }],
  ])("%s", async (_, init) => {
    expect(await messageOf("POST", path, { params, body: {}, ...init })).toMatch(refused);
  });
});

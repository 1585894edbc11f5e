/**
 * openapi-fetch for users, for what the client's methods do not cover. Whatever a call sets, it stays on the client's
 * server, on an operation of the document, and under the same guards.
 *
 * @module
 */
import createClient, { type Client, createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import { operations } from "../../generated/operations.ts";
import type { paths } from "../../generated/schema.ts";
import { assert, assertHeaderValue, assertObject, assertString, type Fields } from "../errors/assert.ts";
import { type ApiResponse, type Call, hiding, OutgoingRequest } from "./call.ts";
import { invalidResponse } from "./failure.ts";
import { observedExchange } from "./observe.ts";
import { throwIfAborted } from "./signals.ts";

/** The generated openapi-fetch client: every operation of the bundled document, typed. */
export type FlinksHttpClient = Client<paths, "application/json">;

const code = "invalid_request";

export function createUserClient({ baseUrl, defaults }: { baseUrl: string; defaults: Call }): FlinksHttpClient {
  const { use, eject, ...senders } = createClient<paths, "application/json">({
    baseUrl,
    headers: { accept: "application/json" },
    querySerializer: guarded(createQuerySerializer(), "params.query cannot be written into a URL."),
    pathSerializer: guarded(defaultPathSerializer, "params.path cannot be written into a URL."),
    bodySerializer: guarded(JSON.stringify, "body cannot be written as JSON."),
    fetch: (request) => send(request, baseUrl, defaults),
  });
  const guardedSenders = Object.entries(senders).map(([name, sender]) => [
    name,
    guardedSender(sender as Sender, name === "request" ? ["The method", "The path"] : ["The path"]),
  ]);
  return { use, eject, ...(Object.fromEntries(guardedSenders) as typeof senders) };
}

type Sender = (...args: unknown[]) => Promise<unknown>;

/** @param names of the arguments before `init` */
function guardedSender(sender: Sender, names: readonly string[]): Sender {
  return async (...args) => {
    for (const [at, name] of names.entries()) assertString(args[at], name, code);
    const init = readInit(args[names.length]);
    try {
      return await sender(...args.slice(0, names.length), init);
    } catch (error) {
      // openapi-fetch drops a rejection that is falsy, as after `abort(null)`.
      throwIfAborted(init.signal);
      throw error;
    }
  };
}

/** What a serializer throws may quote what it was given: the `TypeError` of a cycle has the names of fields. */
function guarded<Args extends unknown[], Result>(serializer: (...args: Args) => Result, message: string) {
  return (...args: Args): Result => {
    try {
      return serializer(...args);
    } catch {
      assert(false, message, code);
    }
  };
}

/** `Request` rejects a method, URL or option with an error that quotes it. */
function guardedRequest(): typeof Request {
  assert(
    typeof Request === "function" && typeof Response === "function",
    "http requires the globals Request and Response, which this environment lacks.",
  );
  return new Proxy(Request, {
    construct(...args) {
      try {
        return Reflect.construct(...args);
      } catch {
        assert(false, "http cannot create a request from these arguments. Check the method, the path and init.", code);
      }
    },
  });
}

async function send(request: Request, baseUrl: string, defaults: Call): Promise<Response> {
  const { url, method, signal } = request;
  const operation = operationOf(method, url, baseUrl);
  assert(
    operation !== undefined,
    `http takes the methods and paths of the API's document, below ${baseUrl}. Path parameters are letters, digits and . _ ~ -`,
    code,
  );
  const body = request.body === null ? undefined : await request.text();
  const headers = [...request.headers].filter(([name]) => name !== "accept" && name !== "content-type");
  const secrets = [...headers.map(([, value]) => value), ...new URL(url).searchParams.values(), ...stringsIn(body)];
  const outgoing = new OutgoingRequest(url, {
    method,
    operation,
    headers: request.headers,
    ...(body !== undefined && { body }),
    call: { ...hiding(defaults, ...secrets), signal },
  });
  return toResponse(await observedExchange(outgoing));
}

/** The name of the operation, if the document has it. The URL's parser has already resolved `..`, escaped or not. */
function operationOf(method: string, url: string, baseUrl: string): string | undefined {
  if (!url.startsWith(`${baseUrl}/`)) return undefined;
  const path = url.slice(baseUrl.length).replace(/\?.*/s, "");
  const found = Object.entries(operations).find(([, operation]) => {
    const template = operation.path.replace(/[.]/g, "\\.").replace(/\{[^}]*\}/g, "[\\w.~-]+");
    return operation.method === method && new RegExp(`^${template}$`).test(path);
  });
  return found?.[0];
}

/** openapi-fetch would throw a `SyntaxError` that quotes the text. */
function toResponse(read: ApiResponse): Response {
  const { status, headers, content, json } = read;
  // The Fetch standard allows no body with these.
  const hasNoBody = [204, 205, 304].includes(status);
  if (!(status >= 200 && status <= 599) || (json === undefined && !hasNoBody)) {
    throw invalidResponse(read, "a body that is not JSON");
  }
  const names = ["content-type", "date", "retry-after", "x-request-id"];
  const entries = names.map((name) => [name, headers.get(name)] as const);
  // Those that a Response can hold: a foreign `fetch` may give anything.
  const known = entries.filter((entry): entry is [string, string] => /^[\t -~\x80-\xff]+$/.test(entry[1] ?? ""));
  return new Response(hasNoBody ? null : content, { status, headers: known });
}

/** What openapi-fetch calls `init`. Whatever would go past the guards is left out. */
function readInit(init: unknown = {}): Fields & { readonly signal?: AbortSignal } {
  assertObject(init, "The last argument of an http method", code);
  const { params, headers, signal } = init;
  if (params !== undefined) assertObject(params, "params", code);
  assertHeaders(headers);
  assertHeaders((params as Fields | undefined)?.["header"]);
  assert(signal === undefined || typeof Object(signal).aborted === "boolean", "signal must be an AbortSignal.", code);
  return { ...init, Request: guardedRequest(), fetch: undefined, baseUrl: undefined, bodySerializer: undefined };
}

/** `Headers` rejects a name or value that it cannot hold with an error that quotes it. */
function assertHeaders(headers: unknown): void {
  if (headers === undefined || headers instanceof Headers) return;
  assertObject(headers, "headers", code);
  for (const [name, value] of Object.entries(headers)) {
    assert(/^[\w!#$%&'*+.^`|~-]+$/.test(name), "headers has a name that HTTP does not allow.", code);
    for (const line of [value].flat()) {
      if (line === undefined || line === null || line === "") continue;
      const isPlain = typeof line === "number" || typeof line === "boolean";
      assertHeaderValue(isPlain ? String(line) : line, "A value in headers", code);
    }
  }
}

function stringsIn(body: string | undefined): string[] {
  if (body === undefined) return [];
  const strings: string[] = [];
  try {
    JSON.parse(body, (_key, value) => {
      if (typeof value === "string") strings.push(value);
    });
    return strings;
  } catch {
    return [body];
  }
}

/**
 * openapi-fetch for users, for what the client's methods do not cover. Whatever a call sets, it stays on the client's
 * server, on an operation of the document, and under the same guards.
 *
 * @module
 */
import createClient, { type Client } from "openapi-fetch";
import { operations } from "../../generated/operations.ts";
import type { paths } from "../../generated/schema.ts";
import { assert, assertHeaderValue, assertObject, type Fields } from "../errors/assert.ts";
import { type ApiResponse, type Call, hiding, OutgoingRequest } from "./call.ts";
import { invalidResponse } from "./failure.ts";
import { observedExchange } from "./observe.ts";

/** The generated openapi-fetch client: every operation of the bundled document, typed. */
export type FlinksHttpClient = Client<paths, "application/json">;

const code = "invalid_request";

export function createUserClient({ baseUrl, defaults }: { baseUrl: string; defaults: Call }): FlinksHttpClient {
  const { use, eject, ...senders } = createClient<paths, "application/json">({
    baseUrl,
    headers: { accept: "application/json" },
    bodySerializer: serialize,
    fetch: (request) => send(request, baseUrl, defaults),
  });
  const guarded = Object.entries(senders).map(([name, sender]) => [
    name,
    async (...args: unknown[]) => (sender as (...args: unknown[]) => unknown)(...args.map(readArgument)),
  ]);
  return { use, eject, ...(Object.fromEntries(guarded) as typeof senders) };
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
  const call = { ...hiding(defaults, ...secretsIn(request, body)), signal };
  const { headers } = request;
  const outgoing = new OutgoingRequest(url, { method, operation, headers, ...(body !== undefined && { body }), call });
  return toResponse(await observedExchange(outgoing));
}

/** Which of these is a secret is not known, so no error shows any. */
function secretsIn({ url, headers }: Request, body: string | undefined): string[] {
  const values = [...headers].flatMap(([name, value]) => (/^(accept|content-type)$/.test(name) ? [] : [value]));
  const strings = [...values, ...new URL(url).searchParams.values()];
  try {
    JSON.parse(body ?? "null", (_key, value) => {
      if (typeof value === "string") strings.push(value);
    });
  } catch {
    strings.push(`${body}`, ...new URLSearchParams(body).values());
  }
  return strings;
}

/** The name of the operation, if the document has it. The URL's parser has already resolved `..`, escaped or not. */
function operationOf(method: string, url: string, baseUrl: string): string | undefined {
  if (!url.startsWith(`${baseUrl}/`)) return undefined;
  const path = url.slice(baseUrl.length).replace(/\?.*/s, "");
  const found = Object.entries(operations).find(([, operation]) => {
    const template = operation.path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]*\}/g, "[\\w.~-]+");
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
  const kept = new Headers();
  for (const name of ["content-type", "date", "retry-after", "x-request-id"]) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return new Response(hasNoBody ? null : content, { status, headers: kept });
}

/** A path or a method, or what openapi-fetch calls `init`. Whatever would go past the guards is left out. */
function readArgument(argument: unknown): unknown {
  if (argument === undefined || typeof argument === "string") return argument;
  assertObject(argument, "The last argument of an http method", code);
  const { params, headers, signal } = argument;
  if (params !== undefined) assertObject(params, "params", code);
  assertHeaders(headers);
  assertHeaders((params as Fields | undefined)?.["header"]);
  assert(signal === undefined || typeof Object(signal).aborted === "boolean", "signal must be an AbortSignal.", code);
  return { ...argument, fetch: undefined, Request: undefined, baseUrl: undefined, bodySerializer: undefined };
}

/** `Headers` rejects a name or value that it cannot hold with an error that quotes it. */
function assertHeaders(headers: unknown): void {
  if (headers === undefined || headers instanceof Headers) return;
  assertObject(headers, "headers", code);
  for (const [name, value] of Object.entries(headers)) {
    assert(/^[\w!#$%&'*+.^`|~-]+$/.test(name), "headers has a name that HTTP does not allow.", code);
    for (const line of [value].flat()) {
      if (line !== undefined && line !== null && line !== "")
        assertHeaderValue(String(line), "A value in headers", code);
    }
  }
}

function serialize(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    // The TypeError of a cycle quotes the names of fields.
    assert(false, "body cannot be written as JSON.", code);
  }
}

/**
 * openapi-fetch for users, for what the client's methods do not cover. Whatever a call sets, it stays on the client's
 * server, on an operation of the document, and under the same guards.
 *
 * @module
 */
import createClient, { type Client } from "openapi-fetch";
import { operations } from "../../generated/operations.ts";
import type { paths } from "../../generated/schema.ts";
import { assert, assertObject } from "../errors/assert.ts";
import { FlinksError } from "../errors/errors.ts";
import { type ApiResponse, type Call, hiding, OutgoingRequest } from "./call.ts";
import { invalidResponse } from "./failure.ts";
import { observedExchange } from "./observe.ts";
import { throwIfAborted } from "./signals.ts";

/**
 * The generated openapi-fetch client: every operation of the bundled document, typed.
 *
 * @example
 * const logStatuses = (http: FlinksHttpClient) =>
 *   http.use({ onResponse: ({ response, schemaPath }) => log.info(schemaPath, response.status) });
 * logStatuses(flinks.http);
 */
export type FlinksHttpClient = Client<paths, "application/json">;

const code = "invalid_request";

export function createUserClient({ baseUrl, defaults }: { baseUrl: string; defaults: Call }): FlinksHttpClient {
  const { use, eject, ...senders } = createClient<paths, "application/json">({
    baseUrl,
    fetch: (request) => send(request, baseUrl, defaults),
  });
  // The first to run, before those of the user: from here on, an error is theirs or the exchange's.
  use({
    onRequest: ({ request }) => {
      (request as Tracked).progress.isBuilt = true;
    },
  });
  const guarded = Object.entries(senders).map(([name, sender]) => [name, guardedSender(sender as Sender)]);
  return { use, eject, ...(Object.fromEntries(guarded) as typeof senders) };
}

/** The values of openapi-fetch's `parseAs`. With another one, it would fail after the request was sent. */
const readers = ["json", "text", "stream", "blob", "arrayBuffer"];

type Sender = (...args: unknown[]) => Promise<unknown>;

/** openapi-fetch puts options that it does not know on the request. */
type Tracked = Request & { readonly progress: { isBuilt: boolean } };

function guardedSender(sender: Sender): Sender {
  return async (...args) => {
    const init = typeof args.at(-1) === "string" ? {} : (args.pop() ?? {});
    assertObject(init, "The last argument of an http method", code);
    assert(
      typeof Request === "function" && typeof Response === "function",
      "http requires the globals Request and Response, which this environment lacks.",
    );
    const { signal, parseAs = "json" } = init;
    assert(
      readers.some((name) => name === parseAs),
      `parseAs must be one of ${readers.join(", ")}.`,
      code,
    );
    const progress = { isBuilt: false };
    // What would go past the guards is left out.
    const guards = { fetch: undefined, Request: undefined, baseUrl: undefined, bodySerializer: undefined, progress };
    try {
      return await sender(...args, { ...init, ...guards });
    } catch (error) {
      // openapi-fetch drops a rejection that is falsy, as after `abort(null)`.
      throwIfAborted(signal as AbortSignal | undefined);
      // `Request`, `Headers` and `JSON.stringify` reject what they cannot take with an error that quotes it.
      const isQuoting = !progress.isBuilt && !(error instanceof FlinksError);
      assert(!isQuoting, "http cannot create a request from this. Check the path, params, headers and body.", code);
      throw error;
    }
  };
}

async function send(request: Request, baseUrl: string, defaults: Call): Promise<Response> {
  const { url, method, headers, signal } = request;
  const operation = operationOf(method, url, baseUrl);
  assert(
    operation !== undefined,
    `http takes the methods and paths of the API's document, below ${baseUrl}. A path parameter consists of letters, digits and the signs . _ ~ - only.`,
    code,
  );
  const body = request.body === null ? undefined : await request.text();
  const call = { ...hiding(defaults, ...secretsIn(request, body)), signal };
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
    strings.push(`${body}`);
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
  const hasNoBody = [204, 205].includes(status);
  if (!(status >= 200 && status <= 599) || (json === undefined && !hasNoBody)) {
    throw invalidResponse(read, "a body that is not JSON");
  }
  const kept = new Headers();
  for (const name of ["content-type", "date", "retry-after", "x-request-id"]) {
    const value = headers.get(name);
    // A foreign `fetch` may give what `Headers` rejects with an error that quotes it.
    if (value !== null && /^[\t -~\x80-\xff]+$/.test(value)) kept.set(name, value);
  }
  return new Response(hasNoBody ? null : content, { status, headers: kept });
}

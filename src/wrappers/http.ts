/**
 * The generated client, with the guarded exchange under it. The one file that knows openapi-fetch.
 *
 * @module
 */
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";
import { type Answer, exchange, type OutgoingRequest } from "./exchange.ts";
import type { Call, Settings } from "./options.ts";
import { type AuthorizeRequest, authorizePath, generateAuthorizeTokenPath, keyHeader } from "./wire.ts";

/** The generated openapi-fetch client: each operation of `openapi/flinks.yaml`, typed. */
export type FlinksHttpClient = Client<paths, "application/json">;

/** An answer and its body, parsed. */
export interface JsonAnswer extends Answer {
  readonly body: unknown;
}

/** The operations that the wrappers call. */
export interface Operations {
  authorize(token: string, body: AuthorizeRequest, call: Call): Promise<JsonAnswer>;
  generateAuthorizeToken(secretKey: string, call: Call): Promise<JsonAnswer>;
}

/**
 * What openapi-fetch builds and hands to `fetch`, in place of a `Request`, which would have to be taken apart
 * again: its body is a stream, and the exchange needs the text to know what to mask.
 */
class RequestParts implements OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(url: string, { method, headers, body }: Omit<OutgoingRequest, "url">) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.body = body;
  }
}

/** The client that users get as `http`, for what the wrappers do not cover. */
export function createHttp(settings: Settings): FlinksHttpClient {
  return createClient<paths, "application/json">({
    baseUrl: settings.baseUrl,
    fetch: async (request) => {
      const { url, method, headers, signal } = request;
      const body = request.body === null ? undefined : await request.text();
      const call = { signal, timeoutMs: settings.timeoutMs };
      return responseOf(await exchange({ url, method, headers, body }, settings.fetch, call));
    },
  });
}

/** The wrappers' own operations. Middleware on `http` does not see them, nor the credentials they carry. */
export function createOperations(settings: Settings): Operations {
  const client = createClient<paths, "application/json">({
    baseUrl: settings.baseUrl,
    headers: { accept: "application/json" },
  });
  const path = { customerId: settings.customerId };

  /** Sends through the exchange, and keeps the answer that openapi-fetch reduces to a parsed body. */
  async function through(
    call: Call,
    send: (route: {
      Request: typeof RequestParts;
      fetch: (request: Request) => Promise<Response>;
    }) => Promise<{ data?: unknown; error?: unknown }>,
  ): Promise<JsonAnswer> {
    let answer: Answer | undefined;
    const { data, error } = await send({
      Request: RequestParts,
      fetch: async (request) => {
        // By its type openapi-fetch builds a `Request`; by its code, what `Request` says.
        answer = await exchange(request as unknown as RequestParts, settings.fetch, call);
        return responseOf(answer);
      },
    });
    return { ...(answer as unknown as Answer), body: data ?? error };
  }

  return {
    authorize: (token, body, call) =>
      through(call, (route) =>
        client.POST(authorizePath, { params: { path, header: { [keyHeader]: token } }, body, ...route }),
      ),
    generateAuthorizeToken: (secretKey, call) =>
      through(call, (route) =>
        client.POST(generateAuthorizeTokenPath, {
          params: { path, header: { [keyHeader]: secretKey } },
          ...route,
        }),
      ),
  };
}

/** What openapi-fetch reads its result from. */
function responseOf({ status, headers, text }: Answer): Response {
  return new Response(text, { status, headers });
}

/**
 * The generated client, with the guarded exchange under it. The one file that knows openapi-fetch.
 *
 * @module
 */
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";
import { must } from "./assert.ts";
import { type Answer, exchange } from "./exchange.ts";
import { assertKey, type Call, type Settings } from "./options.ts";
import { noRetry } from "./retry.ts";
import { type AuthorizeRequest, authorizePath, generateAuthorizeTokenPath, keyHeader } from "./wire.ts";

/** The generated openapi-fetch client: each operation of `openapi/flinks.yaml`, typed. */
export type FlinksHttpClient = Client<paths, "application/json">;

/** The operations that the wrappers call. */
export interface Operations {
  authorize(token: string, body: AuthorizeRequest, call: Call): Promise<Answer>;
  generateAuthorizeToken(secretKey: string, call: Call): Promise<Answer>;
}

const json = "application/json";

/** How every path of the document begins. */
const version: keyof paths extends `${infer Root}{${string}` ? Root : never = "/v3/";

/**
 * What openapi-fetch builds and hands to `fetch`, in place of a `Request`, which would have to be taken apart
 * again: its body is a stream, and the exchange needs the text to know what to mask.
 */
class RequestParts {
  readonly url: string;
  readonly method: string;
  readonly body: string | undefined;

  constructor(url: string, { method, body }: Omit<RequestParts, "url">) {
    this.url = url;
    this.method = method;
    this.body = body;
  }
}

/**
 * The client that users get as `http`, for what the wrappers do not cover. Whatever a call sets, it stays on
 * the client's server, on a path of the document, and under the guards.
 */
export function createHttp(settings: Settings): FlinksHttpClient {
  const { baseUrl } = settings;
  const root = baseUrl + version;
  const { use, eject, ...senders } = createClient<paths, "application/json">({
    baseUrl,
    headers: { accept: json },
    fetch: async (request) => {
      const { url, method, signal } = request;
      // A segment such as `..` would climb out of the path and take the key elsewhere, and what is escaped may do so
      // at a proxy.
      must(
        url.startsWith(root) && /^[\w-]+(?:\/[\w-]+)*(?:\?|$)/.test(url.slice(root.length)),
        `http must stay under ${root}, in segments of letters, digits, hyphens and underscores.`,
      );
      const headers = Object.fromEntries(request.headers);
      const body = request.body === null ? undefined : await request.text();
      const call = { ...settings, signal, sent: [], retry: noRetry };
      const answer = await exchange({ url, method, headers, body }, settings.fetch, call);
      return new Response(answer.text, answer);
    },
  });
  // Their types say which init goes with which path; here it is only passed on, without what would go past the guards.
  for (const [name, send] of Object.entries(senders) as unknown as [keyof typeof senders, Sender][]) {
    senders[name] = (async (...args: Init[]) => send(...args.map(guarded))) as never;
  }
  return { use, eject, ...senders };
}

type Sender = (...args: Init[]) => Promise<unknown>;

/** A method, a path, or what goes with them. */
type Init =
  | string
  | { readonly headers?: object; readonly params?: { readonly header?: object } }
  | undefined;

function guarded(init: Init): Init {
  if (typeof init === "string" || init === undefined) return init;
  for (const headers of [init.headers, init.params?.header]) {
    for (const [name, value] of Object.entries(headers ?? {})) {
      // `Headers` refuses a value that it cannot take with an error that quotes it.
      for (const one of [value].flat()) if (`${one ?? ""}`) assertKey(`${one}`, `The header ${name}`);
    }
  }
  return { ...init, fetch: undefined, Request: undefined } as Init;
}

/** The wrappers' own operations. Middleware on `http` does not see them, nor the credentials they carry. */
export function createOperations(settings: Settings): Operations {
  const { baseUrl, customerId } = settings;
  const client = createClient<paths, "application/json">({
    baseUrl,
    Request: RequestParts as never,
    // The defaults serve any document, and cost as much as all the guards.
    pathSerializer: (template) => template.replace("{customerId}", customerId),
    querySerializer: () => "",
    bodySerializer: (body) => JSON.stringify(body),
  });
  // The key, which is a parameter by the document, is not among these: openapi-fetch merges headers twice.
  const params = { path: { customerId } } as Params;
  // What openapi-fetch gets for an answer: the exchange reads the body, and once is enough.
  const nothing = Promise.resolve({ status: 204, ok: true, headers: { get: () => null } } as never);

  /** Lets openapi-fetch make a request, and sends it with its key. */
  async function exchanged(
    key: string,
    call: Call,
    make: (fetch: (request: Request) => Promise<Response>) => Promise<unknown>,
  ): Promise<Answer> {
    let answer: Promise<Answer> | undefined;
    await make((request) => {
      // By its type openapi-fetch makes a `Request`; by its code, what `Request` says.
      const { url, method, body } = request as unknown as RequestParts;
      const headers = { accept: json, [keyHeader]: key, ...(body !== undefined && { "content-type": json }) };
      answer = exchange({ url, method, headers, body }, settings.fetch, call);
      return nothing;
    });
    return answer as Promise<Answer>;
  }

  return {
    authorize: (token, body, call) =>
      exchanged(token, call, (fetch) => client.POST(authorizePath, { params, body, fetch })),
    generateAuthorizeToken: (secretKey, call) =>
      exchanged(secretKey, call, (fetch) => client.POST(generateAuthorizeTokenPath, { params, fetch })),
  };
}

/** What operations of the document have in their paths and headers. */
interface Params {
  readonly path: { readonly customerId: string };
  readonly header: { readonly [keyHeader]: string };
}

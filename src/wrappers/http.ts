/**
 * The generated client, with the guarded exchange under it. The one file that knows openapi-fetch.
 *
 * @module
 */
import createClient, { type Client, defaultPathSerializer } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";
import { FlinksUsageError } from "./errors.ts";
import { type Answer, exchange } from "./exchange.ts";
import { assertPathSegment, type Call, checkedKey, type Settings } from "./options.ts";
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
  const client = createClient<paths, "application/json">({
    baseUrl,
    headers: { accept: json },
    pathSerializer: serializePath,
    fetch: async (request) => {
      const { url, method, signal } = request;
      const headers = Object.fromEntries(request.headers);
      if (!url.startsWith(`${baseUrl}/`)) {
        throw new FlinksUsageError("A request of `http` was turned to another server than the client's.");
      }
      const body = request.body === null ? undefined : await request.text();
      const call = { ...settings, signal, sent: [], retry: noRetry };
      const answer = await exchange({ url, method, headers, body }, settings.fetch, call);
      return new Response(answer.text, answer);
    },
  });
  // Their types say which init goes with which path; here an init, the last argument, is only passed on.
  const { use, eject, ...senders } = client;
  const guarded = Object.entries<Sender>(senders as never).map(([name, send]): [string, Sender] => [
    name,
    async (...args) => {
      // `request` has the method before the path.
      const route = args.slice(0, name === "request" ? 2 : 1);
      const init = { ...(args[route.length] as HttpInit | undefined) };
      assertPath(route.at(-1));
      assertHeaders(init.headers);
      assertHeaders(init.params?.header);
      return send(...route, {
        ...init,
        baseUrl,
        fetch: undefined,
        Request: undefined,
        pathSerializer: undefined,
      });
    },
  ]);
  return { use, eject, ...Object.fromEntries(guarded) } as FlinksHttpClient;
}

type Sender = (...args: unknown[]) => Promise<unknown>;

interface HttpInit {
  readonly headers?: object;
  readonly params?: { readonly header?: object };
}

/** `Headers` refuses a value that it cannot take with an error that quotes it. */
function assertHeaders(headers: object = {}): void {
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) {
      if ((value ?? "") !== "") checkedKey(`${value}`, `The header ${name}`);
    }
  }
}

/** A segment such as `..` would climb out of the path and take the key elsewhere. */
function assertPath(path: unknown): void {
  if (/(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)/i.test(`${path}`)) {
    throw new FlinksUsageError("The path of a call of `http` must have no segment that climbs.");
  }
}

/** As `assertPath`, for what is put into the path. */
function serializePath(path: string, params: Record<string, unknown>): string {
  for (const [, name] of path.matchAll(/\{(\w+)\}/g))
    assertPathSegment(params[name as string], name as string);
  return defaultPathSerializer(path, params);
}

/** The wrappers' own operations. Middleware on `http` does not see them, nor the credentials they carry. */
export function createOperations(settings: Settings): Operations {
  const path = { customerId: settings.customerId };
  const client = createClient<paths, "application/json">({
    baseUrl: settings.baseUrl,
    Request: RequestParts as never,
    // The defaults serve any document, and cost as much as all the guards.
    pathSerializer: (template) => template.replace("{customerId}", path.customerId),
    querySerializer: () => "",
    bodySerializer: (body) => JSON.stringify(body),
  });
  // What openapi-fetch gets for an answer: the exchange reads the body, and once is enough.
  const nothing = Promise.resolve({ status: 204, ok: true, headers: { get: () => null } } as never);

  /** Lets openapi-fetch make a request, and sends it with its key. */
  function exchanged(
    key: string,
    call: Call,
    make: (route: Route, sender: { fetch: (request: Request) => Promise<Response> }) => Promise<unknown>,
  ): Promise<Answer> {
    let answer: Promise<Answer> | undefined;
    // The key, which is a parameter by the document, stays here: openapi-fetch merges headers twice.
    return make({ path } as Route, {
      fetch(request) {
        // By its type openapi-fetch makes a `Request`; by its code, what `Request` says.
        const { url, method, body } = request as unknown as RequestParts;
        const headers = {
          accept: json,
          [keyHeader]: key,
          ...(body !== undefined && { "content-type": json }),
        };
        answer = exchange({ url, method, headers, body }, settings.fetch, call);
        return nothing;
      },
    }).then(() => answer as Promise<Answer>);
  }

  return {
    authorize: (token, body, call) =>
      exchanged(token, call, (params, sender) => client.POST(authorizePath, { params, body, ...sender })),
    generateAuthorizeToken: (secretKey, call) =>
      exchanged(secretKey, call, (params, sender) =>
        client.POST(generateAuthorizeTokenPath, { params, ...sender }),
      ),
  };
}

/** What operations of the document have in their paths and headers. */
interface Route {
  readonly path: { readonly customerId: string };
  readonly header: { readonly [keyHeader]: string };
}

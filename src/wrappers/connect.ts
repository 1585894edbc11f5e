/**
 * `flinks-client/connect`: what a program needs around the Flinks Connect page. Safe in a browser: it knows no key.
 *
 * @module flinks-client/connect
 */
import { assert, assertExactlyOne, assertFields, assertInstance, parseUrl } from "./errors/assert.ts";

/**
 * What the redirect of a Flinks Connect page says.
 *
 * @example
 * const remember = ({ loginId, institution }: ConnectRedirect) => save({ loginId, institution });
 * await remember(readConnectRedirect("/connected?loginId=5e115eac&institution=FlinksCapital"));
 */
export interface ConnectRedirect {
  /** Opens the user's data to whoever has your keys, for good. Keep it on the server. */
  loginId: string;
  /** The institution's name, such as `FlinksCapital`. */
  institution?: string;
  /** The account that the user picked, if the page asked for one. It belongs in `AccountsFilter`. */
  accountId?: string;
}

/**
 * Where the page is served: exactly one of the two.
 *
 * @example
 * const page: ConnectPage = { instance: "toolbox" };
 * connectOrigin(page); // → "https://toolbox-iframe.private.fin.ag"
 */
export type ConnectPage =
  | {
      /** The instance's name, as in the client's options. */
      readonly instance: string | undefined;
      readonly connectUrl?: undefined;
    }
  | {
      readonly instance?: undefined;
      /** The URL of the page, as in the client's options. */
      readonly connectUrl: string | undefined;
    };

/**
 * Reads what the redirect of a Flinks Connect page says. The redirect comes through the user's browser, so the user can
 * change it.
 *
 * @param url a whole URL, or a request's path and query
 * @throws {@link FlinksUsageError} there is not exactly one `loginId`; the message does not show the URL
 * @example
 * const { loginId, accountId } = readConnectRedirect("/connected?loginId=5e115eac&accountId=27a9ffa0");
 * accountId; // → "27a9ffa0"
 */
export function readConnectRedirect(url: string | URL): ConnectRedirect {
  const code = "invalid_request";
  const text = typeof url === "string" ? url : url?.href;
  const { searchParams } = parseUrl(text, "The redirect", code, "https://example.com");
  const loginIds = searchParams.getAll("loginId");
  const [loginId] = loginIds;
  assert(loginId, "The redirect has no loginId: no account was connected, or it is another URL.", code);
  assert(loginIds.length === 1, "The redirect has more than one loginId.", code);
  const institution = searchParams.get("institution");
  const accountId = searchParams.get("accountId");
  return { loginId, ...(institution && { institution }), ...(accountId && { accountId }) };
}

/**
 * The only origin whose `message` events a page should accept from Flinks Connect. Do not check `event.source` as well:
 * it is null if the iframe has already gone on to `redirectUrl`.
 *
 * @throws {@link FlinksUsageError} the instance or the URL is malformed
 * @example
 * const origin = connectOrigin({ instance: "toolbox" }); // → "https://toolbox-iframe.private.fin.ag"
 * window.addEventListener("message", (event) => {
 *   if (event.origin === origin && event.data?.step === "REDIRECT") void save(event.data.url);
 * });
 */
export function connectOrigin(page: ConnectPage): string {
  assertFields(page, ["instance", "connectUrl"], "the argument of connectOrigin()");
  const { instance, connectUrl } = page;
  assertExactlyOne({ instance, connectUrl }, "Is FLINKS_INSTANCE set?");
  if (connectUrl !== undefined) {
    const { protocol, origin } = parseUrl(connectUrl, "connectUrl");
    // A page has no origin with other schemes, or "null", which any sandboxed frame has.
    assert(/^https?:$/.test(protocol), "connectUrl must be an https: or http: URL.");
    return origin;
  }
  assertInstance(instance);
  return `https://${instance.toLowerCase()}-iframe.private.fin.ag`;
}

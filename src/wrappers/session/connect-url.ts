/**
 * The URL of a Flinks Connect page: its parameters, checked, with a token of its own.
 *
 * @module
 */
import { assert, assertBoolean, assertFields, assertString, parseUrl } from "../errors/assert.ts";
import type { Call } from "../http/call.ts";
import { isTransientFailure, retry } from "../http/retry.ts";
import { throwIfAborted } from "../http/signals.ts";
import type { TokenSource } from "./token.ts";

/**
 * What `createConnectUrl` takes. For what is left out the vendor's default applies.
 *
 * @example
 * const parameters: ConnectParameters = { redirectUrl: "https://shop.example/connected", language: "fr" };
 * const url = await flinks.createConnectUrl({ ...parameters, accountSelectorEnable: true });
 */
export interface ConnectParameters {
  /** Where the page goes when the user has connected an account: an absolute URL. `readConnectRedirect` reads it. */
  readonly redirectUrl?: string | undefined;
  /** The language of the page. */
  readonly language?: "en" | "fr" | undefined;
  /** Any text, attached to the login. */
  readonly tag?: string | undefined;
  /** How far back the transactions go, such as `Days90` or `Days365`. */
  readonly daysOfTransactions?: string | undefined;
  /** Whether the vendor refreshes the login's data every night. */
  readonly scheduleRefresh?: boolean | undefined;
  /** The session whose user has to answer again, after a challenge. Must be enabled for the instance. */
  readonly requestId?: string | undefined;
  /** Whether statements are fetched together with the accounts. */
  readonly detailsAndStatementEnable?: boolean | undefined;
  /** How many statements, such as `MostRecent`, `Months3` or `Months12`. */
  readonly monthsOfStatements?: string | undefined;
  /** Whether the user picks one account, which the redirect then names. */
  readonly accountSelectorEnable?: boolean | undefined;
  /** Whether the page asks for the user's consent first. */
  readonly consentEnable?: boolean | undefined;
  /** Whether the page offers the test institution. Only for the toolbox. */
  readonly demo?: boolean | undefined;
}

const strings: readonly (keyof ConnectParameters)[] = ["tag", "daysOfTransactions", "requestId", "monthsOfStatements"];
// biome-ignore format: a list
const booleans: readonly (keyof ConnectParameters)[] = [
  "scheduleRefresh", "detailsAndStatementEnable", "accountSelectorEnable", "consentEnable", "demo",
];

const code = "invalid_request";

/**
 * @param page where the page is served, without a query
 * @throws {@link FlinksUsageError} that names the parameter
 */
export async function createConnectUrl(
  parameters: ConnectParameters | undefined,
  page: string | undefined,
  call: Call,
  tokens: TokenSource,
): Promise<string> {
  const given = readParameters(parameters);
  assert(page !== undefined, "createConnectUrl() requires connectUrl, or instance instead of baseUrl.");
  // Before a token is taken: an aborted call must not use one up.
  throwIfAborted(call.signal);
  const authorizeToken = await retry(call, isTransientFailure, (call) => tokens.take({ reason: "connect" }, call));
  const query = new URLSearchParams({ authorizeToken, ...given }).toString();
  // Every way to decode a URL reads %20 as a space; not every one reads + as one.
  return `${page}?${query.replaceAll("+", "%20")}`;
}

function readParameters(parameters: ConnectParameters = {}): Record<string, string> {
  const given: unknown = parameters;
  assertFields(given, ["redirectUrl", "language", ...strings, ...booleans], "the parameters", code);
  const { redirectUrl, language } = given;
  if (redirectUrl !== undefined) {
    const { protocol } = parseUrl(redirectUrl, "redirectUrl", code);
    assert(/^https?:$/.test(protocol), "redirectUrl must be an https: or http: URL.", code);
  }
  assert(language === undefined || language === "en" || language === "fr", 'language must be "en" or "fr".', code);
  for (const name of strings) if (given[name] !== undefined) assertString(given[name], name, code);
  for (const name of booleans) assertBoolean(given[name], name, code);
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, `${value}`]));
}

/**
 * Where requests go: an instance's name or a URL → the URL of a server, checked, because keys and tokens are sent there.
 *
 * @module
 */
import { serverUrl } from "../generated/server.ts";
import { connectOrigin } from "./connect.ts";
import { assert, assertInstance, parseUrl } from "./errors/assert.ts";

export function instanceUrl(instance: unknown): string {
  assertInstance(instance);
  return serverUrl.replace("{instance}", instance.toLowerCase());
}

export function readBaseUrl(baseUrl: unknown, allowInsecureHttp: true | undefined): string {
  const address = readServerUrl(baseUrl, "baseUrl", allowInsecureHttp).replace(/\/+$/, "");
  assert(!/\/v3$/i.test(address), "baseUrl must not end in the API's version: leave out /v3, which the client adds.");
  return address;
}

export function readConnectUrl(connectUrl: unknown, instance: string | undefined, allowInsecureHttp: true | undefined) {
  if (connectUrl !== undefined) return readServerUrl(connectUrl, "connectUrl", allowInsecureHttp);
  return instance === undefined ? undefined : `${connectOrigin({ instance })}/v2/`;
}

function readServerUrl(url: unknown, name: string, allowInsecureHttp: true | undefined): string {
  const { href, origin, pathname, protocol, hostname } = parseUrl(url, name);
  assert(href === origin + pathname, `${name} must be a URL without credentials, query or fragment.`);
  // The parser has already turned every spelling of an IPv4 address into four decimal numbers.
  const isLoopback = /^(?:localhost|\[::1]|127(?:\.\d+){3})$/.test(hostname);
  assert(
    protocol === "https:" || (protocol === "http:" && (isLoopback || allowInsecureHttp === true)),
    `${name} must be an https: URL, or http: on a loopback host. For a mock in a container network, set allowInsecureHttp.`,
  );
  return href;
}

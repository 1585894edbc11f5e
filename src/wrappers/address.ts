/**
 * Where requests go: an instance's name or a base URL → the server's URL, checked, because keys are sent there.
 *
 * @module
 */
import { serverUrl } from "../generated/server.ts";
import { assert } from "./errors/assert.ts";

export function instanceUrl(instance: unknown): string {
  assert(
    typeof instance === "string" && /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(instance),
    'instance must be a name such as "toolbox": letters, digits and inner hyphens, at most 63.',
  );
  return serverUrl.replace("{instance}", instance.toLowerCase());
}

export function readBaseUrl(baseUrl: unknown, allowInsecureHttp: true | undefined): string {
  const { href, origin, pathname, protocol, hostname } = parseUrl(baseUrl);
  assert(href === origin + pathname, "baseUrl must be an https: URL without credentials, query or fragment.");
  // The parser has already turned every spelling of an IPv4 address into four decimal numbers.
  const isLoopback = /^(?:localhost|\[::1]|127(?:\.\d+){3})$/.test(hostname);
  assert(
    protocol === "https:" || (protocol === "http:" && (isLoopback || allowInsecureHttp === true)),
    "baseUrl must be an https: URL, or http: on a loopback host. For a mock in a container network, set allowInsecureHttp.",
  );
  const address = href.replace(/\/+$/, "");
  assert(!/\/v\d+$/i.test(address), "baseUrl must not end in the API's version: leave out /v3, which the client adds.");
  return address;
}

function parseUrl(url: unknown): URL {
  try {
    assert(typeof url === "string", "");
    return new URL(url);
  } catch {
    // The parser's error quotes the URL, which may hold a password.
    assert(false, "baseUrl must be a whole URL, such as https://example.com.");
  }
}

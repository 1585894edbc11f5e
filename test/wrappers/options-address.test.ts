/** The options that make the address: `instance` or `baseUrl`, and `customerId`. */
import { describe, expect, it } from "vitest";
import { createFlinksClient, FlinksUsageError } from "../../src/index.ts";
import { customerId, errorOfClass } from "../helpers/client.ts";

const good = { instance: "toolbox", customerId, secretKey: "key" };
const withBaseUrl = { customerId, secretKey: "key" };
const make = (options: object) => createFlinksClient(options as Parameters<typeof createFlinksClient>[0]);

async function messageFor(options: object): Promise<string> {
  const error = await errorOfClass(FlinksUsageError, () => make(options));
  expect(error.code).toBe("invalid_options");
  return error.message;
}

/** The URL that a client with these options mints a token at. */
async function urlFor(options: object): Promise<string> {
  const urls: string[] = [];
  const fetch = async (url: string) => {
    urls.push(url);
    return Response.json({ HttpStatusCode: 200, Token: "t" });
  };
  await make({ customerId, secretKey: "key", ...options, fetch }).generateAuthorizeToken();
  return `${urls}`;
}
const mintPath = `/v3/${customerId}/BankingServices/GenerateAuthorizeToken`;

describe("instance", () => {
  it.each(["a", "acme-ca", "A9", "Toolbox", "x".repeat(63)])(
    "%s becomes the document's server, in lower case",
    async (name) => {
      expect(await urlFor({ instance: name })).toBe(`https://${name.toLowerCase()}-api.private.fin.ag${mintPath}`);
    },
  );

  const names = [
    "evil.example/",
    "evil.example",
    "a b",
    "-a",
    "a-",
    "x".repeat(64),
    "töolbox",
    "tооlbox",
    "a\n",
    "@",
    "ſ",
  ];
  it.each([...names, "", null, 7, ["a"]])("rejects %j", async (instance) => {
    expect(await messageFor({ ...good, instance })).toBe(
      'instance must be a name such as "toolbox": letters, digits and inner hyphens, at most 63.',
    );
  });
});

describe("baseUrl", () => {
  it.each([
    ["https://example.com", "https://example.com"],
    ["HTTPS://Example.com:443/", "https://example.com"],
    ["https://example.com/gateway/flinks///", "https://example.com/gateway/flinks"],
    ["https://example.com/v3/gateway", "https://example.com/v3/gateway"],
    ["https://example.com/dev3", "https://example.com/dev3"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://127.1", "http://127.0.0.1"],
    ["http://127.255.255.254", "http://127.255.255.254"],
    ["http://[::1]:4010", "http://[::1]:4010"],
  ])("%s is taken", async (baseUrl, address) => {
    expect(await urlFor({ baseUrl })).toBe(address + mintPath);
  });

  const openHosts = [
    "example.com",
    "localhost.example.com",
    "x.localhost",
    "evil-localhost",
    "127.0.0.1.example.com",
    "localhost.",
    "[::2]",
    "0.0.0.0",
    "128.0.0.1",
  ];
  it.each([
    ...openHosts.map((host) => `http://${host}`),
    "ftp://localhost",
    "http://example.com/https://example.com",
    "ftp://example.com/http://localhost/",
  ])("rejects %s, where a key would travel unencrypted", async (baseUrl) => {
    expect(await messageFor({ ...withBaseUrl, baseUrl })).toBe(
      "baseUrl must be an https: URL, or http: on a loopback host. For a mock in a container network, set allowInsecureHttp.",
    );
  });

  it.each(openHosts.slice(0, 6))("takes http://%s with allowInsecureHttp", async (host) => {
    const baseUrl = `http://${host}`;
    expect(await urlFor({ baseUrl, allowInsecureHttp: true })).toBe(baseUrl + mintPath);
    expect(await messageFor({ ...withBaseUrl, baseUrl: `ftp://${host}`, allowInsecureHttp: true })).toMatch(
      /^baseUrl must/,
    );
  });

  it.each([false, "true", 1, null])("rejects %j as allowInsecureHttp", async (allowInsecureHttp) => {
    expect(await messageFor({ ...good, allowInsecureHttp })).toBe("allowInsecureHttp must be true, or left out.");
  });

  it.each([
    "https://user@example.com",
    "https://:pw@example.com",
    "https://example.com?a=b",
    "https://example.com#a",
    "file:///etc/passwd",
  ])("rejects %s", async (baseUrl) => {
    expect(await messageFor({ ...withBaseUrl, baseUrl })).toBe(
      "baseUrl must be a URL without credentials, query or fragment.",
    );
  });

  it.each(["https://example.com/v3", "https://example.com/v3/", "https://example.com/gateway/V3"])(
    "rejects %s, which ends in the API's version",
    async (baseUrl) => {
      expect(await messageFor({ ...withBaseUrl, baseUrl })).toBe(
        "baseUrl must not end in the API's version: leave out /v3, which the client adds.",
      );
    },
  );

  it.each(["toolbox", "", "//example.com", 7, null, new URL("https://example.com"), ["https://example.com"]])(
    "rejects %j",
    async (baseUrl) => {
      const message = "baseUrl must be a whole URL, such as https://example.com.";
      expect(await messageFor({ ...withBaseUrl, baseUrl })).toBe(message);
    },
  );
});

it.each(["..", ".", "", "a/b", "a b", "a%2e", "é", "a\n", 7, null, ["a"]])("rejects the customerId %j", async (id) => {
  expect(await messageFor({ ...good, customerId: id })).toBe(
    "customerId must be one path segment of letters, digits, hyphens and underscores.",
  );
});

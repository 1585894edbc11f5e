/** What every property needs: clients whose network is a function, and strings that are out of the ordinary. */
import fc from "fast-check";
import { createFlinksClient, type FlinksClient } from "../../src/index.ts";

export interface Property {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: any number of arbitraries of any types.
  readonly property: fc.IAsyncProperty<any>;
}

export function clientWith(fetch: unknown, options: object = {}): FlinksClient {
  const key = "secretKey" in options ? {} : { authorizeToken: () => "token" };
  const all = { baseUrl: "http://localhost", customerId: "c", retry: false, fetch, ...key, ...options };
  return createFlinksClient(all as Parameters<typeof createFlinksClient>[0]);
}

export async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

const special = ["__proto__", "constructor", "toString", "", " ", "\ud800", "a\u0000b", '"', "\\", "%41", "&amp;"];
export const anyString = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(...special),
);
export const answerText = anyString.filter((text) => text.trim() !== "");

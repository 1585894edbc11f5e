/** Clients for tests, and the errors of their calls. */
import { createFlinksClient, type FlinksClient, type FlinksClientOptions } from "../../src/index.ts";
import type { TestServer } from "./http-server.ts";

export const customerId = "43387ca6-0391-4c82-857d-70d95f087ecb";
export const loginId = "5e115eac-1209-4f19-641c-08d6d484e2fe";
export { requestId } from "./wire.ts";

/** What the tests send as secrets: long, and found in no ordinary text. */
export const secrets = {
  secretKey: "s3cr3t-key-1f9a",
  token: "t0ken-77aa-42",
  Username: "us3rname.of.someone",
  Password: 'p4ss "w<o>r&d" %41 +\\n é',
  answer: "answ3r öf someone",
};

/** A client of a test server: a token for each session and no retries, unless a test says otherwise. */
export function clientOf({ baseUrl }: Pick<TestServer, "baseUrl">, options: object = {}): FlinksClient {
  const key = "secretKey" in options ? {} : { authorizeToken: () => secrets.token };
  return createFlinksClient({ baseUrl, customerId, retry: false, ...key, ...options } as FlinksClientOptions);
}

/** The error that a call throws or rejects with. Fails the test if there is none. */
export async function errorOf(call: Promise<unknown> | (() => unknown)): Promise<unknown> {
  try {
    await (typeof call === "function" ? call() : call);
  } catch (error) {
    return error;
  }
  throw new Error("An error was expected, but there was none.");
}

/** The same, if it is of this class. */
export async function errorOfClass<T>(
  // biome-ignore lint/suspicious/noExplicitAny: any constructor.
  type: new (...args: any[]) => T,
  call: Promise<unknown> | (() => unknown),
): Promise<T> {
  const error = await errorOf(call);
  if (error instanceof type) return error;
  throw new Error(`${type.name} was expected.`, { cause: error });
}

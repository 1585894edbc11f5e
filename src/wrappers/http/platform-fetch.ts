/**
 * The default {@link FlinksFetch}: `globalThis.fetch`, looked up at every call, so that a mock that is installed later
 * works. What one runtime needs is here and nowhere else.
 *
 * @module
 */
import { assert } from "../errors/assert.ts";
import type { FlinksFetch, FlinksFetchInit, FlinksFetchResponse } from "./call.ts";

export const platformFetch: FlinksFetch = async (url, init) => {
  const { fetch, process, navigator } = globalThis as {
    fetch?: typeof globalThis.fetch;
    process?: { versions?: Record<string, string | undefined> };
    navigator?: { userAgent?: unknown };
  };
  assert(typeof fetch === "function", "There is no global fetch in this environment. Set the fetch option.");
  const { undici, deno } = process?.versions ?? {};
  if (deno !== undefined && isDenosOwn(fetch)) return fetch(url, withOneShotBody(init));
  // Others have Node's `process` too: workerd rejects "error". Node 20 has no `navigator`.
  const isNode = undici !== undefined && `${navigator?.userAgent ?? "Node.js"}`.startsWith("Node.js");
  if (!isNode) return fetch(url, init);
  return refusingRedirects(fetch(url, { ...init, redirect: "error" }));
};

/**
 * Node: under "manual", undici clones every request that has a body, which costs an eighth of the call (Fetch standard,
 * HTTP-network-or-cache fetch, step 8). With "error" it does not, but it reports a redirect as a failed
 * connection, with this message. Should the message change, a redirect is reported as a failed connection and still not
 * followed.
 */
async function refusingRedirects(response: Promise<FlinksFetchResponse>): Promise<FlinksFetchResponse> {
  try {
    return await response;
  } catch (error) {
    const cause = (error as { cause?: { message?: unknown } } | undefined)?.cause;
    // MSW gives the text itself as the cause.
    if ((cause?.message ?? cause) !== "unexpected redirect") throw error;
    // Nothing else of a redirect is read.
    return { status: 0, type: "opaqueredirect" } as FlinksFetchResponse;
  }
}

/** Deno's own is a function named `fetch`, not a wrapper's arrow function nor a test's stub. */
function isDenosOwn(fetch: object): boolean {
  return (fetch as { name?: unknown }).name === "fetch" && Object.hasOwn(fetch, "prototype");
}

/**
 * Deno repeats a request by itself when a kept connection breaks, unless its body is a stream
 * (https://github.com/denoland/deno/issues/35610). Credentials and answers must not be sent twice.
 */
function withOneShotBody({ body, ...init }: FlinksFetchInit): RequestInit {
  if (body === undefined) return init;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });
  return { ...init, body: stream, duplex: "half" } as RequestInit;
}

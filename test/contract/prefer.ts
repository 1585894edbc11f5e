/**
 * Asks a Prism mock for one of the document's responses:
 * https://github.com/stoplightio/prism/blob/master/docs/guides/01-mocking.md
 */
import type { DocumentedResponse } from "./document.ts";

export interface Received {
  readonly status: number;
  /** `undefined` if it is not JSON. */
  readonly body: unknown;
  /** What Prism finds wrong with the request. It then responds with something else. */
  readonly fault: string | undefined;
  readonly sent: { readonly method: string | undefined; readonly pathname: string; readonly body: unknown };
}

export interface PreferringFetch {
  readonly fetch: typeof fetch;
  readonly received: Received[];
}

/** A `fetch` that prefers a response, and keeps what it received. */
export function preferring(preferred: Partial<DocumentedResponse>): PreferringFetch {
  const { status, mediaType, example } = preferred;
  const received: Received[] = [];
  return {
    received,
    async fetch(input, init) {
      const url = new URL(String(input));
      const { pathname } = url;
      // What Prism reads where there is no header Prefer, which takes no names in other alphabets.
      url.searchParams.set("__code", `${status}`);
      if (example !== undefined) url.searchParams.set("__example", example);
      const headers = new Headers(init?.headers);
      // Otherwise Prism has another response in place of one that is not JSON.
      if (mediaType !== undefined) headers.set("accept", mediaType);
      const response = await fetch(url, { ...init, headers });
      const body = parsed(await response.clone().text());
      const sent = { method: init?.method, pathname, body: parsed(init?.body) };
      received.push({ status: response.status, body, fault: faultIn(response, body), sent });
      return response;
    },
  };
}

/**
 * A request that breaks the document gets the documented 400 (or 401, 415, 422), which only the header tells
 * from a good one, or an error of Prism's own. Prism also reports what is wrong with an example; the linter does that.
 */
function faultIn({ headers }: Response, body: unknown): string | undefined {
  const violations = headers.get("sl-violations") ?? "";
  if (violations.includes('"location":["request"')) return violations;
  const { type = "" } = (body ?? {}) as { type?: unknown };
  return `${type}`.startsWith("https://stoplight.io/prism/errors#") ? JSON.stringify(body) : undefined;
}

/** `undefined` if it is not JSON. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

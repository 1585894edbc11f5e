/**
 * The sandbox as a `fetch`, with or without `Response`, which Jest's jsdom environment lacks.
 *
 * @module
 */
import type { Reaction, SandboxResponse } from "./faults.ts";
import type { SandboxRequest } from "./types.ts";

type Fetch = typeof globalThis.fetch;

export function createFetch(react: (request: SandboxRequest) => Reaction): Fetch {
  return async (input, init = {}) => {
    const request = typeof input === "object" && "url" in input ? input : undefined;
    const signal = init.signal ?? request?.signal;
    if (signal?.aborted) throw signal.reason;
    const reaction = react(await readRequest(input, init, request));
    if (reaction === "silence") return silence(signal);
    // What Node's fetch rejects with.
    if (reaction === "reset") throw connectionError("fetch failed", "read ECONNRESET", "ECONNRESET");
    return toResponse(reaction);
  };
}

/** Without `Request`, which jsdom lacks, too. */
async function readRequest(
  input: Parameters<Fetch>[0],
  init: RequestInit,
  request: Request | undefined,
): Promise<SandboxRequest> {
  const content = init.body ?? (await request?.clone().text()) ?? "";
  return {
    method: (init.method ?? request?.method ?? "GET").toUpperCase(),
    url: request?.url ?? String(input),
    headers: Object.fromEntries(new Headers(init.headers ?? request?.headers)),
    body: readBody(typeof content === "string" ? content : await new Response(content).text()),
  };
}

function readBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Never resolves; rejects when the caller gives up. */
function silence(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

function toResponse({ status, headers, text, isCut = false }: SandboxResponse): Response {
  const isMissing = typeof Response === "undefined" || (isCut && typeof ReadableStream === "undefined");
  if (isMissing) return toResponseLike({ status, headers, text, isCut });
  // RFC 9110, 15: these have no content, and the constructor refuses it.
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : isCut ? cutStream(text) : text, { status, headers: { ...headers } });
}

/** The first half of the text, and then what Node's fetch reports of a connection that was lost. */
function cutStream(text: string): ReadableStream {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2))),
    pull: (controller) => controller.error(lostConnection()),
  });
}

function toResponseLike({ status, headers, text, isCut }: SandboxResponse): Response {
  const read = async () => {
    if (isCut) throw lostConnection();
    return text;
  };
  const response = {
    status,
    ok: status >= 200 && status < 300,
    headers: new Headers({ ...headers }),
    text: read,
    json: async () => JSON.parse(await read()),
  };
  return response as unknown as Response;
}

function lostConnection(): TypeError {
  return connectionError("terminated", "other side closed", "UND_ERR_SOCKET");
}

function connectionError(message: string, reason: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(reason), { code }) });
}

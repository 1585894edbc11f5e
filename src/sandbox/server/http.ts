/**
 * Node's HTTP on one side, the sandbox's `fetch` and the Connect page on the other.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Sandbox } from "../types.ts";
import type { PageRequest, PageResponse } from "./connect/routes.ts";

/** Answers one request. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  sandbox: Sandbox,
  connect: (request: PageRequest) => PageResponse,
  origin: string,
): Promise<void> {
  const { method = "", url = "" } = request;
  const content = await text(request);
  // Not what the request line may say of a host: the path alone.
  const target = new URL(`${origin}${url.startsWith("/") ? url : "/"}`);
  if (!target.pathname.startsWith("/v2/")) return relay(request, response, sandbox, { url: target.href, content });
  const page = connect({ method, url: target, content });
  response.writeHead(page.status, page.headers).end(page.content);
}

/** Passes a request on to the sandbox, and what goes wrong there back to the socket. */
async function relay(
  { method = "", headers, socket }: IncomingMessage,
  response: ServerResponse,
  sandbox: Sandbox,
  { url, content }: { readonly url: string; readonly content: string },
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const init = { method, headers: sent, signal: gone.signal, ...(content !== "" && { body: content }) };
  const answered = await sandbox.fetch(url, init).catch((error: unknown) => {
    if (codeOf(error) === "ECONNRESET") socket.resetAndDestroy();
    else if (!gone.signal.aborted) throw error;
  });
  if (answered === undefined) return;
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  try {
    for await (const chunk of answered.body ?? []) {
      // Waits until it is sent, so that a cut does not take it back.
      await new Promise((resolve) => response.write(chunk, resolve));
    }
    response.end();
  } catch {
    socket.destroy();
  }
}

function codeOf(error: unknown): unknown {
  return (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
}

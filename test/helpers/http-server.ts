/** Real HTTP servers on 127.0.0.1 that end with the test that started them. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { listen } from "./listen.ts";

/** A request as a server got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it sent.
  readonly json: any;
}

/** A status and a body: an object is sent as JSON, a string as it is. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface TestServer {
  readonly baseUrl: string;
  readonly received: Received[];
}

/** Serves until the running test ends. */
export async function startServer(
  reply: (request: Received, response: ServerResponse) => Reply | undefined | Promise<Reply | undefined>,
  listenWith = listen,
): Promise<TestServer> {
  const received: Received[] = [];
  const { baseUrl, close } = await listenWith(async (request, response) => {
    const body = await text(request);
    const { method = "", url = "", headers } = request;
    const got = { method, url, headers, text: body, json: parsed(body) };
    received.push(got);
    const answer = await reply(got, response);
    if (answer === undefined) return;
    const { status = 200, headers: replied = {}, body: content = "" } = answer;
    const isText = typeof content === "string";
    response.writeHead(status, { ...(isText ? {} : { "content-type": "application/json" }), ...replied });
    response.end(isText ? content : JSON.stringify(content));
  });
  onTestFinished(close);
  return { baseUrl, received };
}

/** A server that gives these answers, one after the other, the last one for ever. */
export function startServerWith(...replies: Reply[]): Promise<TestServer> {
  let next = 0;
  return startServer(() => replies[Math.min(next++, replies.length - 1)]);
}

/** The sandbox behind a real socket. Ends when `close` is called. */
export function listenForSandbox(sandbox: Sandbox): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  return listen(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    const answer = await sandbox.fetch(`http://127.0.0.1${url}`, {
      method,
      headers: headers as Record<string, string>,
      ...(body === "" ? {} : { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

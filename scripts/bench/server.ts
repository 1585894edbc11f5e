/**
 * The server of the bench and the soak, a process of its own: as little as `node:http` can do, so that the
 * client is what is measured. It says what the key in the header asks for, and checks nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answers, keys } from "./wire.ts";

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  readonly bytes: Buffer;
}

const ready = Object.fromEntries(
  Object.entries(answers).map(([name, { status, body }]): [string, Reply] => {
    const bytes = Buffer.from(body);
    return [
      name,
      { status, headers: { "content-type": "application/json", "content-length": bytes.length }, bytes },
    ];
  }),
) as Record<keyof typeof answers, Reply>;

const delayMs = Number(process.argv[2] ?? 0);

const server = createServer((request, response) => {
  if (keyOf(request) === keys.asks) {
    // Only the body tells the first request of this session from the second.
    let body = "";
    request.setEncoding("latin1").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () =>
      send(response, body.includes('"SecurityResponses"') ? ready.session : ready.challenge),
    );
    return;
  }
  request.resume().on("end", () => send(response, replyTo(request)));
});

function replyTo(request: IncomingMessage): Reply {
  if (request.url?.endsWith("/GenerateAuthorizeToken")) return ready.token;
  return keyOf(request) === keys.refused ? ready.refusal : ready.session;
}

/** node-flinks sends its token as a bearer's. */
function keyOf({ headers }: IncomingMessage): string | undefined {
  return (headers["flinks-auth-key"] as string | undefined) ?? headers.authorization?.slice("Bearer ".length);
}

function send(response: ServerResponse, { status, headers, bytes }: Reply): void {
  const answer = () => response.writeHead(status, headers).end(bytes);
  if (delayMs === 0) answer();
  else setTimeout(answer, delayMs);
}

// Clients wait their turn for longer than Node's five seconds: a connection that is closed meanwhile would be
// opened anew in somebody's round.
server.keepAliveTimeout = 600_000;
server.requestTimeout = 0;
// Ten thousand connections may come at once.
server.listen({ port: 0, host: "127.0.0.1", backlog: 16_384 }, () => {
  process.send?.((server.address() as AddressInfo).port);
});
// Nobody is left to serve.
process.on("disconnect", () => process.exit());

/** The bench's server, in a process of its own. It does as little as possible, so that the clients are measured. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { responses, tokens } from "./wire.ts";

const server = createServer(async (request, response) => {
  const isAnswer = (await text(request)).includes('"SecurityResponses"');
  const token = request.headers["flinks-auth-key"];
  const { status, body } =
    token === tokens.error
      ? responses.error
      : token === tokens.mfa && !isAnswer
        ? responses.challenge
        : responses.session;
  response.writeHead(status, { "content-type": "application/json" }).end(body);
});

// By default Node closes idle connections after five seconds, and a client may wait longer for its turn.
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());

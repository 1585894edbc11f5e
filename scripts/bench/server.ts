/**
 * The bench's server, in a process of its own. On a bare socket, because Node's HTTP server would be busier than the
 * fastest clients.
 */
import { type AddressInfo, createServer } from "node:net";
import { responses, tokens } from "./wire.ts";

const server = createServer((socket) => {
  let request = "";
  socket.on("data", (chunk) => {
    request += chunk.toString("latin1");
    const end = request.indexOf("\r\n\r\n") + 4;
    const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
    if (end < 4 || request.length < end + length) return;
    socket.write(responseTo(request));
    request = "";
  });
  socket.on("error", () => {});
});

function responseTo(request: string): Buffer {
  if (request.includes("/GetAccountsDetail ")) return packed.data;
  if (request.includes(tokens.error)) return packed.error;
  return request.includes(tokens.mfa) && !request.includes('"SecurityResponses"') ? packed.challenge : packed.session;
}

const pack = ({ status, body }: { status: number; body: string }) =>
  Buffer.from(
    `HTTP/1.1 ${status} Text\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\ndate: ${new Date().toUTCString()}\r\n\r\n${body}`,
  );
const { session, challenge, error, data } = responses;
const packed = { session: pack(session), challenge: pack(challenge), error: pack(error), data: pack(data) };

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());

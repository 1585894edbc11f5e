/** Servers that no call gets a response from, each in its way, for every runtime that can run here. */
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { ca, identity } from "./tls.ts";

/** The URL of each, by what it does. */
export type FailingServers = Readonly<Record<string, string>>;

export async function startFailingServers(): Promise<{ urls: FailingServers; close: () => void }> {
  const closers: (() => void)[] = [];
  const listen = async (server: Server): Promise<number> => {
    const sockets = new Set<Socket>();
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
    });
    server.on("tlsClientError", () => {});
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };
  const tls = async (options: ServerOptions) =>
    `https://localhost:${await listen(createHttpsServer(options, (_, response) => response.end("{}")))}`;
  const raw = async (serve: (socket: Socket) => unknown) =>
    `http://127.0.0.1:${await listen(createServer((socket) => socket.once("data", () => serve(socket))))}`;

  const good = identity("localhost");
  const closed = createServer();
  const refusing = `http://127.0.0.1:${await listen(closed)}`;
  closed.close();
  const plain = await listen(createHttpServer((_, response) => response.end("{}")));
  const urls = {
    "no such name": "https://no-such-host.invalid",
    refused: refusing,
    reset: await raw((socket) => socket.resetAndDestroy()),
    closed: await raw((socket) => socket.end()),
    untrusted: await tls({ ...good, cert: identity("untrusted").cert, key: identity("untrusted").key }),
    expired: await tls(identity("expired")),
    "another host": await tls(identity("other")),
    "client certificate": await tls({ ...good, ca, requestCert: true, maxVersion: "TLSv1.2" }),
    "old TLS": await tls({ ...good, minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
    "not TLS": `https://127.0.0.1:${plain}`,
    "not HTTP": await raw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")),
  };
  return {
    urls,
    close: () => {
      for (const close of closers) close();
    },
  };
}

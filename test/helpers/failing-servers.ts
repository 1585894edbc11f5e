/** Servers that no call gets a response from, each in its way, for every runtime that can run here. */
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { ca, identity } from "./tls.ts";

/** The URL of each, by what it does. */
export type FailingServers = Readonly<Record<string, string>>;

export async function startFailingServers(): Promise<{
  urls: FailingServers;
  /** Of proxies that open no tunnel. */
  proxies: FailingServers;
  close: () => void;
}> {
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
  /** Answers every CONNECT with a status. */
  const proxy = async (status: number) => {
    const server = createHttpServer();
    server.on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`));
    return `http://someone:pr0xy-passw0rd@127.0.0.1:${await listen(server)}`;
  };
  const raw = async (serve: (socket: Socket) => unknown) =>
    `http://127.0.0.1:${await listen(createServer((socket) => socket.once("data", () => serve(socket))))}`;

  const good = identity("localhost");
  // Another server could be given a port that was just free. Nobody is given this one.
  const refusing = "http://127.0.0.1:2";
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
    "client certificate, TLS 1.3": await tls({ ...good, ca, requestCert: true, minVersion: "TLSv1.3" }),
    "old TLS": await tls({ ...good, minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
    "not TLS": `https://127.0.0.1:${plain}`,
    "not HTTP": await raw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")),
    // Accepts connections, and never answers the TLS handshake.
    "does not connect": `https://localhost:${await listen(createServer())}`,
  };
  return {
    urls,
    proxies: { "wants authentication": await proxy(407), refuses: await proxy(403), "is not there": refusing },
    close: () => {
      for (const close of closers) close();
    },
  };
}

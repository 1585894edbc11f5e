import { createServer, type RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Identity } from "./tls.ts";

/** A real HTTP server on a free port of 127.0.0.1. Apart from what needs vitest, as scripts start some, too. */
export async function listen(listener: RequestListener): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const server = createServer(listener);
  return started(server, "http", () => server.closeAllConnections());
}

/** The same over HTTP/2, and over nothing else. */
export async function listenForHttp2(listener: RequestListener, identity: Identity): ReturnType<typeof listen> {
  // Also those that are still in their TLS handshake, and have no session yet.
  const sockets = new Set<Socket>();
  // Its requests and responses have what those of HTTP/1.1 have.
  const server = createSecureServer(identity, listener as never);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return started(server, "https", () => {
    for (const socket of sockets) socket.destroy();
  });
}

async function started(server: Pick<Server, "listen" | "address" | "close">, scheme: string, disconnect: () => void) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    disconnect();
    await closed;
  };
  return { baseUrl: `${scheme}://127.0.0.1:${port}`, close };
}

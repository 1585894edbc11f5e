/** The soak's server. It runs in Vitest's main process, so that the client has its process for itself. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly baseUrl: string;
  }
}

export async function setup({ provide }: TestProject): Promise<() => void> {
  const session = await readFile("test/fixtures/wire/authorize-200-cached.json");
  const server = createServer((request, response) => {
    if (request.url === "/connections") {
      server.getConnections((_, count) => response.end(`${count}`));
      return;
    }
    request.resume().on("end", () => response.setHeader("content-type", "application/json").end(session));
  });
  // Connections that closed during a run would count as memory that was freed.
  server.keepAliveTimeout = 600_000;
  server.listen({ port: 0, host: "127.0.0.1", backlog: 16_384 });
  await once(server, "listening");
  provide("baseUrl", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

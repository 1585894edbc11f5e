/**
 * What the guides use of packages that only the reader has, with the types that the real ones have: Express 5, Fastify 5,
 * Hono 4, SvelteKit 2.
 */

declare module "express" {
  interface Request {
    // biome-ignore lint/suspicious/noExplicitAny: as it is there
    body: any;
    headers: import("node:http").IncomingHttpHeaders;
  }
  interface Response {
    sendStatus(status: number): this;
  }
  type Middleware = (request: Request, response: Response, next: (error?: unknown) => void) => unknown;
  interface Application {
    post(path: string, ...handlers: Middleware[]): this;
    use(...handlers: Middleware[]): this;
  }
  interface BodyOptions {
    type?: string | ((request: Request) => boolean);
    limit?: number | string;
  }
  const express: {
    (): Application;
    raw(options?: BodyOptions): Middleware;
    text(options?: BodyOptions): Middleware;
    json(options?: BodyOptions): Middleware;
  };
  export default express;
}

declare module "fastify" {
  interface Request<Body> {
    body: Body;
    headers: import("node:http").IncomingHttpHeaders;
  }
  interface Reply {
    code(status: number): this;
    send(payload?: unknown): this;
  }
  interface Instance {
    register(plugin: (scope: Instance) => Promise<void>): unknown;
    removeAllContentTypeParsers(): void;
    addContentTypeParser(
      type: string,
      options: { parseAs?: "buffer" | "string"; bodyLimit?: number },
      parser: (request: unknown, body: Buffer, done: (error: Error | null, body?: unknown) => void) => void,
    ): void;
    post<Route extends { Body?: unknown } = { Body: unknown }>(
      path: string,
      handler: (request: Request<Route["Body"]>, reply: Reply) => unknown,
    ): this;
  }
  export default function fastify(): Instance;
}

declare module "hono" {
  interface Context {
    req: { arrayBuffer(): Promise<ArrayBuffer>; header(name: string): string | undefined };
    body(body: string | null, status?: number): Response;
  }
  export class Hono {
    post(path: string, handler: (context: Context) => Response | Promise<Response>): this;
  }
}

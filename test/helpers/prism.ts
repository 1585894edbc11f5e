/** Prism, in process, on a free port of 127.0.0.1: a mock of a document, or a proxy that checks against it. */
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";

export interface Prism {
  readonly baseUrl: string;
  close(): Promise<void>;
}

const common = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  upstreamProxy: undefined,
};
const mock = { dynamic: false };

/** Answers with the document's examples. */
export function startMock(document: string): Promise<Prism> {
  return start(document, { ...common, isProxy: false, errors: false, mock });
}

/** Passes requests on, and puts an error in the place of whatever is not valid by the document. */
export function startProxy(document: string, upstream: string): Promise<Prism> {
  return start(document, { ...common, isProxy: true, errors: true, mock, upstream: new URL(upstream) });
}

async function start(document: string, config: Parameters<typeof createServer>[1]["config"]): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(document);
  const logger = createLogger("test", { enabled: false });
  const server = createServer(operations, { cors: false, config, components: { logger } });
  const baseUrl = await server.listen(0, "127.0.0.1");
  return { baseUrl, close: () => server.close() };
}

/** Certificates for real TLS servers. How they were made: test/fixtures/tls/make.sh. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures/tls");

/** The file of the CA that signed all of them but `untrusted`. */
export const caFile = join(folder, "ca.pem");
export const ca = readFileSync(caFile);

export interface Identity {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** `localhost` is also good for 127.0.0.1. */
export function identity(name: "localhost" | "other" | "expired" | "client" | "untrusted"): Identity {
  return { cert: readFileSync(join(folder, `${name}.pem`)), key: readFileSync(join(folder, `${name}.key`)) };
}

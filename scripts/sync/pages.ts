/** Where documents come from: an address, a file, a folder, or every page of openapi/sources.yaml. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../generate/sources.ts";

export interface Page {
  /** Its address or path. */
  readonly name: string;
  /** What it should be the page of. */
  readonly source?: Source | undefined;
}

const mostBytes = 2_000_000;

/** @param base takes the place of the origin of the addresses in openapi/sources.yaml */
export async function findPages(from: string | undefined, sources: readonly Source[], base?: string): Promise<Page[]> {
  const isFolder = from !== undefined && (await stat(from).catch(() => undefined))?.isDirectory();
  if (isFolder) return (await readdir(from)).sort().map((name) => ({ name: join(from, name) }));
  if (from !== undefined) return [{ name: from, source: sources.find(({ page }) => page === from) }];
  return sources.flatMap((source) => {
    const { page } = source;
    return page ? [{ name: base === undefined ? page : new URL(new URL(page).pathname, base).href, source }] : [];
  });
}

/** @throws an error that says what came instead of the page */
export async function readPage({ name }: Page, timeoutMs: number): Promise<string> {
  const bytes = /^[a-z][a-z0-9+.-]+:\/\//i.test(name) ? await fetchPage(name, timeoutMs) : await readFile(name);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("It is not UTF-8.");
  }
}

async function fetchPage(address: string, timeoutMs: number): Promise<Uint8Array> {
  const { protocol, hostname } = new URL(address);
  const isLocal = protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !isLocal) throw new Error("It is not an https: address.");
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { status, headers, body } = await fetch(address, { redirect: "manual", signal });
    if (status >= 300 && status < 400) throw new Error(`It redirects to ${headers.get("location")}.`);
    if (status !== 200) throw new Error(`It returns HTTP ${status}.`);
    let bytes = Buffer.alloc(0);
    for await (const chunk of body ?? []) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > mostBytes) throw new Error(`It is longer than ${mostBytes} bytes.`);
    }
    return bytes;
  } catch (error) {
    const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
    if (signal.aborted) throw new Error(`It did not come within ${timeoutMs} ms.`);
    throw new Error(cause === undefined ? message : `The connection failed: ${cause.code ?? cause.message}.`);
  }
}

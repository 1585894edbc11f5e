/** Where documents come from: an address, a file, a folder, or every page of openapi/sources.yaml. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../generate/sources.ts";

/** Its name is its address or path. It may be known what it should be the page of. */
export type Page = { readonly name: string; readonly source?: Source };

const mostBytes = 2_000_000;

/** @param base takes the place of the origin of the addresses in openapi/sources.yaml */
export async function findPages(from: string | undefined, sources: readonly Source[], base?: string): Promise<Page[]> {
  const listed = sources.flatMap((source): Page[] => {
    const { page } = source;
    return page ? [{ name: new URL(new URL(page).pathname, base ?? page).href, source }] : [];
  });
  if (from === undefined) return listed;
  const isFolder = (await stat(from).catch(() => undefined))?.isDirectory();
  if (isFolder) return (await readdir(from)).sort().map((name) => ({ name: join(from, name) }));
  return [listed.find(({ name }) => name === from) ?? { name: from }];
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
  const isAllowed = /^(?:https:|http:\/\/(?:localhost|127\.0\.0\.1)[:/])/i.test(address);
  if (!isAllowed) throw new Error("It is not an https: address.");
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

/**
 * Waiting for somebody else's promise no longer than a signal allows.
 *
 * @module
 */

/** The value, or the signal's reason if that comes first. */
export async function abortable<T>(value: T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return value;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([aborted, value]);
  } finally {
    signal.removeEventListener("abort", onAbort as () => void);
  }
}

/** As the method of that name, which polyfills of signals do not all have. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}

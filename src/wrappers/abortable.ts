/**
 * Signals: waiting no longer than one allows, with one listener however many calls share it.
 *
 * @module
 */

/** The listener on a signal, and whom it tells. */
interface Shared {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const shared = new WeakMap<AbortSignal, Shared>();

const nothing = () => {};

/**
 * Runs `callback` when the signal aborts. All calls on a signal share one listener: of an eleventh Node warns,
 * as of a leak.
 *
 * @returns what takes it back
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return nothing;
  const { callbacks, listener } = shared.get(signal) ?? share(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    shared.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function share(signal: AbortSignal): Shared {
  const callbacks = new Set<() => void>();
  const made: Shared = {
    callbacks,
    listener: () => {
      for (const callback of callbacks) callback();
    },
  };
  shared.set(signal, made);
  signal.addEventListener("abort", made.listener);
  return made;
}

/** The value, or the signal's reason if that comes first. */
export function abortable<T>(value: T | Promise<T>, signal: AbortSignal | undefined): T | Promise<T> {
  if (signal === undefined) return value;
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      unlisten();
      reject(signal.reason);
    };
    const unlisten = onAbort(signal, giveUp);
    if (signal.aborted) giveUp();
    Promise.resolve(value).finally(unlisten).then(resolve, reject);
  });
}

/** As the method of that name, which polyfills of signals do not all have. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}

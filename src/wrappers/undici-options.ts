/**
 * What `createUndiciFetch` takes: types only.
 *
 * @module
 */

/**
 * A dispatcher of undici 6, 7 or 8, such as an `Agent`, `ProxyAgent` or `MockAgent`.
 *
 * @example
 * import { Agent } from "undici";
 * const dispatcher: UndiciDispatcher = new Agent({ connections: 50 });
 * const flinks = createFlinksClient({ ...options, fetch: createUndiciFetch({ dispatcher }) });
 */
export interface UndiciDispatcher {
  dispatch(options: object, handler: object): boolean;
}

/**
 * What `createUndiciFetch` takes.
 *
 * @example
 * import { ProxyAgent } from "undici";
 * const viaProxy: UndiciFetchOptions = { dispatcher: new ProxyAgent("http://proxy.internal:3128") };
 * const flinks = createFlinksClient({ ...options, fetch: createUndiciFetch(viaProxy) });
 */
export interface UndiciFetchOptions {
  /**
   * Proxies, certificates and connection limits are configured here. Default: undici's global dispatcher, looked up at
   * every call.
   */
  readonly dispatcher?: UndiciDispatcher | undefined;
}

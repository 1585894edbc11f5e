/**
 * Where the token of a session comes from. A token serves one session and the MFA answers of that session, so
 * nothing is kept here: whoever opens a session takes one, and it travels on in the continuation.
 *
 * @module
 */
import { abortable } from "./abortable.ts";
import { must } from "./assert.ts";
import { unreadable } from "./exchange.ts";
import { readFailure } from "./failure.ts";
import type { Operations } from "./http.ts";
import { type AuthorizeTokenContext, assertKey, type Call, type Settings } from "./options.ts";
import { createPrefetch } from "./prefetch.ts";
import { isTransientFailure, noRetry, waitToRetry } from "./retry.ts";
import { fieldsOf, type GenerateAuthorizeTokenResponse200, idOf } from "./wire.ts";

/** Gives tokens for sessions. */
export interface TokenSource {
  /** The token of a new session, or of another try at opening it. */
  take(context: AuthorizeTokenContext, call: Call): string | Promise<string>;
  /** Whether there is more than one. Another try needs another token. */
  readonly isRenewable: boolean;
}

/** How long a script that has ended its calls may be kept alive by a token that is being minted for another. */
const longestPrefetchMs = 5_000;

export function createTokenSource(settings: Settings, operations: Operations): TokenSource {
  const { secretKey, authorizeToken, prefetch, timeoutMs } = settings;
  let isSpent = false;
  if (secretKey !== undefined) {
    const background = { ...settings, timeoutMs: Math.min(timeoutMs, longestPrefetchMs), signal: undefined };
    const ahead = createPrefetch({
      count: prefetch,
      mint: () => mintOnce(secretKey, operations, { ...background, retry: noRetry, sent: [] }),
    });
    return {
      take: (_context, call) => ahead(() => mintToken(secretKey, operations, call)),
      isRenewable: true,
    };
  }
  const isRenewable = typeof authorizeToken === "function";
  return {
    isRenewable,
    async take(context, { signal }) {
      if (isRenewable) {
        const token: unknown = await abortable(authorizeToken(context), signal);
        assertKey(token, "What authorizeToken() returns");
        return token;
      }
      must(
        !isSpent,
        "The authorizeToken of this client has opened its one session: pass a function that mints them.",
      );
      isSpent = true;
      return authorizeToken as string;
    },
  };
}

/**
 * Trades the secret key for an authorize token. May be repeated: a token that nobody uses does no harm.
 *
 * @throws {FlinksApiError} the key was refused
 * @throws {FlinksResponseError} the answer holds no token
 */
export async function mintToken(secretKey: string, operations: Operations, call: Call): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      return await mintOnce(secretKey, operations, call);
    } catch (error) {
      await waitToRetry(error, tries, isTransientFailure, call);
    }
  }
}

async function mintOnce(secretKey: string, operations: Operations, call: Call): Promise<string> {
  const answer = await operations.generateAuthorizeToken(secretKey, call);
  // A proxy that transforms an answer turns 200 into 203 (RFC 9110, 15.3.4).
  if (answer.status !== 200 && answer.status !== 203) throw readFailure(answer, 1);
  const token = idOf(fieldsOf<GenerateAuthorizeTokenResponse200>(answer.body).Token);
  try {
    assertKey(token, "");
    return token;
  } catch {
    throw unreadable(answer, "has no token that can be sent");
  }
}

/**
 * Where the authorize token of a session comes from. A token serves one session and the MFA answers of that session,
 * so it is never cached for the next one.
 *
 * @module
 */
import { assert, assertHeaderValue } from "../errors/assert.ts";
import type { Api } from "../http/api.ts";
import { type Call, noRetry } from "../http/call.ts";
import { invalidResponse } from "../http/failure.ts";
import { readResponse } from "../http/response.ts";
import { abortable } from "../http/signals.ts";

/**
 * Why a token is requested: for a session's first attempt, a repeated one, or a Flinks Connect page.
 *
 * @example
 * const authorizeToken = async ({ reason }: AuthorizeTokenContext) => {
 *   log.info("a token is needed", { reason });
 *   const response = await fetch("https://tokens.internal/flinks", { method: "POST" });
 *   if (!response.ok) throw new Error(`The token service returned ${response.status}.`);
 *   return response.text();
 * };
 * await authorizeToken({ reason: "connect" });
 */
export interface AuthorizeTokenContext {
  /** `"retry"`: an attempt failed, and its token may be spent. */
  readonly reason: "authorize" | "retry" | "connect";
}

/**
 * Returns a new authorize token. Called once for each session, repeated attempt and Connect page; see the context.
 *
 * @example
 * const authorizeToken: AuthorizeTokenFunction = async () => {
 *   const response = await fetch("https://tokens.internal/flinks", { method: "POST" });
 *   if (!response.ok) throw new Error(`The token service returned ${response.status}.`);
 *   return response.text();
 * };
 * const customerId = "43387ca6-0391-4c82-857d-70d95f087ecb";
 * const flinks = createFlinksClient({ instance: "toolbox", customerId, authorizeToken });
 */
export type AuthorizeTokenFunction = (context: AuthorizeTokenContext) => string | Promise<string>;

export interface TokenSource {
  take(context: AuthorizeTokenContext, call: Call): Promise<string>;
  /** Whether a repeated attempt can have a token of its own. */
  readonly isRenewable: boolean;
}

interface TokenSettings {
  readonly secretKey: string | undefined;
  readonly authorizeToken: string | AuthorizeTokenFunction | undefined;
  readonly prefetch: number;
  readonly defaults: Call;
}

export function createTokenSource(settings: TokenSettings, api: Api): TokenSource {
  const { secretKey, authorizeToken, prefetch, defaults } = settings;
  if (secretKey !== undefined) {
    // A program that has ended its calls must not be kept alive for long.
    const background = { ...defaults, timeoutMs: Math.min(defaults.timeoutMs, 5_000), retry: noRetry };
    const stock = new TokenStock(prefetch, () => mintToken(secretKey, api, background));
    return {
      isRenewable: true,
      async take({ reason }, call) {
        // A user may need minutes to sign in on a Connect page, so its token must be new.
        if (reason === "connect") return mintToken(secretKey, api, call);
        const token = stock.take() ?? mintToken(secretKey, api, call);
        stock.refill();
        return token;
      },
    };
  }
  if (typeof authorizeToken === "function") {
    return {
      isRenewable: true,
      async take(context, { signal }) {
        const token: unknown = await abortable(authorizeToken(context), { signal });
        assertHeaderValue(token, "The token that authorizeToken returned");
        return token;
      },
    };
  }
  let unspent = authorizeToken;
  return {
    isRenewable: false,
    async take() {
      const token = unspent;
      unspent = undefined;
      assert(
        token !== undefined,
        "This client's authorizeToken has already been used for a session. Set authorizeToken to a function that returns a new token each time.",
        "token_spent",
      );
      return token;
    },
  };
}

/**
 * Mints one token. The caller may repeat it: a token that nobody uses does no harm.
 *
 * @throws {@link FlinksApiError} the key was refused
 * @throws {@link FlinksResponseError} the response holds no token
 */
export async function mintToken(secretKey: string, api: Api, call: Call): Promise<string> {
  const response = await api.generateAuthorizeToken(secretKey, call);
  const { Token } = readResponse(response, ["done"]).body;
  try {
    assertHeaderValue(Token, "");
    return Token;
  } catch {
    throw invalidResponse(response, "no usable token");
  }
}

/** Less than half of what an unused token lives: 30 minutes by one page of the vendor's, 15 by a newer one. */
const maxAgeMs = 7 * 60_000;

/** Tokens minted ahead of the calls that use them up. Without a timer: a client that is not called sends nothing. */
class TokenStock {
  readonly #size: number;
  readonly #mint: () => Promise<string>;
  #tokens: { readonly token: string; readonly mintedAt: number }[] = [];
  #minting = 0;
  #hasFailed = false;

  constructor(size: number, mint: () => Promise<string>) {
    this.#size = size;
    this.#mint = mint;
  }

  take(): string | undefined {
    const now = Date.now();
    // A clock that was set back makes the age negative, and so unknown.
    this.#tokens = this.#tokens.filter(({ mintedAt }) => mintedAt <= now && now - mintedAt < maxAgeMs);
    return this.#tokens.shift()?.token;
  }

  /** Mints what is missing. After a failure one attempt per call is enough. */
  refill(): void {
    const size = this.#hasFailed ? Math.min(1, this.#size) : this.#size;
    while (this.#tokens.length + this.#minting < size) void this.#mintOne();
  }

  async #mintOne(): Promise<void> {
    this.#minting++;
    const mintedAt = Date.now();
    try {
      const token = await this.#mint();
      this.#tokens.push({ token, mintedAt });
      this.#hasFailed = false;
    } catch {
      // The call that needs a token mints one and gets the error.
      this.#hasFailed = true;
    } finally {
      this.#minting--;
    }
  }
}

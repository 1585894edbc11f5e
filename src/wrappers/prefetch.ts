/**
 * Tokens minted ahead, so that a session costs one round trip instead of two. They are minted beside the calls
 * that use them up, never on a timer: a client that is not called sends nothing and keeps nothing alive.
 *
 * @module
 */

/** Half the life of a token that nobody uses, which is 30 minutes by the vendor's page. */
const longestKeptMs = 15 * 60_000;

export interface Prefetch {
  /** How many tokens are kept unused at most. */
  readonly count: number;
  /** Mints a token that no call waits for. */
  mint(): Promise<string>;
}

/**
 * Gives a token that was minted ahead and is young enough, or what `otherwise` gives, and has others minted, after
 * the one that the call waits for.
 */
export function createPrefetch(
  { count, mint }: Prefetch,
  now = Date.now,
): <T>(otherwise: () => T) => string | T {
  let kept: { readonly token: string; readonly mintedAt: number }[] = [];
  let minting = 0;
  let wanted = count;

  async function mintOne(): Promise<void> {
    minting++;
    // Before it is sent: how long it was under way, nobody knows.
    const mintedAt = now();
    try {
      const token = await mint();
      kept.push({ token, mintedAt });
      wanted = count;
    } catch {
      // Whoever needs a token and finds none mints it, and gets the error. Until one is minted again, one try
      // beside each call is enough.
      wanted = 1;
    }
    minting--;
  }

  return (otherwise) => {
    const time = now();
    // Of a clock that was set back nothing is known.
    kept = kept.filter(({ mintedAt }) => mintedAt <= time && time - mintedAt < longestKeptMs);
    const taken = kept.shift()?.token ?? otherwise();
    for (let missing = wanted - kept.length - minting; missing > 0; missing--) void mintOne();
    return taken;
  };
}

import { describe, expect, it } from "vitest";
import { FlinksApiError, FlinksUsageError } from "../../src/index.ts";
import { createPrefetch } from "../../src/wrappers/prefetch.ts";
import { clientOf, errorOfClass, loginId, requestId, secrets } from "../helpers/client.ts";
import { startServer } from "../helpers/http-server.ts";

const minute = 60_000;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A mint of numbered tokens, which fails while `isDown`, under a clock that the test turns. */
function createMint(count: number) {
  const state = { time: 0, minted: 0, isDown: false };
  const mint = async () => {
    state.minted++;
    if (state.isDown) throw new Error("down");
    return `token-${state.minted}`;
  };
  const prefetch = createPrefetch({ count, mint }, () => state.time);
  return { state, take: () => prefetch(() => undefined) };
}

describe("tokens minted ahead", () => {
  it("are minted when one is asked for, and not before", async () => {
    const { state, take } = createMint(2);
    await settled();
    expect(state.minted).toBe(0);
    expect(take()).toBeUndefined();
    await settled();
    expect(state.minted).toBe(2);
  });

  it("are each given once, the oldest first, and replaced", async () => {
    const { state, take } = createMint(2);
    take();
    await settled();
    expect([take(), take(), take()]).toEqual(["token-1", "token-2", undefined]);
    await settled();
    expect([take(), take()]).toEqual(["token-3", "token-4"]);
    expect(state.minted).toBe(6);
  });

  it("are never more than wanted, those under way included", async () => {
    const { state, take } = createMint(3);
    for (let calls = 0; calls < 10; calls++) take();
    expect(state.minted).toBe(3);
    await settled();
    take();
    take();
    expect(state.minted).toBe(5);
  });

  it("are given for 15 minutes, half the life of one that nobody uses", async () => {
    const { state, take } = createMint(1);
    take();
    await settled();
    state.time = 15 * minute - 1;
    expect(take()).toBe("token-1");
    await settled();
    state.time = 30 * minute - 1;
    expect(take()).toBeUndefined();
  });

  it("are as old as the request that asked for them", async () => {
    let answer = (_token: string) => {};
    let time = 0;
    const prefetch = createPrefetch(
      {
        count: 1,
        mint: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
      () => time,
    );
    const take = () => prefetch(() => undefined);
    take();
    time = 15 * minute;
    answer("late");
    await settled();
    expect(take()).toBeUndefined();
  });

  it("are not given when the clock was set back, which hides their age", async () => {
    const { state, take } = createMint(1);
    state.time = minute;
    take();
    await settled();
    state.time = 0;
    expect(take()).toBeUndefined();
  });

  it("that could not be minted are tried once beside a call, until one can", async () => {
    const { state, take } = createMint(5);
    state.isDown = true;
    take();
    await settled();
    expect(state.minted).toBe(5);
    take();
    take();
    await settled();
    expect(state.minted).toBe(6);
    state.isDown = false;
    take();
    await settled();
    expect(take()).toBe("token-7");
    await settled();
    expect(state.minted).toBe(12);
  });
});

describe("prefetch", () => {
  function startMintingServer({ mintDelayMs = 0, refuses = (): boolean => false } = {}) {
    let minted = 0;
    return startServer(async ({ url }) => {
      if (!url.endsWith("/GenerateAuthorizeToken")) return { body: { RequestId: requestId } };
      await new Promise((resolve) => setTimeout(resolve, mintDelayMs));
      if (refuses()) return { status: 401, body: { Message: "You must provide a valid auth key" } };
      return { body: { Token: `token-${++minted}` } };
    });
  }
  const tokensOf = ({ received }: { received: readonly { url: string; headers: object }[] }) =>
    received
      .filter(({ url }) => url.endsWith("/Authorize"))
      .map(({ headers }) => (headers as Record<string, unknown>)["flinks-auth-key"]);

  it("is off by default", async () => {
    const server = await startMintingServer();
    const flinks = clientOf(server, { secretKey: "key" });
    await flinks.authorize({ LoginId: loginId });
    await settled();
    expect(server.received).toHaveLength(2);
  });

  it("lets a session cost one round trip", async () => {
    const server = await startMintingServer({ mintDelayMs: 300 });
    const flinks = clientOf(server, { secretKey: "key", prefetch: 1 });
    await flinks.authorize({ LoginId: loginId });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const started = performance.now();
    await flinks.authorize({ LoginId: loginId });
    expect(performance.now() - started).toBeLessThan(250);
  });

  it("has no token serve two sessions, however many are opened at once", async () => {
    const server = await startMintingServer({ mintDelayMs: 5 });
    const flinks = clientOf(server, { secretKey: "key", prefetch: 4 });
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 20 }, () => flinks.authorize({ LoginId: loginId })));
    }
    const tokens = tokensOf(server);
    expect(tokens).toHaveLength(60);
    expect(new Set(tokens).size).toBe(60);
  });

  it("fails the call that needs the token, and no other", async () => {
    let isDown = false;
    const server = await startMintingServer({ refuses: () => isDown });
    const flinks = clientOf(server, { secretKey: secrets.secretKey, prefetch: 1 });
    await flinks.authorize({ LoginId: loginId });
    await expect.poll(() => server.received.length).toBe(3);
    isDown = true;
    await flinks.authorize({ LoginId: loginId });
    await expect.poll(() => server.received.length).toBe(5);
    const error = await errorOfClass(FlinksApiError, flinks.authorize({ LoginId: loginId }));
    expect(error).toMatchObject({ status: 401, category: "access" });
  });

  it("gives up a token that takes longer than the client allows, and has another minted", async () => {
    const server = await startServer(({ url }) => {
      if (!url.endsWith("/GenerateAuthorizeToken")) return { body: { RequestId: requestId } };
      const minted = server.received.filter(({ url }) => url.endsWith("/GenerateAuthorizeToken")).length;
      // Each that is minted ahead hangs: it is asked for after the one that its call waits for.
      return minted % 2 === 0 ? new Promise<undefined>(() => {}) : { body: { Token: `token-${minted}` } };
    });
    const flinks = clientOf(server, { secretKey: "key", prefetch: 1, timeoutMs: 200 });
    await flinks.authorize({ LoginId: loginId });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await flinks.authorize({ LoginId: loginId });
    await expect.poll(() => server.received.length).toBe(6);
  });

  it("is a whole number up to 100, and goes with secretKey", async () => {
    for (const prefetch of [-1, 1.5, 101, "2", Number.NaN]) {
      const error = await errorOfClass(FlinksUsageError, () =>
        clientOf({ baseUrl: "https://x" }, { secretKey: "k", prefetch }),
      );
      expect(error.message).toBe("prefetch must be a whole number from 0 to 100.");
    }
    const error = await errorOfClass(FlinksUsageError, () =>
      clientOf({ baseUrl: "https://x" }, { prefetch: 1 }),
    );
    expect(error.message).toBe("prefetch goes with secretKey.");
    expect(() => clientOf({ baseUrl: "https://x" }, { prefetch: 0 })).not.toThrow();
    expect(() => clientOf({ baseUrl: "https://x" }, { secretKey: "k", prefetch: 100 })).not.toThrow();
  });
});

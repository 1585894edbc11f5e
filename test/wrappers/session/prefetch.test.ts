import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksApiError, FlinksUsageError } from "../../../src/index.ts";
import { isMint, minting, type Stubbed, stubFetch, tokensIn } from "../../helpers/api.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { refusal, session, token } from "../../helpers/wire.ts";

const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client that mints ahead, and what it sends. `mint` takes the number of a token, from 1. */
function start(
  prefetch: number | undefined,
  mint: (count: number) => Stubbed | Promise<Stubbed> = numbered,
  options = {},
) {
  let minted = 0;
  const { fetch, sent } = stubFetch((request) => (isMint(request) ? mint(++minted) : session()));
  const flinks = clientOf(
    { baseUrl: "http://localhost" },
    { secretKey: secrets.secretKey, prefetch, fetch, ...options },
  );
  /** Opens a session, and lets what runs in the background end. */
  const open = () => flinks.authorize({ LoginId: loginId }).finally(() => vi.advanceTimersByTimeAsync(0));
  return { flinks, sent, open, minted: () => minted };
}

const numbered = (count: number) => token(`token-${count}`);

describe("prefetch", () => {
  it.each([undefined, 0])("mints nothing ahead with %s", async (prefetch) => {
    const { open, sent } = start(prefetch);
    await open();
    expect(sent).toHaveLength(2);
  });

  it("mints next to the first call, and not before", async () => {
    const { open, minted } = start(2);
    await vi.advanceTimersByTimeAsync(minute);
    expect(minted()).toBe(0);
    await open();
    expect(minted()).toBe(3);
  });

  it("uses each token once, the oldest first, and replaces it", async () => {
    const { open, sent, minted } = start(2);
    for (let count = 0; count < 4; count++) await open();
    expect(tokensIn(sent)).toEqual(["token-1", "token-2", "token-3", "token-4"]);
    expect(minted()).toBe(6);
  });

  it("lets a session take one round trip", async () => {
    const { flinks, open, sent } = start(1);
    await open();
    sent.length = 0;
    await flinks.authorize({ LoginId: loginId });
    expect(sent.map(isMint).slice(0, 2).sort()).toEqual([false, true]);
    expect(tokensIn(sent)).toEqual(["token-2"]);
  });

  it("serves live sessions too, and keeps generateAuthorizeToken apart", async () => {
    const { flinks, open, sent } = start(1);
    await open();
    expect(await flinks.generateAuthorizeToken()).toBe("token-3");
    await flinks.authorize({ LoginId: loginId, MostRecentCached: false });
    expect(tokensIn(sent)).toEqual(["token-1", "token-2"]);
  });

  it("keeps no more tokens than it was told, however many calls there are", async () => {
    const { flinks, sent, minted } = start(4);
    const openMany = () => Promise.all(Array.from({ length: 20 }, () => flinks.authorize({ LoginId: loginId })));
    for (let round = 0; round < 3; round++) {
      await openMany();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(new Set(tokensIn(sent)).size).toBe(60);
    expect(minted()).toBe(64);
  });

  it("counts tokens that are being minted", async () => {
    const { flinks, minted } = start(3, (count) => (count % 4 === 1 ? numbered(count) : "silence"));
    await flinks.authorize({ LoginId: loginId });
    expect(minted()).toBe(4);
    await flinks.authorize({ LoginId: loginId });
    expect(minted()).toBe(5);
  });

  it.each([
    [7 * minute - 1, "token-2"],
    [7 * minute, "token-3"],
  ])("after %i ms opens a session with %s", async (ms, used) => {
    const { open, sent } = start(1);
    await open();
    await vi.advanceTimersByTimeAsync(ms);
    await open();
    expect(tokensIn(sent)).toEqual(["token-1", used]);
  });

  it.each([
    [7 * minute - 4_000 - 1, "token-2"],
    [7 * minute - 4_000, "token-3"],
  ])("counts the age from the request: %i ms after a response that took 4 s it uses %s", async (ms, used) => {
    const slow = () => new Promise<Stubbed>((resolve) => setTimeout(resolve, 4_000, numbered(2)));
    const { open, sent } = start(1, (count) => (count === 2 ? slow() : numbered(count)));
    await open();
    await vi.advanceTimersByTimeAsync(4_000);
    await vi.advanceTimersByTimeAsync(ms);
    await open();
    expect(tokensIn(sent)).toEqual(["token-1", used]);
  });

  it("does not use a token whose age is unknown since the clock was set back", async () => {
    const { open, sent } = start(1);
    await open();
    vi.setSystemTime(Date.now() - 1);
    await open();
    expect(tokensIn(sent)).toEqual(["token-1", "token-3"]);
  });

  it("tries once per call after a failure, until it has a token again", async () => {
    let isDown = true;
    const failure = refusal("UNKNOWN_ERROR", { status: 500 });
    const { open, minted } = start(5, (count) => (isDown && count > 1 ? failure : numbered(count)));
    await open();
    expect(minted()).toBe(6);
    await expect(open()).rejects.toMatchObject({ operation: "generateAuthorizeToken", status: 500 });
    expect(minted()).toBe(8);
    isDown = false;
    await open();
    expect(minted()).toBe(10);
    await open();
    expect(minted()).toBe(15);
  });

  it("rejects the call that needs a token which cannot be minted, and no other", async () => {
    let isDown = false;
    const { open, flinks } = start(1, (count) => (isDown ? refusal(undefined, { status: 401 }) : numbered(count)));
    await open();
    isDown = true;
    expect(await open()).toMatchObject({ status: "authorized" });
    const error = await errorOfClass(FlinksApiError, flinks.authorize({ LoginId: loginId }));
    expect(error).toMatchObject({ operation: "generateAuthorizeToken", status: 401, attempts: 1 });
  });

  it.each([
    [{}, 5_000],
    [{ timeoutMs: 200 }, 200],
  ])(
    "with %j gives up a token after %i ms, without a retry, and mints another at the next call",
    async (options, ms) => {
      const hanging = (count: number) => (count === 2 ? "silence" : numbered(count));
      const { open, minted } = start(1, hanging, { ...options, retry: {} });
      await open();
      await vi.advanceTimersByTimeAsync(ms - 1);
      await open();
      expect(minted()).toBe(3);
      await vi.advanceTimersByTimeAsync(1);
      await open();
      expect(minted()).toBe(5);
    },
  );

  it("runs no timer and sends nothing between calls", async () => {
    const { open, sent } = start(3);
    await open();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(sent).toHaveLength(5);
  });

  it("gives every retry a token of its own", async () => {
    let failures = 2;
    const reply = minting((): Stubbed => (failures-- > 0 ? refusal("RETRY_LATER") : session()));
    const { fetch, sent } = stubFetch(reply);
    const flinks = clientOf({ baseUrl: "http://localhost" }, { secretKey: "key", prefetch: 1, fetch, retry: {} });
    const call = flinks.authorize({ LoginId: loginId });
    await vi.runAllTimersAsync();
    expect(await call).toMatchObject({ status: "authorized" });
    expect(new Set(tokensIn(sent)).size).toBe(3);
  });

  const create = (options: object) => () => clientOf({ baseUrl: "https://localhost" }, options);

  it.each([-1, 1.5, 101, "2", Number.NaN, null])("rejects %s", async (prefetch) => {
    const error = await errorOfClass(FlinksUsageError, create({ secretKey: "k", prefetch }));
    expect(error.message).toContain("prefetch must be a whole number from 0 to 100");
  });

  it("rejects tokens ahead without a secretKey", async () => {
    expect((await errorOfClass(FlinksUsageError, create({ prefetch: 1 }))).message).toContain(
      "prefetch requires secretKey",
    );
    expect(create({ prefetch: 0 })).not.toThrow();
    expect(create({ secretKey: "k", prefetch: 100 })).not.toThrow();
  });
});

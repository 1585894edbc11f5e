import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlinksUsageError } from "../../../src/index.ts";
import { isMint, type Stubbed, stubFetch, tokensIn } from "../../helpers/api.ts";
import { clientOf, errorOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { refusal, session, token } from "../../helpers/wire.ts";

const { secretKey } = secrets;
const minute = 60_000;
const input = { LoginId: loginId };
const numbered = (count: number) => token(`token-${count}`);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A client that mints ahead, and what it sends. `mint` takes the number of a token, from 1. */
function start(prefetch?: number, mint: (count: number) => Stubbed | Promise<Stubbed> = numbered, options = {}) {
  const { fetch, sent } = stubFetch((request) => (isMint(request) ? mint(minted()) : session()));
  const minted = () => sent.filter(isMint).length;
  const flinks = clientOf({ baseUrl: "http://localhost" }, { secretKey, prefetch, fetch, ...options });
  /** Opens a session, and lets what runs in the background end. */
  const open = () => flinks.authorize(input).finally(() => vi.advanceTimersByTimeAsync(0));
  return { flinks, sent, open, minted };
}

describe("prefetch", () => {
  it.each([undefined, 0])("mints nothing ahead with %s", async (prefetch) => {
    const { open, sent } = start(prefetch);
    await open();
    expect(sent.map(isMint)).toEqual([true, false]);
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

  it("serves live sessions too, and not generateAuthorizeToken", async () => {
    const { flinks, open, sent } = start(1);
    await open();
    expect(await flinks.generateAuthorizeToken()).toBe("token-3");
    await flinks.authorize({ ...input, MostRecentCached: false });
    expect(tokensIn(sent)).toEqual(["token-1", "token-2"]);
  });

  it("uses what it minted, and no token twice, however many calls run at once", async () => {
    const { flinks, sent, minted } = start(4);
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 20 }, () => flinks.authorize(input)));
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(new Set(tokensIn(sent)).size).toBe(60);
    expect(minted()).toBe(64);
  });

  it("counts the tokens that are being minted", async () => {
    const { flinks, minted } = start(3, (count) => (count % 4 === 1 ? numbered(count) : "silence"));
    await flinks.authorize(input);
    expect(minted()).toBe(4);
    await flinks.authorize(input);
    expect(minted()).toBe(5);
  });

  // The age counts from the request, whose response takes 4 s here.
  it.each([
    [7 * minute - 1, "token-2"],
    [7 * minute, "token-3"],
  ])("uses, %i ms after a token was asked for, %s", async (age, used) => {
    const slow = () => new Promise<Stubbed>((resolve) => setTimeout(resolve, 4000, numbered(2)));
    const { open, sent } = start(1, (count) => (count === 2 ? slow() : numbered(count)));
    await open();
    await vi.advanceTimersByTimeAsync(4000);
    await vi.advanceTimersByTimeAsync(age - 4000);
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

  it("rejects no call that needs no token when minting fails, and tries once per call until it succeeds", async () => {
    let isDown = true;
    const failure = refusal("UNKNOWN_ERROR", { status: 500 });
    const { open, minted } = start(5, (count) => (isDown && count > 1 ? failure : numbered(count)));
    expect(await open()).toMatchObject({ status: "authorized" });
    expect(minted()).toBe(6);
    expect(await errorOf(open())).toMatchObject({ operation: "generateAuthorizeToken", status: 500, attempts: 1 });
    expect(minted()).toBe(8);
    isDown = false;
    await open();
    expect(minted()).toBe(10);
    await open();
    expect(minted()).toBe(15);
  });

  it.each([
    [{}, 5000],
    [{ timeoutMs: 200 }, 200],
  ])("with %j gives up a token after %i ms without a retry, and mints another next to a call", async (options, ms) => {
    const hanging = (count: number) => (count === 2 ? "silence" : numbered(count));
    const { open, minted } = start(1, hanging, { ...options, retry: {} });
    await open();
    await vi.advanceTimersByTimeAsync(ms - 1);
    await open();
    expect(minted()).toBe(3);
    await vi.advanceTimersByTimeAsync(1);
    await open();
    expect(minted()).toBe(5);
  });

  it("runs no timer and sends nothing between calls", async () => {
    const { open, sent } = start(3);
    await open();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(sent).toHaveLength(5);
  });

  it.each<[string, object, string]>([
    ...[-1, 1.5, 101, "2", null].map((prefetch): [string, object, string] => [
      `${prefetch}`,
      { secretKey, prefetch },
      "prefetch must be a whole number from 0 to 100",
    ]),
    ["tokens without a secretKey", { prefetch: 1 }, "prefetch requires secretKey"],
  ])("rejects %s", async (_, options, message) => {
    const error = await errorOfClass(FlinksUsageError, () => clientOf({ baseUrl: "https://localhost" }, options));
    expect(error.message).toContain(message);
  });

  it.each([{ prefetch: 0 }, { secretKey, prefetch: 100 }])("takes %j", (options) => {
    expect(() => clientOf({ baseUrl: "https://localhost" }, options)).not.toThrow();
  });
});

/** A program that made a call exits by itself, at once, whatever became of the call. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startServer } from "../../helpers/http-server.ts";
import { refusal, session, token } from "../../helpers/wire.ts";

const root = resolve(import.meta.dirname, "../../..");

/** How long a program lives after its call, in milliseconds, measured by itself: starting it takes longer. */
async function lifeAfter(call: string, baseUrl: string): Promise<number> {
  const program = `
    import { createFlinksClient } from ${JSON.stringify(`file://${root}/src/index.ts`)};
    const signal = AbortSignal.timeout(50);
    const flinks = createFlinksClient({ baseUrl: "${baseUrl}", customerId: "c", secretKey: "k", prefetch: 2 });
    let ended = performance.now();
    process.on("exit", () => console.log(performance.now() - ended));
    await ${call}.catch(() => {});
    ended = performance.now();
  `;
  const args = ["--import", "tsx", "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return Number(stdout);
}

it.each([
  ["succeeded", 'flinks.authorize({ LoginId: "session" })'],
  ["was refused", 'flinks.authorize({ LoginId: "refused" })'],
  ["timed out", 'flinks.authorize({ LoginId: "silence" }, { timeoutMs: 50, retry: false })'],
  ["was given up", 'flinks.authorize({ LoginId: "silence" }, { signal })'],
  ["was given up in a wait between two attempts", 'flinks.authorize({ LoginId: "later" }, { signal })'],
])("after a call that %s", async (_, call) => {
  const { baseUrl } = await startServer(({ json }) => {
    switch (json?.LoginId) {
      case undefined:
        return token();
      case "session":
        return session();
      case "refused":
        return refusal("INVALID_LOGIN");
      case "later":
        return { status: 503, headers: { "retry-after": "30" } };
      default:
        return new Promise(() => {});
    }
  });
  // The limit of an exchange is 240 s and the wait 30 s: a timer that is left shows.
  expect(await lifeAfter(call, baseUrl)).toBeLessThan(5_000);
});

it("after a call while a token that is minted ahead hangs, in the 5 s that this one has", async () => {
  let minted = 0;
  const { baseUrl } = await startServer(({ json }) => {
    if (json !== undefined) return session();
    return minted++ === 0 ? token() : new Promise(() => {});
  });
  const life = await lifeAfter('flinks.authorize({ LoginId: "session" })', baseUrl);
  expect(life).toBeGreaterThan(2_000);
  expect(life).toBeLessThan(20_000);
});

/** The code of docs/security.md does what the guide says. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { transform } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import {
  createFlinksClient,
  FlinksConnectionError,
  type FlinksFetch,
  FlinksUsageError,
  type MfaAnswers,
  type MfaRequiredOutcome,
  type OpenChallenge,
} from "../src/index.ts";
import { createSandbox } from "../src/sandbox/index.ts";
import { connectOrigin } from "../src/wrappers/connect.ts";
import { blockIn, run } from "./helpers/guides.ts";
import { prompt } from "./helpers/sandbox.ts";

const page = await readFile("docs/security.md", "utf8");

/** Runs a block that exports functions, and gives them. */
async function functionsOf<Functions>(text: string, given: object, names: string): Promise<Functions> {
  const { code } = await transform(blockIn(page, text).replaceAll(/^export /gm, ""), { loader: "ts" });
  return (await run(code, given, names)) as Functions;
}

interface Seal {
  seal(text: string, owner: string): Promise<string>;
  unseal(text: string, owner: string): Promise<string>;
}
let sealing: Seal;

beforeAll(async () => {
  vi.stubEnv("CONTINUATION_KEY", randomBytes(32).toString("base64"));
  sealing = await functionsOf<Seal>("// seal.ts", {}, "{ seal, unseal }");
  vi.unstubAllEnvs();
});

describe("seal.ts", () => {
  it("opens what it sealed, for its owner alone", async () => {
    const sealed = await sealing.seal("a continuation, été", "ada");
    expect(sealed).not.toBe(await sealing.seal("a continuation, été", "ada"));
    expect(await sealing.unseal(sealed, "ada")).toBe("a continuation, été");
    await expect(sealing.unseal(sealed, "eve")).rejects.toThrow();
    const changed = Buffer.from(sealed, "base64");
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0);
    await expect(sealing.unseal(changed.toString("base64"), "ada")).rejects.toThrow();
  });

  it("does not start without a key", async () => {
    await expect(functionsOf("// seal.ts", {}, "seal")).rejects.toThrow();
  });
});

describe("a challenge that is kept", () => {
  async function startKeeping() {
    const sandbox = createSandbox({ random: () => 0 });
    const network = { isDown: false };
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const fetch: FlinksFetch = (url, init) =>
      network.isDown ? Promise.reject(refused) : sandbox.fetch(url, init as RequestInit);
    const flinks = createFlinksClient({ ...sandbox.options, fetch });
    const stored = new Map<string, string>();
    const store = {
      put: async (id: string, text: string) => stored.set(id, text),
      take: async (id: string) => {
        const text = stored.get(id) ?? "";
        stored.delete(id);
        return text;
      },
    };
    const guide = await functionsOf<{
      keep(userId: string, open: OpenChallenge): Promise<void>;
      answer(userId: string, asked: { requestId: string; round: number }, answers: MfaAnswers): Promise<unknown>;
    }>("store.take", { ...sealing, flinks, store, FlinksUsageError, FlinksConnectionError }, "{ keep, answer }");
    const ask = async () => (await flinks.authorize({ LoginId: sandbox.loginIds.greatday })) as MfaRequiredOutcome;
    return { ...guide, ask, stored, network };
  }

  it("can be answered once, and again only if nothing was sent", async () => {
    const { keep, answer, ask, stored, network } = await startKeeping();
    const [first, second] = [await ask(), await ask()];
    await keep("ada", first);
    await keep("ada", second);
    expect([...stored.values()].join()).not.toContain("flinks_mfa");
    const right = { [prompt]: "Montreal" };
    await expect(answer("eve", first.challenge, right)).rejects.toThrow();
    await expect(answer("ada", first.challenge, {})).rejects.toThrow(FlinksUsageError);
    network.isDown = true;
    await expect(answer("ada", first.challenge, right)).rejects.toThrow(FlinksConnectionError);
    network.isDown = false;
    for (const { challenge, requestId } of [first, second]) {
      expect(await answer("ada", challenge, right)).toMatchObject({ status: "authorized", requestId });
      await expect(answer("ada", challenge, right)).rejects.toThrow("no longer open");
    }
  });

  it("is not answered with what was meant for the one before", async () => {
    const { keep, answer, ask } = await startKeeping();
    const first = await ask();
    await keep("ada", first);
    const wrong = { [prompt]: "Atlantis" };
    const second = (await answer("ada", first.challenge, wrong)) as MfaRequiredOutcome;
    await keep("ada", second);
    await expect(answer("ada", first.challenge, wrong)).rejects.toThrow("no longer open");
    expect(await answer("ada", second.challenge, { [prompt]: "Montreal" })).toMatchObject({ status: "authorized" });
  });
});

it("has a policy that allows Connect and its redirect, and no other frame", async () => {
  const policy = await run(blockIn(page, "const policy"), { connectOrigin }, "policy");
  expect(policy).toBe("default-src 'self'; frame-src 'self' https://toolbox-iframe.private.fin.ag");
});

describe("a live session that failed", () => {
  const block = blockIn(page, "queue.add");
  const queue = { add: (job: object) => job };

  it("is put off if nothing was sent", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const refused = new TypeError("fetch failed", { cause });
    const flinks = createFlinksClient({
      ...createSandbox().options,
      fetch: () => Promise.reject(refused),
      retry: false,
    });
    const given = { FlinksConnectionError, queue, flinks, loginId: "a login" };
    expect(await run(block, given)).toEqual({ loginId: "a login" });
  });

  it("is left to the user otherwise", async () => {
    const sandbox = createSandbox({ faults: [{ operation: "authorize", fault: "reset" }] });
    const flinks = createFlinksClient(sandbox.options);
    const given = { FlinksConnectionError, queue, flinks, loginId: sandbox.loginIds.greatday };
    await expect(run(block, given)).rejects.toThrow(FlinksConnectionError);
  });
});

/** The client alone, without a transport. */
import { getEventListeners } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { atOnce, authorize, expectNothingLeft, options, soak } from "./soak.ts";

const session = await readFile("test/fixtures/wire/authorize-200-cached.json", "utf8");
soak(createFlinksClient({ ...options, fetch: async () => new Response(session) }));

it("leaves nothing behind: sessions in flight, aborted", async () => {
  const silent = createFlinksClient({ ...options, fetch: () => new Promise<never>(() => {}) });
  const run = async () => {
    const controller = new AbortController();
    const calls = authorize(silent, atOnce, atOnce, controller.signal);
    await setTimeout(10);
    controller.abort();
    await expect(calls).rejects.toBe(controller.signal.reason);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  };
  await expectNothingLeft(run, run);
});

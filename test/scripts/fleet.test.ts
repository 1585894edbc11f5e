import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { simulate } from "../../scripts/fleet.ts";

it("a fleet that is throttled drains with full jitter, and stampedes without", async () => {
  const fleet = { workers: 100, perSecond: 5, retries: 10 };
  const drained = await simulate({ ...fleet, jitter: true });
  const stampeding = await simulate({ ...fleet, jitter: false });
  expect(drained.opened).toBe(100);
  // All workers wait for the same moments, so that five get through in each of ten seconds: the first two of the eleven
  // attempts are within one.
  expect(stampeding.opened).toBe(50);
  expect(drained.requests).toBeLessThan(stampeding.requests);
  expect(drained.seconds).toBeLessThan(stampeding.seconds);
});

it("docs/scale.md has the simulation's table", async () => {
  const page = await readFile("docs/scale.md", "utf8");
  const rows = [...page.matchAll(/^\| (\d+) \| (full|none) \| (\d+) \| (\d+) \| ([\d.]+) s \|$/gm)];
  expect(rows).toHaveLength(6);
  for (const [row, retries, jitter, opened, requests, seconds] of rows) {
    const fleet = { workers: 1000, perSecond: 50, retries: Number(retries), jitter: jitter === "full" };
    const told = await simulate(fleet);
    expect([told.opened, told.requests, told.seconds.toFixed(1)], row).toEqual([
      Number(opened),
      Number(requests),
      seconds,
    ]);
  }
});

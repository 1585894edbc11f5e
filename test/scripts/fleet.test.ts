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

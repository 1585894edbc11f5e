/**
 * The contract between client and document, as lists of cases: `*.test.ts` here run them against the committed
 * documents, test/spec-change against documents that do not exist yet.
 */
import { afterAll, beforeAll, it } from "vitest";
import type { Prism } from "../helpers/prism.ts";

export interface Contract {
  readonly cases: readonly ContractCase[];
  /** Starts the one Prism that all cases share, with what is behind it. */
  start(): Promise<Prism>;
}

export interface ContractCase {
  readonly name: string;
  /** Throws if the contract does not hold. Without it the case is skipped, and the name says why. */
  readonly run?: (baseUrl: string) => Promise<void>;
}

/** Declares a test for each case. */
export function testContract({ cases, start }: Contract): void {
  let prism: Prism | undefined;
  beforeAll(async () => {
    prism = await start();
  }, 90_000);
  afterAll(() => prism?.close());
  for (const { name, run } of cases) {
    it.skipIf(run === undefined)(name, () => run?.(prism?.baseUrl ?? ""));
  }
}

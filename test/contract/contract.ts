/**
 * The contract between client and document, as lists of cases: `*.test.ts` here run them against the committed
 * documents, test/spec-change against documents that do not exist yet.
 */

export interface ContractCase {
  readonly name: string;
  /** Throws if the contract does not hold. */
  run(): Promise<void>;
}

/** Cases that share servers. They run in their order. */
export interface Contract {
  readonly cases: readonly ContractCase[];
  close(): Promise<void>;
}

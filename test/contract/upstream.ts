/** A Prism mock of a vendor's document as it is, uncorrected: the client also works with mocks that others make. */
import { startMock } from "../helpers/prism.ts";
import type { Contract } from "./contract.ts";
import { findOperation, readOperations } from "./document.ts";
import { methodCases } from "./mock.ts";

export function upstreamContract(document: string): Contract {
  const bundled = readOperations("openapi/flinks.yaml");
  // The vendor gives operations no operationId.
  const operations = readOperations(document).map((operation) => ({
    ...operation,
    id: findOperation(bundled, operation.method, operation.path)?.id,
  }));
  return { cases: methodCases(operations), start: () => startMock(document) };
}

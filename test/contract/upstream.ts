/** A Prism mock of a vendor's document as it is, uncorrected: what others test against works as well. */
import { expect } from "vitest";
import { type AuthorizeOutcome, createFlinksClient } from "../../src/index.ts";
import { customerId, loginId } from "../helpers/client.ts";
import { startMock } from "../helpers/prism.ts";
import type { Contract } from "./contract.ts";

export async function upstreamContract(document: string): Promise<Contract> {
  const prism = await startMock(document);
  const authorize = (status: number) => authorizeFor(prism.baseUrl, status);
  return {
    cases: [
      {
        name: "reads its 200",
        async run() {
          const outcome = await authorize(200);
          expect(outcome).toMatchObject({ status: "authorized", requestId: expect.any(String) });
        },
      },
      {
        name: "reads its 203, in the form that the document describes",
        async run() {
          const outcome = await authorize(203);
          if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
          expect(outcome.challenge.questions.length).toBeGreaterThan(0);
          for (const question of outcome.challenge.questions) {
            expect(question).toEqual({
              prompt: expect.any(String),
              type: expect.any(String),
              choices: expect.any(Array),
            });
          }
        },
      },
    ],
    close: () => prism.close(),
  };
}

function authorizeFor(baseUrl: string, status: number): Promise<AuthorizeOutcome> {
  const flinks = createFlinksClient({
    baseUrl,
    customerId,
    authorizeToken: "t",
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set("prefer", `code=${status}`);
      const response = await fetch(url, { ...init, headers });
      // Of the answers it does have complaints: the vendor's examples break the vendor's formats.
      expect(response.headers.get("sl-violations") ?? "").not.toContain('"location":["request"');
      return response;
    },
  });
  return flinks.authorize({ LoginId: loginId });
}

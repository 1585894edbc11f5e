/** A Prism mock of a vendor's document as it is, uncorrected: what others test against works as well. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse } from "yaml";
import {
  type AuthorizeOutcome,
  createFlinksClient,
  FlinksApiError,
  FlinksConnectionError,
  FlinksResponseError,
} from "../../src/index.ts";
import { customerId, loginId } from "../helpers/client.ts";
import { type Prism, startMock } from "../helpers/prism.ts";
import type { Contract } from "./contract.ts";

export async function upstreamContract(document: string): Promise<Contract> {
  const prism = await startMock(document);
  const { paths } = parse(readFileSync(document, "utf8"));
  const statuses = Object.keys(paths["/v3/{customerId}/BankingServices/Authorize"].post.responses).map(
    Number,
  );
  return {
    cases: [
      {
        name: "reads its 200",
        async run() {
          const { outcome } = await authorize(prism, 200);
          expect(outcome).toMatchObject({ status: "authorized", requestId: expect.any(String) });
        },
      },
      {
        name: "reads its 203, in the form that the document describes",
        async run() {
          const { outcome, body } = await authorize(prism, 203);
          if (outcome?.status !== "mfa_required") throw new Error("a challenge was expected");
          expect(outcome.challenge.questions.length).toBeGreaterThan(0);
          for (const question of outcome.challenge.questions) {
            expect(question).toEqual({
              prompt: expect.any(String),
              type: expect.any(String),
              choices: expect.any(Array),
            });
          }
          // What there is to choose from must have been found, by whatever name.
          const offered = body.SecurityChallenges.flatMap((asked: object) =>
            Object.values(asked).filter(Array.isArray),
          );
          expect(outcome.challenge.questions.flatMap(({ choices }) => choices)).toEqual(offered.flat());
        },
      },
      ...statuses
        .filter((status) => status >= 400)
        .map((status) => ({
          name: `reads its ${status}`,
          async run() {
            const { error, body } = await authorize(prism, status);
            // Without a body there is nothing to read but the status.
            expect(error).toBeInstanceOf(body === undefined ? FlinksResponseError : FlinksApiError);
            expect(error).toMatchObject({ status });
          },
        })),
    ],
    close: () => prism.close(),
  };
}

interface Result {
  readonly outcome?: AuthorizeOutcome;
  readonly error?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the mock sends.
  readonly body: any;
}

async function authorize({ baseUrl }: Prism, status: number): Promise<Result> {
  let text = "";
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
      text = await response.clone().text();
      return response;
    },
  });
  try {
    const outcome = await flinks.authorize({ LoginId: loginId });
    return { outcome, body: JSON.parse(text) };
  } catch (error) {
    if (error instanceof FlinksConnectionError) throw error;
    return { error, body: text === "" ? undefined : JSON.parse(text) };
  }
}

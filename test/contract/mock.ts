/**
 * A Prism mock of a bundled document: the client reads every status and example that the document has, and
 * Prism finds nothing wrong with what the client sends.
 */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse } from "yaml";
import {
  type AuthorizeOutcome,
  createFlinksClient,
  FlinksApiError,
  type FlinksClient,
  FlinksResponseError,
} from "../../src/index.ts";
import { customerId, loginId } from "../helpers/client.ts";
import { type Prism, startMock } from "../helpers/prism.ts";
import type { Contract, ContractCase } from "./contract.ts";

export async function mockContract(document: string): Promise<Contract> {
  const prism = await startMock(document);
  const authorize = examplesOf(document, "Authorize").map(
    (documented): ContractCase => ({
      name: `Authorize ${documented.status} ${documented.example}`,
      async run() {
        const { status, example } = documented;
        const code = status.replace("5XX", "503");
        const flinks = clientThatPrefers(prism, `code=${code}${example && `, example=${example}`}`);
        const outcome = await outcomeOf(flinks.authorize({ LoginId: loginId }));
        expect(outcome).toMatchObject(expectedOf(documented));
        expect(outcome).toMatchObject(known[`${status} ${example}`] ?? {});
      },
    }),
  );
  const mint = examplesOf(document, "GenerateAuthorizeToken").map(
    ({ status, value }): ContractCase => ({
      name: `GenerateAuthorizeToken ${status}`,
      async run() {
        const code = Number(status.replace("5XX", "500"));
        const { http } = clientThatPrefers(prism, `code=${code}`);
        const params = { path: { customerId }, header: { "flinks-auth-key": "key" } };
        const path = "/v3/{customerId}/BankingServices/GenerateAuthorizeToken";
        const { data, error, response } = await http.POST(path, { params });
        expect(response.status).toBe(code);
        if (code === 200) expect(data?.Token).toEqual(expect.any(String));
        else expect(error).toEqual(value);
      },
    }),
  );
  const requests = {
    name: "takes every kind of request that the client sends",
    run: () => sendsEveryKindOfRequest(clientThatPrefers(prism, "code=203, example=question")),
  };
  return { cases: [...authorize, ...mint, requests], close: () => prism.close() };
}

/** A client whose requests ask Prism for one answer, and fail if Prism has a word to say about them. */
function clientThatPrefers(prism: Prism, preference: string): FlinksClient {
  return createFlinksClient({
    baseUrl: prism.baseUrl,
    customerId,
    authorizeToken: () => "d65f1adb-8ebc-48dc-be8b-20c773ba1565",
    retry: false,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set("prefer", preference);
      const response = await fetch(url, { ...init, headers });
      // A request that breaks the document gets the documented 400: only this header tells.
      expect(response.headers.get("sl-violations")).toBeNull();
      return response;
    },
  });
}

interface Documented {
  readonly status: string;
  readonly example: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the document gives as an example.
  readonly value: any;
}

/** The examples of an operation. One without a name stands under an empty one. */
function examplesOf(document: string, operation: string): Documented[] {
  const { paths } = parse(readFileSync(document, "utf8"));
  const { responses } = paths[`/v3/{customerId}/BankingServices/${operation}`].post;
  return Object.entries<Record<string, never>>(responses).flatMap(([status, { content }]) => {
    const { example, examples } = content?.["application/json"] ?? ({} as Record<string, never>);
    const named = Object.entries<{ value: unknown }>(examples ?? {});
    return named.length > 0
      ? named.map(([name, { value }]) => ({ status, example: name, value }))
      : [{ status, example: "", value: example }];
  });
}

async function outcomeOf(call: Promise<AuthorizeOutcome>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof FlinksApiError || error instanceof FlinksResponseError) return error;
    throw error;
  }
}

/** What the client must make of an example, whatever the document has for one. */
function expectedOf({ status, value }: Documented): object {
  const requestId: unknown = value?.RequestId ?? expect.any(String);
  if (status === "200") return { status: "authorized", requestId };
  if (status === "202") return { status: "pending", requestId, code: value.FlinksCode };
  if (status === "203") return { status: "mfa_required", requestId, challenge: expectedChallenge(value) };
  if (/^[1-3]/.test(status)) throw new Error(`the client has no outcome for the documented status ${status}`);
  if (value === undefined) return { status: Number(status) };
  return {
    status: Number(status.replace("5XX", "503")),
    code: value.FlinksCode ?? `HTTP_${status}`,
    ...(value.SecurityChallenges && { challenge: expectedChallenge(value) }),
  };
}

function expectedChallenge({ SecurityChallenges }: { SecurityChallenges: object[] }): object {
  return {
    questions: SecurityChallenges.map((asked) => ({
      prompt: "Prompt" in asked ? asked.Prompt : Object.keys(asked)[0],
    })),
  };
}

/** More about examples whose meaning is known. */
const known: Record<string, object> = {
  "202 pending": { code: "OPERATION_PENDING" },
  "202 dispatched": { code: "OPERATION_DISPATCHED" },
  "203 question": { challenge: { questions: [{ type: "QuestionAndAnswer", choices: [] }] } },
  "203 choices": { challenge: { questions: [{ type: "MultipleChoice", choices: ["Circle", "Triangle"] }] } },
  "203 documented": { challenge: { questions: [{ type: "QuestionAndAnswer", choices: [] }] } },
  "400 invalidLogin": { category: "credentials" },
  "400 sessionNonexistent": { category: "session" },
  "401 questionNotFound": { category: "mfa" },
  "401 disabledLogin": { category: "account" },
  "401 askedAgain": { category: "mfa" },
  "401 noToken": { category: "access" },
  "405 ": { category: "institution" },
  "429 ": { category: "rate_limit" },
  "5XX ": { category: "server" },
};

async function sendsEveryKindOfRequest(flinks: FlinksClient): Promise<void> {
  const fields = { Language: "fr", Save: false, Tag: "é" } as const;
  const live = { Institution: "FlinksCapital", Username: "greatday", Password: "Everyday" };
  for (const request of [
    { LoginId: loginId },
    { LoginId: loginId, MostRecentCached: false as const },
    live,
  ]) {
    const outcome = await flinks.authorize({ ...request, ...fields });
    if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
    const answers = { "What is the best country on earth?": "Canada" };
    expect(await flinks.answerChallenge(outcome, answers)).toMatchObject({ status: "mfa_required" });
    const several = {
      ...outcome.challenge,
      questions: ["One?", "Two?"].map((prompt) => ({
        prompt,
        type: "MultipleChoiceMultipleAnswers",
        choices: ["a", "b", "c"],
      })),
    };
    const all = { "One?": ["a", "b", "c"], "Two?": ["a", "c"] };
    expect(await flinks.answerChallenge({ ...outcome, challenge: several }, all)).toMatchObject({
      status: "mfa_required",
    });
  }
}

/**
 * A Prism mock of openapi/flinks.yaml: the client reads every status and example that the document has, and
 * Prism finds nothing wrong with what the client sends.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  type AuthorizeOutcome,
  createFlinksClient,
  FlinksApiError,
  type FlinksClient,
} from "../../src/index.ts";
import { customerId, loginId, requestId } from "../helpers/client.ts";
import { type Prism, startMock } from "../helpers/prism.ts";

const document = "openapi/flinks.yaml";
let prism: Prism;
beforeAll(async () => {
  prism = await startMock(document);
});
afterAll(() => prism.close());

/** A client whose requests ask Prism for one answer, and fail if Prism has a word to say about them. */
function clientThatPrefers(preference: string): FlinksClient {
  return createFlinksClient({
    baseUrl: prism.baseUrl,
    customerId,
    authorizeToken: () => "d65f1adb-8ebc-48dc-be8b-20c773ba1565",
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
  readonly value: unknown;
}

/** The examples of an operation. One without a name stands under `example`. */
function examplesOf(operation: string): Documented[] {
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
    if (error instanceof FlinksApiError) return error;
    throw error;
  }
}

describe("Authorize", () => {
  const documented = examplesOf("Authorize");
  const expected: Record<string, object> = {
    "200 ": { status: "authorized" },
    "202 pending": { status: "pending", code: "OPERATION_PENDING" },
    "202 dispatched": { status: "pending", code: "OPERATION_DISPATCHED" },
    "203 question": {
      status: "mfa_required",
      challenge: {
        questions: [{ prompt: "What is the best country on earth?", type: "QuestionAndAnswer", choices: [] }],
      },
    },
    "203 choices": {
      status: "mfa_required",
      challenge: { questions: [{ type: "MultipleChoice", choices: ["Circle", "Triangle"] }] },
    },
    "203 documented": {
      status: "mfa_required",
      challenge: {
        questions: [{ prompt: "What city were you born in?", type: "QuestionAndAnswer", choices: [] }],
      },
    },
    "400 invalidLogin": { status: 400, code: "INVALID_LOGIN", category: "credentials" },
    "400 sessionNonexistent": { status: 400, code: "SESSION_NONEXISTENT", category: "session" },
    "401 questionNotFound": { status: 401, code: "QUESTION_NOT_FOUND", category: "mfa" },
    "401 disabledLogin": { status: 401, code: "DISABLED_LOGIN", category: "account" },
    "401 askedAgain": {
      status: 401,
      code: "INVALID_SECURITY_RESPONSE",
      challenge: { questions: [{ prompt: "What is the best country on earth?" }] },
    },
    "401 noToken": { status: 401, code: "HTTP_401", category: "access" },
    "405 ": { status: 405, code: "DISABLED_INSTITUTION", category: "institution" },
    "429 ": { status: 429, code: "TOO_MANY_REQUESTS", category: "rate_limit" },
    "5XX ": { status: 503, code: "UNKNOWN_ERROR", category: "server" },
  };

  it("has the statuses and examples below, and no others", () => {
    expect(documented.map(({ status, example }) => `${status} ${example}`).sort()).toEqual(
      Object.keys(expected).sort(),
    );
  });

  it.each(documented)("$status $example", async ({ status, example }) => {
    const code = status.replace("5XX", "503");
    const flinks = clientThatPrefers(`code=${code}${example && `, example=${example}`}`);
    expect(await outcomeOf(flinks.authorize({ LoginId: loginId }))).toMatchObject(
      expected[`${status} ${example}`] as object,
    );
  });

  it("takes every kind of request that the client sends", async () => {
    const flinks = clientThatPrefers("code=203, example=question");
    const fields = { Language: "fr", Save: false, Tag: "é" };
    const live = { Institution: "FlinksCapital", Username: "greatday", Password: "Everyday" };
    for (const request of [
      { LoginId: loginId },
      { LoginId: loginId, MostRecentCached: false as const },
      live,
    ]) {
      const outcome = await flinks.authorize({ ...request, ...fields });
      if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
      expect(outcome.requestId).toBe(requestId);
      const answers = { "What is the best country on earth?": "Canada" };
      expect(await flinks.answerChallenge(outcome, answers)).toMatchObject({ status: "mfa_required" });
    }
  });
});

describe("GenerateAuthorizeToken", () => {
  const mint = (preference: string) => {
    const { http } = clientThatPrefers(preference);
    const params = { path: { customerId }, header: { "flinks-auth-key": "key" } };
    return http.POST("/v3/{customerId}/BankingServices/GenerateAuthorizeToken", { params });
  };

  it.each(examplesOf("GenerateAuthorizeToken"))("$status", async ({ status, value }) => {
    const code = Number(status.replace("5XX", "500"));
    const { data, error, response } = await mint(`code=${code}`);
    expect(response.status).toBe(code);
    if (code === 200) expect(data?.Token).toBe("d65f1adb-8ebc-48dc-be8b-20c773ba1565");
    else expect(error).toEqual(value);
  });
});

/**
 * A Prism mock of a bundled document: the client reads every status and example that the document has, and
 * Prism finds nothing wrong with what the client sends.
 */
import { expect } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { customerId, loginId, secrets } from "../helpers/client.ts";
import { startMock } from "../helpers/prism.ts";
import type { Contract, ContractCase } from "./contract.ts";
import { type DocumentedResponse, findOperation, type Operation, readOperations } from "./document.ts";
import { clientMethods, expectedOutcome, outcomeOf } from "./outcomes.ts";
import { preferring, type Received } from "./prefer.ts";

export async function mockContract(document: string): Promise<Contract> {
  const operations = readOperations(document);
  return {
    cases: [
      ...methodCases(operations),
      { name: "takes every kind of request that the client sends", run: sendEveryKindOfRequest },
      ...(await Promise.all(operations.map(httpCases))).flat(),
    ],
    start: () => startMock(document),
  };
}

/** The client's methods read the responses of the operations that they call. */
export function methodCases(operations: readonly Operation[]): ContractCase[] {
  return operations.flatMap(({ id = "", responses }) => {
    const method = Object.hasOwn(clientMethods, id) ? clientMethods[id] : undefined;
    if (method === undefined) return [];
    return responses.map((response) => ({
      name: `${id} ${titleOf(response)}`,
      async run(baseUrl) {
        const { fetch, received } = preferring(response);
        const outcome = await outcomeOf(method.call({ baseUrl, fetch }));
        const last = lastOf(received);
        expect(last.fault).toBeUndefined();
        assertServed(response, last);
        expect(outcome).toMatchObject(expectedOutcome(method, response.code, last));
      },
    }));
  });
}

/** `http` sends every operation of the document, and returns what came. */
async function httpCases(operation: Operation): Promise<ContractCase[]> {
  const { method, path, responses } = operation;
  const refusal = await refusalOf(operation);
  return responses.map((response) => {
    const name = `http ${method} ${path} ${titleOf(response)}`;
    if (refusal !== undefined) return { name: `${name} (skipped: ${refusal})` };
    const run = async (baseUrl: string) => {
      const { fetch, received } = preferring(response);
      const outcome = await outcomeOf(sendByHttp(operation, { baseUrl, fetch }));
      const last = lastOf(received);
      expect(findOperation([operation], `${last.sent.method}`, last.sent.pathname)).toBe(operation);
      expect(last.sent.body).toEqual(operation.request.body);
      // The document may have no example that is a valid request. What came is still passed on.
      if (last.fault === undefined) assertServed(response, last);
      expect(outcome).toMatchObject(expectedOfHttp(last));
    };
    return { name, run };
  });
}

function expectedOfHttp({ status, body }: Received): object {
  if (status >= 300 && status < 400) return { name: "FlinksConnectionError" };
  return body === undefined ? { status } : { status, body };
}

/** Why `http` sends nothing, if so: it refuses the path, or the platform's `fetch` the method. */
async function refusalOf(operation: Operation): Promise<string | undefined> {
  let isSent = false;
  const fetch = async () => {
    isSent = true;
    return Response.json({});
  };
  const outcome = await sendByHttp(operation, { baseUrl: "http://127.0.0.1", fetch }).catch((error) => error);
  return isSent ? undefined : `${outcome.message}`;
}

async function sendByHttp(
  { method, path, request }: Operation,
  options: { baseUrl: string; fetch: typeof fetch },
): Promise<{ status: number; body: unknown }> {
  const { http } = createFlinksClient({
    customerId,
    authorizeToken: secrets.token,
    retry: false,
    ...options,
  });
  const send = http[method as "POST"] as unknown as (path: string, request: object) => ReturnType<typeof http.POST>;
  const { data, error, response } = await send(path, request);
  return { status: response.status, body: response.ok ? data : error };
}

function titleOf({ code, example }: DocumentedResponse): string {
  return example === undefined ? code : `${code} ${example}`;
}

function lastOf(received: readonly Received[]): Received {
  const last = received.at(-1);
  if (last === undefined) throw new Error("The client sent nothing.");
  return last;
}

/** That Prism sent what the document has, and not something in its place. */
function assertServed({ status, value }: DocumentedResponse, received: Received): void {
  expect(received.status).toBe(status);
  if (value !== undefined && received.body !== undefined) expect(received.body).toEqual(value);
}

async function sendEveryKindOfRequest(baseUrl: string): Promise<void> {
  const { fetch, received } = preferring({ status: 203 });
  const token = () => secrets.token;
  const flinks = createFlinksClient({ baseUrl, customerId, authorizeToken: token, retry: false, fetch });
  const live = { Institution: "FlinksCapital", Username: "greatday", Password: "Everyday" };
  const requests = [{ LoginId: loginId }, { LoginId: loginId, MostRecentCached: false as const }, live];
  try {
    for (const request of requests) {
      const outcome = await flinks.authorize({ ...request, Language: "fr", Save: false, Tag: "é" });
      if (outcome.status !== "mfa_required") throw new Error("A challenge was expected.");
      const { challenge } = outcome;
      const one = challenge.questions.map(({ prompt, choices: [choice = "Canada"] }) => [prompt, choice]);
      await flinks.answerChallenge(outcome, Object.fromEntries(one));
      // Several answers to each of several questions.
      const questions = ["One?", "Two?"].flatMap((prompt) =>
        challenge.questions.map((question) => ({
          ...question,
          prompt,
          type: "MultipleChoiceMultipleAnswers",
          choices: ["a", "b", "c"],
        })),
      );
      const several = { "One?": ["a", "b", "c"], "Two?": ["a", "c"] };
      await flinks.answerChallenge({ ...outcome, challenge: { ...challenge, questions } }, several);
    }
  } finally {
    // What Prism found wrong with a request explains best why a call failed.
    expect(received.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  }
}

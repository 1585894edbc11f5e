/** What the client must make of each response of the API. */
import { expect } from "vitest";
import { createFlinksClient, FlinksError } from "../../src/index.ts";
import { customerId, loginId, requestId, secrets } from "../helpers/client.ts";
import type { Received } from "./prefer.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever the API sends.
type Body = any;

export interface ClientMethod {
  /** Calls the method, so that it sends one request. */
  call(options: { baseUrl: string; fetch: typeof fetch }): Promise<unknown>;
  /** What it returns, by HTTP status. It throws for all others. */
  readonly returns: { readonly [status: number]: (body: Body) => object };
}

const common = { customerId, retry: false } as const;
const { secretKey, token: authorizeToken } = secrets;

/** The client's methods, by the `operationId` of the operation that each calls. */
export const clientMethods: Readonly<Record<string, ClientMethod>> = {
  authorize: {
    call: (options) => createFlinksClient({ ...common, ...options, authorizeToken }).authorize({ LoginId: loginId }),
    returns: {
      200: (body) => ({ status: "authorized", requestId: body.RequestId, session: body }),
      202: (body) => ({ status: "pending", requestId: body.RequestId, code: body.FlinksCode }),
      203: (body) => ({
        status: "mfa_required",
        requestId: body.RequestId,
        challenge: { questions: questionsIn(body) },
      }),
    },
  },
  generateAuthorizeToken: {
    async call(options) {
      const flinks = createFlinksClient({ ...common, ...options, secretKey });
      return { token: await flinks.generateAuthorizeToken() };
    },
    returns: { 200: (body) => ({ token: body.Token }) },
  },
  getAccountsSummary: {
    call: (options) => dataClient(options).getAccountsSummary({ RequestId: requestId }),
    returns: ready("Accounts"),
  },
  getAccountsSummaryAsync: {
    call: (options) => dataClient(options).getAccountsSummaryAsync(requestId),
    returns: ready("Accounts"),
  },
  getAccountsDetail: {
    call: (options) => dataClient(options).getAccountsDetail({ RequestId: requestId, WithBalance: true }),
    returns: ready("Accounts"),
  },
  getAccountsDetailAsync: {
    call: (options) => dataClient(options).getAccountsDetailAsync(requestId),
    returns: ready("Accounts"),
  },
  getStatements: {
    call: (options) => dataClient(options).getStatements({ RequestId: requestId, NumberOfStatements: "Months3" }),
    returns: ready("StatementsByAccount"),
  },
};

function dataClient(options: { baseUrl: string; fetch: typeof fetch }) {
  return createFlinksClient({ ...common, ...options, authorizeToken, apiKey: secretKey });
}

function ready(list: string): ClientMethod["returns"] {
  return {
    200: (body) => ({ status: "ready", requestId: body.RequestId, data: { [list]: body[list] } }),
    202: (body) => ({ status: "pending", requestId: body.RequestId, code: body.FlinksCode }),
  };
}

/** Failures of the API's own, which say why. Others may have any body, or none. */
const knownFailures = ["400", "401", "405", "429", "5XX"];

/** What a method must return or throw for a response that the document has under `code`. */
export function expectedOutcome({ returns }: ClientMethod, code: string, { status, body }: Received): object {
  const returned = returns[status]?.(body ?? {});
  if (returned !== undefined) return returned;
  // The client knows no other status below 400. It throws an error of its own, whichever.
  if (status < 400) return { name: expect.stringMatching(/^Flinks\w+Error$/) };
  const { FlinksCode, Message, SecurityChallenges } = (body ?? {}) as Body;
  const saysWhy = knownFailures.includes(code) || (FlinksCode ?? Message ?? undefined) !== undefined;
  if (!saysWhy || body === undefined) return { status };
  // A wrong answer that may be given again.
  if (status === 401 && SecurityChallenges !== undefined) {
    return { status: "mfa_required", challenge: { questions: questionsIn(body), rejected: { code: FlinksCode } } };
  }
  return { name: "FlinksApiError", status, code: FlinksCode ?? `HTTP_${status}` };
}

/** The questions, as they travel or as the vendor's document describes them, with all that can be chosen. */
function questionsIn({ SecurityChallenges = [] }: Body): object[] {
  return SecurityChallenges.flatMap((asked: Body) =>
    typeof asked.Prompt === "string"
      ? // By whatever name: what the client does not read as choices is missed.
        { prompt: asked.Prompt, choices: Object.values(asked).filter(Array.isArray).flat() }
      : Object.entries(asked).map(([prompt, choices]) => ({ prompt, choices })),
  );
}

/** What a call returns, or the error of the client that it throws. */
export async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof FlinksError) return error;
    throw error;
  }
}

/**
 * The three clients, each as a program would write it. All send the same requests and read the same responses.
 *
 * No functions are created during a call: tsx wraps each one in a helper that names it, and that would cost the
 * clients written here, but not flinks-client, which is measured as built.
 */
import createClient from "openapi-fetch";
import type { paths } from "../../src/generated/schema.ts";
import type { AuthorizeRequest } from "../../src/wrappers/wire.ts";
import { answers, customerId, loginId } from "./wire.ts";

/** Each opens a session and returns its RequestId; `mfa` answers the question that it is asked. */
export interface Client {
  readonly session: () => Promise<string>;
  readonly mfa: () => Promise<string>;
}

const cached = { LoginId: loginId, MostRecentCached: true };

const answer = () => answers;

function answerTo(RequestId: string) {
  return { LoginId: loginId, RequestId, MostRecentCached: false, SecurityResponses: answers };
}

interface SessionBody {
  readonly RequestId: string;
  readonly FlinksCode?: string;
}

function handWritten(origin: string, token: string): Client {
  const url = `${origin}/v3/${customerId}/BankingServices/Authorize`;
  async function authorize(body: object): Promise<string> {
    const response = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", "flinks-auth-key": token },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(240_000),
    });
    const session = (await response.json()) as SessionBody;
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${session.FlinksCode}`);
    return session.RequestId;
  }
  return {
    session: () => authorize(cached),
    mfa: async () => authorize(answerTo(await authorize(cached))),
  };
}

async function flinksClient(baseUrl: string, token: string): Promise<Client> {
  // By its own name, the package is what `npm run build` made. The types must not depend on that.
  const name: string = "flinks-client";
  const { createFlinksClient } = (await import(name)) as typeof import("../../src/index.ts");
  const flinks = createFlinksClient({ baseUrl, customerId, authorizeToken: () => token });
  return {
    session: async () => (await flinks.authorize({ LoginId: loginId })).requestId,
    mfa: async () => (await flinks.authorizeWithMfa({ LoginId: loginId }, answer)).requestId,
  };
}

function openapiFetch(baseUrl: string, token: string): Client {
  const client = createClient<paths, "application/json">({ baseUrl, redirect: "manual" });
  async function authorize(body: AuthorizeRequest): Promise<string> {
    const { data, error, response } = await client.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: { path: { customerId }, header: { "flinks-auth-key": token } },
      body,
    });
    if (data === undefined) throw new Error(`HTTP ${response.status}: ${(error as SessionBody).FlinksCode}`);
    return data.RequestId;
  }
  return {
    session: () => authorize(cached),
    mfa: async () => authorize(answerTo(await authorize(cached))),
  };
}

/** By their names in the report. */
export const clients = {
  "hand-written fetch": handWritten,
  "flinks-client": flinksClient,
  "openapi-fetch": openapiFetch,
};
export type ClientName = keyof typeof clients;

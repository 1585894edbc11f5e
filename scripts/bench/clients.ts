/**
 * The clients, each as a program would write it. All send the same requests and read the same responses.
 *
 * No functions are created during a call: tsx wraps each one in a helper that names it, and that would cost the
 * clients written here, but not flinks-client, which is measured as built.
 */
import createClient from "openapi-fetch";
import { Agent, request } from "undici7";
import type { paths } from "../../src/generated/schema.ts";
import type { AuthorizeRequest } from "../../src/wrappers/wire.ts";
import { answers, customerId, loginId } from "./wire.ts";

/** Each opens a session and returns its RequestId; `mfa` answers the question that it is asked; `data` reads accounts. */
export interface Client {
  readonly session: () => Promise<string>;
  readonly mfa: () => Promise<string>;
  readonly data: () => Promise<string>;
}

const cached = { LoginId: loginId, MostRecentCached: true };

const wanted = { RequestId: loginId, WithTransactions: true };

const answer = () => answers;

function answerTo(RequestId: string) {
  return { LoginId: loginId, RequestId, MostRecentCached: false, SecurityResponses: answers };
}

interface SessionBody {
  readonly RequestId: string;
  readonly FlinksCode?: string;
}

/** What the clients written here have in common: how they send JSON and read it. */
function byHand(origin: string, token: string, send: Send): Client {
  const folder = `${origin}/v3/${customerId}/BankingServices/`;
  const headers = { accept: "application/json", "content-type": "application/json", "flinks-auth-key": token };
  async function post(operation: string, body: object): Promise<string> {
    const [status, json] = await send(folder + operation, { method: "POST", headers, body: JSON.stringify(body) });
    const { RequestId, FlinksCode } = json as SessionBody;
    if (status >= 400) throw new Error(`HTTP ${status}: ${FlinksCode}`);
    return RequestId;
  }
  return {
    session: () => post("Authorize", cached),
    mfa: async () => post("Authorize", answerTo(await post("Authorize", cached))),
    data: () => post("GetAccountsDetail", wanted),
  };
}

type Init = { method: "POST"; headers: Record<string, string>; body: string };
type Send = (url: string, init: Init) => Promise<[status: number, json: unknown]>;

function handWritten(origin: string, token: string): Client {
  const send: Send = async (url, init) => {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(240_000) });
    return [response.status, await response.json()];
  };
  return byHand(origin, token, send);
}

function undiciRequest(origin: string, token: string, guard?: () => object): Client {
  const dispatcher = new Agent();
  const send: Send = async (url, init) => {
    const { statusCode, body } = await request(url, { ...init, dispatcher, ...guard?.() });
    return [statusCode, await body.json()];
  };
  return byHand(origin, token, send);
}

const withLimit = () => ({ signal: AbortSignal.timeout(240_000), headersTimeout: 240_000, bodyTimeout: 240_000 });

async function flinksClient(baseUrl: string, token: string, options: object = {}): Promise<Client> {
  // By its own name, the package is what `npm run build` made. The types must not depend on that.
  const name: string = "flinks-client";
  const { createFlinksClient } = (await import(name)) as typeof import("../../src/index.ts");
  const flinks = createFlinksClient({ baseUrl, customerId, authorizeToken: () => token, ...options });
  return {
    session: async () => (await flinks.authorize({ LoginId: loginId })).requestId,
    mfa: async () => (await flinks.authorizeWithMfa({ LoginId: loginId }, answer)).requestId,
    data: async () => (await flinks.getAccountsDetail(wanted)).requestId,
  };
}

async function onUndici(baseUrl: string, token: string): Promise<Client> {
  const name: string = "flinks-client/undici";
  const { createUndiciFetch } = (await import(name)) as typeof import("../../src/wrappers/undici.ts");
  return flinksClient(baseUrl, token, { fetch: createUndiciFetch({ dispatcher: new Agent() }) });
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
    data: async () => {
      const path = "/v3/{customerId}/BankingServices/GetAccountsDetail";
      const { data } = await client.POST(path, { params: { path: { customerId } }, body: wanted });
      return `${data?.RequestId}`;
    },
  };
}

/** By their names in the report. */
export const clients = {
  "hand-written fetch": handWritten,
  "flinks-client": (origin: string, token: string) => flinksClient(origin, token),
  "flinks-client on undici": onUndici,
  "undici.request": (origin: string, token: string) => undiciRequest(origin, token, withLimit),
  "undici.request, bare": (origin: string, token: string) => undiciRequest(origin, token),
  "openapi-fetch": openapiFetch,
};
export type ClientName = keyof typeof clients;

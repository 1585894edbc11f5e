/**
 * The clients, each as the few lines that a program would write with it. All open the same session with the same
 * bytes: a token in the header, `{ LoginId, MostRecentCached: true }` in the body, and an error that says which
 * code was answered.
 */
import { createRequire } from "node:module";
import type { AxiosAdapter } from "axios";
import type { paths } from "../../src/generated/schema.ts";
import type { AuthorizeRequest } from "../../src/wrappers/wire.ts";
import type { ClientName } from "./scenarios.ts";
import { customerId, keys, loginId, prompt, reply, secretKey } from "./wire.ts";

export interface Setup {
  /** Where the server is. */
  readonly origin: string;
  /** In place of the network. */
  readonly stub: typeof fetch | undefined;
  /** The token that the server tells the wanted answer by. */
  readonly token: string;
}

/** Gives a RequestId. */
export type Job = () => Promise<string>;

export interface Jobs {
  /** Opens a session with a token that a function gave. */
  readonly authorize: Job;
  /** Mints a token, and opens a session with it. */
  readonly mint: Job;
  /** Opens a session that asks a question, and answers it. */
  readonly mfa: Job;
  /** As `mint`, with tokens minted ahead. */
  readonly prefetch: Job;
}

/** A job; why the client cannot do it; or nothing where the question does not arise. */
export type Adapter = (setup: Setup) => Promise<{ readonly [Name in keyof Jobs]?: Job | string }>;

const timeoutMs = 240_000;
const cached = { LoginId: loginId, MostRecentCached: true } as const;
const answer = (RequestId: string) => ({
  LoginId: loginId,
  RequestId,
  MostRecentCached: false,
  SecurityResponses: { [prompt]: [reply] },
});
const headers = { accept: "application/json", "content-type": "application/json" };

/** What is read of an answer by those who get it untyped. */
interface Body {
  readonly RequestId: string;
  readonly Token: string;
  readonly FlinksCode: string;
}

/** By its own name a package finds what users get: `dist`. By a variable, as the types must not need it built. */
const builtPackage: string = "flinks-client";

async function flinksClient({ origin, stub, token }: Setup) {
  const { createFlinksClient } = (await import(builtPackage)) as typeof import("../../src/index.ts");
  const common = { baseUrl: origin, customerId, ...(stub && { fetch: stub }) };
  const client = createFlinksClient({ ...common, authorizeToken: () => token });
  const minting = createFlinksClient({ ...common, secretKey });
  const ahead = () => createFlinksClient({ ...common, secretKey, prefetch: 8 });
  let prefetching: ReturnType<typeof ahead> | undefined;
  return {
    authorize: async () => (await client.authorize({ LoginId: loginId })).requestId,
    mint: async () => (await minting.authorize({ LoginId: loginId })).requestId,
    mfa: async () =>
      (await client.authorizeWithMfa({ LoginId: loginId }, () => ({ [prompt]: reply }))).requestId,
    async prefetch() {
      prefetching ??= ahead();
      return (await prefetching.authorize({ LoginId: loginId })).requestId;
    },
  };
}

async function handWritten({ origin, stub, token }: Setup) {
  const fetch = stub ?? globalThis.fetch;
  async function post(
    operation: string,
    key: string,
    body?: object,
  ): Promise<{ status: number; body: Body }> {
    const response = await fetch(`${origin}/v3/${customerId}/BankingServices/${operation}`, {
      method: "POST",
      headers: { ...headers, "flinks-auth-key": key },
      ...(body && { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answered = (await response.json()) as Body;
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${answered.FlinksCode}`);
    return { status: response.status, body: answered };
  }
  const authorize = async (key: string) => (await post("Authorize", key, cached)).body.RequestId;
  return {
    authorize: () => authorize(token),
    mint: async () => authorize((await post("GenerateAuthorizeToken", secretKey)).body.Token),
    async mfa() {
      const { status, body } = await post("Authorize", token, cached);
      if (status !== 203) throw new Error("No challenge");
      return (await post("Authorize", token, answer(body.RequestId))).body.RequestId;
    },
  };
}

async function openapiFetch({ origin, stub, token }: Setup) {
  const { default: createClient } = await import("openapi-fetch");
  const client = createClient<paths, "application/json">({
    baseUrl: origin,
    headers: { accept: "application/json" },
    redirect: "manual",
    ...(stub && { fetch: stub }),
  });
  async function send(key: string, body: AuthorizeRequest) {
    const { data, error, response } = await client.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: { path: { customerId }, header: { "flinks-auth-key": key } },
      body,
    });
    if (data === undefined) throw new Error(`HTTP ${response.status}: ${(error as Body).FlinksCode}`);
    return { status: response.status, requestId: data.RequestId };
  }
  async function mint() {
    const { data } = await client.POST("/v3/{customerId}/BankingServices/GenerateAuthorizeToken", {
      params: { path: { customerId }, header: { "flinks-auth-key": secretKey } },
    });
    return data?.Token as string;
  }
  return {
    authorize: async () => (await send(token, cached)).requestId,
    mint: async () => (await send(await mint(), cached)).requestId,
    async mfa() {
      const { status, requestId } = await send(token, cached);
      if (status !== 203) throw new Error("No challenge");
      return (await send(token, answer(requestId))).requestId;
    },
  };
}

async function axios({ origin, stub, token }: Setup) {
  const { default: axios } = await import("axios");
  const client = axios.create({
    baseURL: `${origin}/v3/${customerId}/BankingServices`,
    headers,
    timeout: timeoutMs,
    maxRedirects: 0,
    ...(stub && { adapter: axiosStub(stub) }),
  });
  client.interceptors.response.use(undefined, (error) => {
    throw new Error(`HTTP ${error.response?.status}: ${error.response?.data?.FlinksCode}`);
  });
  const send = (key: string, body: object) =>
    client.post<Body>("/Authorize", body, { headers: { "flinks-auth-key": key } });
  return {
    authorize: async () => (await send(token, cached)).data.RequestId,
    async mint() {
      const { data } = await client.post<Body>("/GenerateAuthorizeToken", undefined, {
        headers: { "flinks-auth-key": secretKey },
      });
      return (await send(data.Token, cached)).data.RequestId;
    },
    async mfa() {
      const { status, data } = await send(token, cached);
      if (status !== 203) throw new Error("No challenge");
      return (await send(token, answer(data.RequestId))).data.RequestId;
    },
  };
}

/** What axios calls in place of its own way to the network, answering with what the stub does. */
function axiosStub(stub: typeof fetch): AxiosAdapter {
  return async (config) => {
    const response = await stub("");
    const { status, statusText } = response;
    return { data: await response.text(), status, statusText, headers: {}, config };
  };
}

async function ky({ origin, stub, token }: Setup) {
  const { default: ky, HTTPError } = await import("ky");
  const client = ky.create({
    prefixUrl: `${origin}/v3/${customerId}/BankingServices`,
    headers: { accept: "application/json" },
    timeout: timeoutMs,
    retry: 0,
    redirect: "manual",
    ...(stub && { fetch: stub }),
  });
  async function send(key: string, json: object): Promise<{ status: number; body: Body }> {
    try {
      const response = await client.post("Authorize", { headers: { "flinks-auth-key": key }, json });
      return { status: response.status, body: await response.json<Body>() };
    } catch (error) {
      if (!(error instanceof HTTPError)) throw error;
      const { FlinksCode } = await error.response.json<Body>();
      throw new Error(`HTTP ${error.response.status}: ${FlinksCode}`);
    }
  }
  return {
    authorize: async () => (await send(token, cached)).body.RequestId,
    async mint() {
      const minted = await client
        .post("GenerateAuthorizeToken", { headers: { "flinks-auth-key": secretKey } })
        .json<Body>();
      return (await send(minted.Token, cached)).body.RequestId;
    },
    async mfa() {
      const { status, body } = await send(token, cached);
      if (status !== 203) throw new Error("No challenge");
      return (await send(token, answer(body.RequestId))).body.RequestId;
    },
  };
}

async function flinksApi({ origin, stub, token }: Setup) {
  const require = createRequire(import.meta.url);
  const { FlinksApi, CountryShortcode } = require("flinks-api") as typeof import("flinks-api");
  const silent = () => {};
  const make = () => {
    const api = new FlinksApi({
      url: `${origin}/v3`,
      customerId,
      authKey: secretKey,
      apiKey: "",
      bearerToken: "",
      country: CountryShortcode.Canada,
      logger: { log: silent, error: silent, info: silent, warn: silent, debug: silent },
    });
    // `axios` is protected, and the only way to its adapter; it is of another version than the one above.
    if (stub) api["axios"].defaults.adapter = axiosStub(stub) as never;
    return api;
  };
  const [minting, client] = [make(), make()];
  // It mints for every session; here it gets its tokens as the others do.
  client.getAuthorizeToken = async () => ({ token, timestamp: Date.now() });
  return {
    authorize:
      token === keys.refused
        ? "takes a refusal that has a RequestId for a session"
        : async () => (await client.getRequestId(loginId)).RequestId,
    mint: async () => (await minting.getRequestId(loginId)).RequestId,
    mfa: "mints another token for the answer, which the API refuses",
  };
}

async function nodeFlinks({ origin, stub, token }: Setup) {
  const require = createRequire(import.meta.url);
  const { default: FlinksClient } = require("node-flinks") as typeof import("node-flinks");
  if (stub) {
    return { authorize: "got, beneath it, has no place for a stub that answers without Node's streams" };
  }
  const client = new FlinksClient("toolbox", customerId);
  // Its address is fixed to the vendor's host, and `client` private.
  client["client"] = client["client"].extend({ prefixUrl: `${origin}/v3/${customerId}` });
  return {
    authorize: async () => (await client.authorize({ loginId, accessToken: token })).requestId,
    mint: "cannot mint an authorize token",
    mfa: "has no RequestId among its options",
  };
}

/** What the stub itself takes of every `fetch` client's numbers. */
async function stubAlone({ stub }: Setup) {
  return stub === undefined
    ? {}
    : { authorize: async () => ((await (await stub("")).json()) as Body).RequestId };
}

export const adapters: Readonly<Record<ClientName, Adapter>> = {
  handWritten,
  flinksClient,
  openapiFetch,
  axios,
  ky,
  flinksApi,
  nodeFlinks,
  stubAlone,
};

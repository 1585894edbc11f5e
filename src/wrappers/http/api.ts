/**
 * The operations of the API, typed by the document: `openapi-fetch` with the guarded exchange as its `fetch`.
 *
 * @module
 */
import createClient, { type ClientOptions } from "openapi-fetch";
import type { operations } from "../../generated/operations.ts";
import type { paths } from "../../generated/schema.ts";
import type { AccountsDetailRequest, AccountsSummaryRequest, AuthorizeRequest, StatementsRequest } from "../wire.ts";
import { type ApiResponse, type Call, hiding, OutgoingRequest } from "./call.ts";
import { observedExchange } from "./observe.ts";

/** One request each. None of them is repeated here. */
export interface Api {
  generateAuthorizeToken(secretKey: string, call: Call): Promise<ApiResponse>;
  authorize(token: string, body: AuthorizeRequest, call: Call): Promise<ApiResponse>;
  getAccountsSummary(body: AccountsSummaryRequest, call: Call): Promise<ApiResponse>;
  getAccountsSummaryAsync(requestId: string, call: Call): Promise<ApiResponse>;
  getAccountsDetail(body: AccountsDetailRequest, call: Call): Promise<ApiResponse>;
  getAccountsDetailAsync(requestId: string, call: Call): Promise<ApiResponse>;
  getStatements(body: StatementsRequest, call: Call): Promise<ApiResponse>;
}

const root = "/v3/{customerId}/BankingServices/";

/** openapi-fetch hands what `Request` constructs to `fetch`; its types know only the platform's `Request`. */
const transport = { Request: OutgoingRequest, fetch: observedExchange } as unknown as ClientOptions;

interface ApiSettings {
  readonly baseUrl: string;
  readonly customerId: string;
  readonly apiKey: string | undefined;
}

export function createApi({ baseUrl, customerId, apiKey }: ApiSettings): Api {
  const client = createClient<paths, "application/json">({
    ...transport,
    baseUrl,
    headers: { accept: "application/json" },
    bodySerializer: JSON.stringify,
  });

  // Some instances use no key.
  const header = apiKey === undefined ? {} : { "x-api-key": apiKey };
  const params = { path: { customerId }, header };

  return {
    async generateAuthorizeToken(secretKey, call) {
      return responseOf(
        await client.POST(`${root}GenerateAuthorizeToken`, {
          params: { path: { customerId }, header: { "flinks-auth-key": secretKey } },
          ...under("generateAuthorizeToken", hiding(call, secretKey)),
        }),
      );
    },

    async authorize(token, body, call) {
      const { Username, Password, SecurityResponses = {} } = body;
      const answers = Object.values(SecurityResponses).flat();
      return responseOf(
        await client.POST(`${root}Authorize`, {
          params: { path: { customerId }, header: { "flinks-auth-key": token } },
          body,
          ...under("authorize", hiding(call, token, Username, Password, ...answers)),
        }),
      );
    },

    getAccountsSummary: async (body, call) =>
      responseOf(
        await client.POST(`${root}GetAccountsSummary`, { params, body, ...under("getAccountsSummary", call) }),
      ),
    getAccountsDetail: async (body, call) =>
      responseOf(await client.POST(`${root}GetAccountsDetail`, { params, body, ...under("getAccountsDetail", call) })),
    getStatements: async (body, call) =>
      responseOf(await client.POST(`${root}GetStatements`, { params, body, ...under("getStatements", call) })),

    getAccountsSummaryAsync: async (requestId, call) =>
      responseOf(
        await client.GET(`${root}GetAccountsSummaryAsync/{requestId}`, {
          params: { path: { customerId, requestId }, header },
          ...under("getAccountsSummaryAsync", call),
        }),
      ),
    getAccountsDetailAsync: async (requestId, call) =>
      responseOf(
        await client.GET(`${root}GetAccountsDetailAsync/{requestId}`, {
          params: { path: { customerId, requestId }, header },
          ...under("getAccountsDetailAsync", call),
        }),
      ),
  };
}

/** openapi-fetch passes options that it does not know on to `Request`. With "stream" it leaves the body alone. */
function under(operation: keyof typeof operations, call: Call) {
  return { parseAs: "stream" as const, operation, call };
}

/** openapi-fetch hands back what `fetch` returned. */
function responseOf({ response }: { response: unknown }): ApiResponse {
  return response as ApiResponse;
}

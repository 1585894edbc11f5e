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
import { throwIfAborted } from "./signals.ts";

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

interface ApiSettings {
  readonly baseUrl: string;
  readonly customerId: string;
  readonly apiKey: string | undefined;
}

const root = "/v3/{customerId}/BankingServices/";

/** openapi-fetch hands what `Request` constructs to `fetch`; its types know only the platform's `Request`. */
const transport = { Request: OutgoingRequest, fetch: observedExchange } as unknown as ClientOptions;

export function createApi({ baseUrl, customerId, apiKey }: ApiSettings): Api {
  const client = createClient<paths, "application/json">({
    ...transport,
    baseUrl,
    // Those of openapi-fetch take longer, for forms that these operations do not have.
    bodySerializer: JSON.stringify,
    querySerializer: () => "",
    pathSerializer: fillIn,
  });
  const path = { customerId };
  // Some instances use no key.
  const header = apiKey === undefined ? {} : { "x-api-key": apiKey };
  const params = { path, header };

  return {
    generateAuthorizeToken: (secretKey, call) => {
      const params = { path, header: { "flinks-auth-key": secretKey } };
      const options = under("generateAuthorizeToken", hiding(call, secretKey));
      return responseOf(client.POST(`${root}GenerateAuthorizeToken`, { params, ...options }), call);
    },

    authorize: (token, body, call) => {
      const { Username, Password, SecurityResponses = {} } = body;
      const answers = Object.values(SecurityResponses).flat();
      const params = { path, header: { "flinks-auth-key": token } };
      const options = under("authorize", hiding(call, token, Username, Password, ...answers));
      return responseOf(client.POST(`${root}Authorize`, { params, body, ...options }), call);
    },

    getAccountsSummary: (body, call) =>
      responseOf(
        client.POST(`${root}GetAccountsSummary`, { params, body, ...under("getAccountsSummary", call) }),
        call,
      ),

    getAccountsSummaryAsync: (requestId, call) => {
      const params = { path: { customerId, requestId }, header };
      const options = under("getAccountsSummaryAsync", call);
      return responseOf(client.GET(`${root}GetAccountsSummaryAsync/{requestId}`, { params, ...options }), call);
    },

    getAccountsDetail: (body, call) =>
      responseOf(client.POST(`${root}GetAccountsDetail`, { params, body, ...under("getAccountsDetail", call) }), call),

    getAccountsDetailAsync: (requestId, call) => {
      const params = { path: { customerId, requestId }, header };
      const options = under("getAccountsDetailAsync", call);
      return responseOf(client.GET(`${root}GetAccountsDetailAsync/{requestId}`, { params, ...options }), call);
    },

    getStatements: (body, call) =>
      responseOf(client.POST(`${root}GetStatements`, { params, body, ...under("getStatements", call) }), call),
  };
}

/** Every parameter has been checked to be a path segment. */
function fillIn(path: string, parameters: Record<string, unknown>): string {
  let filled = path;
  for (const name in parameters) filled = filled.replace(`{${name}}`, () => `${parameters[name]}`);
  return filled;
}

/** openapi-fetch passes options that it does not know on to `Request`. With "stream" it leaves the body alone. */
function under(operation: keyof typeof operations, call: Call) {
  return { parseAs: "stream" as const, operation, call };
}

/** openapi-fetch hands back what `fetch` returned. It drops a rejection that is falsy, as after `abort(null)`. */
async function responseOf(sent: Promise<{ response: unknown }>, { signal }: Call): Promise<ApiResponse> {
  try {
    const { response } = await sent;
    return response as ApiResponse;
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
}

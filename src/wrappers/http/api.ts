/**
 * The operations of the API, typed by the document: `openapi-fetch` with the guarded exchange as its `fetch`.
 *
 * @module
 */
import createClient, { type ClientOptions } from "openapi-fetch";
import type { operations } from "../../generated/operations.ts";
import type { paths } from "../../generated/schema.ts";
import type { AuthorizeRequest } from "../wire.ts";
import { type ApiResponse, type Call, hiding, OutgoingRequest } from "./call.ts";
import { observedExchange } from "./observe.ts";
import { throwIfAborted } from "./signals.ts";

/** One request each. None of them is repeated here. */
export interface Api {
  generateAuthorizeToken(secretKey: string, call: Call): Promise<ApiResponse>;
  authorize(token: string, body: AuthorizeRequest, call: Call): Promise<ApiResponse>;
}

/** openapi-fetch hands what `Request` constructs to `fetch`; its types know only the platform's `Request`. */
const transport = { Request: OutgoingRequest, fetch: observedExchange } as unknown as ClientOptions;

export function createApi({ baseUrl, customerId }: { baseUrl: string; customerId: string }): Api {
  const client = createClient<paths, "application/json">({
    ...transport,
    baseUrl,
    headers: { accept: "application/json" },
    bodySerializer: JSON.stringify,
  });

  return {
    async generateAuthorizeToken(secretKey, call) {
      return responseOf(
        client.POST("/v3/{customerId}/BankingServices/GenerateAuthorizeToken", {
          params: { path: { customerId }, header: { "flinks-auth-key": secretKey } },
          ...under("generateAuthorizeToken", hiding(call, secretKey)),
        }),
        call,
      );
    },

    async authorize(token, body, call) {
      const { Username, Password, SecurityResponses = {} } = body;
      const answers = Object.values(SecurityResponses).flat();
      return responseOf(
        client.POST("/v3/{customerId}/BankingServices/Authorize", {
          params: { path: { customerId }, header: { "flinks-auth-key": token } },
          body,
          ...under("authorize", hiding(call, token, Username, Password, ...answers)),
        }),
        call,
      );
    },
  };
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

// Made by `npm run generate` from openapi/flinks.yaml. Do not edit.

/** Every operation of the document, by operationId; one without an operationId is named by its method and path. */
export const operations = {
  authorize: { method: "POST", path: "/v3/{customerId}/BankingServices/Authorize" },
  generateAuthorizeToken: { method: "POST", path: "/v3/{customerId}/BankingServices/GenerateAuthorizeToken" },
  getAccountsSummary: { method: "POST", path: "/v3/{customerId}/BankingServices/GetAccountsSummary" },
  getAccountsSummaryAsync: { method: "GET", path: "/v3/{customerId}/BankingServices/GetAccountsSummaryAsync/{requestId}" },
  getAccountsDetail: { method: "POST", path: "/v3/{customerId}/BankingServices/GetAccountsDetail" },
  getAccountsDetailAsync: { method: "GET", path: "/v3/{customerId}/BankingServices/GetAccountsDetailAsync/{requestId}" },
  getStatements: { method: "POST", path: "/v3/{customerId}/BankingServices/GetStatements" },
} as const;

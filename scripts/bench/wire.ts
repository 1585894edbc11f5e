/** What travels between the clients and the server of the bench: the same for everybody. */

export const customerId = "43387ca6-0391-4c82-857d-70d95f087ecb";
export const loginId = "5e115eac-1209-4f19-641c-08d6d484e2fe";
export const requestId = "8e6ec72f-0f68-4b8b-8f0e-2f5f6f1a6b53";
export const prompt = "What city were you born in?";
export const reply = "Montreal";
export const code = "INVALID_PASSWORD";

/** Tokens, which the server tells apart. */
export const keys = {
  opens: "c4569c54-e167-4d34-8de6-52113b7e4c3a",
  asks: "0f0d0a4e-5b1c-4a7e-9f3a-d1f5b8a6c7e2",
  refused: "b3a1f0c9-27d5-4e68-8a94-6c0e5d7f1b3a",
} as const;

/** What a client with `secretKey` sends for a token. */
export const secretKey = "7c2f9d14-6e83-4b05-a1d7-f3906b8e25ca";

const institution = { Institution: "FlinksCapital", RequestId: requestId };

export const answers = {
  session: json(200, {
    Links: [
      { rel: "GetAccountsDetail", href: "/GetAccountsDetail", example: "/BankingServices/GetAccountsDetail" },
    ],
    HttpStatusCode: 200,
    Login: {
      Username: "Greatday",
      IsScheduledRefresh: false,
      LastRefresh: "2026-11-20T14:02:11.4821237",
      Type: "Personal",
      Id: loginId,
    },
    ...institution,
  }),
  challenge: json(203, {
    Links: [{ rel: "Authorize", href: "/Authorize", example: "/BankingServices/Authorize" }],
    HttpStatusCode: 203,
    SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: prompt }],
    ...institution,
  }),
  refusal: json(401, {
    Links: [],
    HttpStatusCode: 401,
    Message: "The password is invalid",
    FlinksCode: code,
    ...institution,
  }),
  token: json(200, { HttpStatusCode: 200, Token: keys.opens }),
} as const;

function json(status: number, body: object): { readonly status: number; readonly body: string } {
  return { status, body: JSON.stringify(body) };
}

/** What the clients send to the bench's server, and what it answers. */
import { readFileSync } from "node:fs";

export const customerId = "43387ca6-0391-4c82-857d-70d95f087ecb";
export const loginId = "396fc774-7f7a-4c31-7c44-08da172863b5";

/** The token says which response the server sends. */
export const tokens = {
  session: "c4569c54-e167-4d34-8de6-52113b7e4c3a",
  mfa: "0f0d0a4e-5b1c-4a7e-9f3a-d1f5b8a6c7e2",
  data: "c4569c54-e167-4d34-8de6-52113b7e4c3a",
  error: "b3a1f0c9-27d5-4e68-8a94-6c0e5d7f1b3a",
};

const fixture = (name: string) =>
  readFileSync(new URL(`../../test/fixtures/wire/${name}.json`, import.meta.url), "utf8");

function accountsDetail(transactions: number): string {
  const detail = JSON.parse(fixture("accounts-detail-200"));
  const [account] = detail.Accounts;
  const repeated = Array.from({ length: transactions }, (_, at) => ({ ...account.Transactions[0], Id: `${at}` }));
  return JSON.stringify({ ...detail, Accounts: [{ ...account, Transactions: repeated }] });
}

export const responses = {
  data: { status: 200, body: accountsDetail(500) },
  session: { status: 200, body: fixture("authorize-200-cached") },
  challenge: { status: 203, body: fixture("authorize-203") },
  error: {
    status: 401,
    body: '{"HttpStatusCode":401,"Message":"The password is invalid","FlinksCode":"INVALID_PASSWORD"}',
  },
} as const;

/** The question of `responses.challenge`. */
export const answers = { "What is the best country on earth?": ["Canada"] };

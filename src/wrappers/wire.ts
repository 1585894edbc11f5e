/**
 * Short names for generated types, each with the fields that the client reads. A document that renames or retypes one
 * of those fields, or renumbers a status, does not compile. `@interface` shows their fields in the reference.
 *
 * @module
 */
import type { operations } from "../generated/schema.ts";
import type { Reads, RequestOf, ResponseOf, Takes } from "./checked-types.ts";

type Authorize = operations["authorize"];
type GenerateAuthorizeToken = operations["generateAuthorizeToken"];

/** The fields of a failure. */
interface Failure {
  HttpStatusCode: number;
  FlinksCode: string;
  Message: string;
}

/** The body of `/Authorize`. @interface */
export type AuthorizeRequest = Takes<
  RequestOf<Authorize>,
  {
    LoginId: string;
    MostRecentCached: boolean;
    Institution: string;
    Username: string;
    Password: string;
    Language: string;
    Save: boolean;
    Tag: string;
    RequestId: string;
    SecurityResponses: Record<string, string[]>;
  }
>;
/** A session: the body of a 200. `Login` is absent after an MFA answer. @interface */
export type AuthorizeResponse200 = Reads<ResponseOf<Authorize, 200>, { HttpStatusCode: number; RequestId: string }>;
/** An operation that goes on in the background: the body of a 202. @interface */
export type AuthorizeResponse202 = Reads<ResponseOf<Authorize, 202>, Failure & { RequestId: string }>;
/** An MFA challenge: the body of a 203. @interface */
export type AuthorizeResponse203 = Reads<
  ResponseOf<Authorize, 203>,
  {
    HttpStatusCode: number;
    RequestId: string;
    SecurityChallenges: readonly unknown[];
    InstitutionName: string;
    Institution: string;
  }
>;
/** The body of a 401: a failure, with questions if an MFA answer may be given again. @interface */
export type AuthorizeResponse401 = Reads<
  ResponseOf<Authorize, 401>,
  Failure & { RequestId: string; SecurityChallenges: readonly unknown[] }
>;
/** Every body of `/Authorize` that is not a mere failure. */
export type AuthorizeResponse =
  | AuthorizeResponse200
  | AuthorizeResponse202
  | AuthorizeResponse203
  | AuthorizeResponse401;
/** The body of other failures. @interface */
export type ErrorBody = Reads<ResponseOf<Authorize, 400 | 405 | 429 | "5XX">, Failure>;
type DataCall = operations[
  | "getAccountsSummary"
  | "getAccountsSummaryAsync"
  | "getAccountsDetail"
  | "getAccountsDetailAsync"
  | "getStatements"];
/** A data call whose operation goes on in the background: the body of a 202. */
export type PendingData = Reads<ResponseOf<DataCall, 202>, Failure & { RequestId: string }>;
/** The body of a data call that failed, for the statuses that every one of them documents. */
export type DataError = Reads<
  ResponseOf<DataCall, Extract<keyof DataCall["responses"], 400 | 401 | 429 | "5XX">>,
  Failure
>;
/** The body that holds an authorize token. @interface */
export type GenerateAuthorizeTokenResponse200 = Reads<
  ResponseOf<GenerateAuthorizeToken, 200>,
  { HttpStatusCode: number; Token: string }
>;

/** What `getAccountsSummary` asks. Fields whose default the vendor leaves open are sent only if they are set. @interface */
export type AccountsSummaryRequest = Takes<
  RequestOf<operations["getAccountsSummary"]>,
  { RequestId: string; WithBalance: boolean; WithAccountIdentity: boolean }
>;
/** What `getAccountsDetail` asks. @interface */
export type AccountsDetailRequest = Takes<
  RequestOf<operations["getAccountsDetail"]>,
  {
    RequestId: string;
    WithAccountIdentity: boolean;
    WithKYC: boolean;
    WithTransactions: boolean;
    WithBalance: boolean;
    DaysOfTransactions: "Days90" | "Days365";
    AccountsFilter: string[];
    WithDetailsAndBankingStatements: boolean;
  }
>;
/** What `getStatements` asks. @interface */
export type StatementsRequest = Takes<
  RequestOf<operations["getStatements"]>,
  { RequestId: string; NumberOfStatements: "MostRecent" | "Months3" | "Months12"; AccountsFilter: string[] }
>;

/** The accounts of a login, without transactions. @interface */
export type AccountsSummary = Reads<
  ResponseOf<operations["getAccountsSummary"] | operations["getAccountsSummaryAsync"], 200>,
  { HttpStatusCode: number; RequestId: string; Accounts: readonly unknown[] }
>;
/** The accounts of a login, with their transactions. @interface */
export type AccountsDetail = Reads<
  ResponseOf<operations["getAccountsDetail"] | operations["getAccountsDetailAsync"], 200>,
  { HttpStatusCode: number; RequestId: string; Accounts: readonly unknown[] }
>;
/** The statements of each account, as base64 files. @interface */
export type Statements = Reads<
  ResponseOf<operations["getStatements"], 200>,
  { HttpStatusCode: number; RequestId: string; StatementsByAccount: readonly unknown[] }
>;
/** One account, with its transactions in the detail. @interface */
export type Account = NonNullable<AccountsDetail["Accounts"]>[number];
/** One transaction of an account. @interface */
export type Transaction = NonNullable<Account["Transactions"]>[number];

type ChallengeItem = NonNullable<AuthorizeResponse203["SecurityChallenges"]>[number];
/** One MFA question as the API sends it. @interface */
export type SecurityQuestion = Reads<
  Extract<ChallengeItem, { Prompt: unknown }>,
  { Type: string; Prompt: string; Iterables: readonly unknown[] }
>;

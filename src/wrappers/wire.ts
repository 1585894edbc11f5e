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

/**
 * The body of `/Authorize`. @interface
 *
 * @example
 * const { LoginId, MostRecentCached } = sandbox.requests.at(-1)?.body as AuthorizeRequest; // in a test
 */
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
/**
 * A session: the body of a 200. `Login` is absent after an MFA answer. @interface
 *
 * @example
 * const lastRefreshOf = ({ Login }: AuthorizeResponse200) => Login?.LastRefresh && new Date(`${Login.LastRefresh}Z`);
 * lastRefreshOf(outcome.session); // the API sends UTC without a zone
 */
export type AuthorizeResponse200 = Reads<ResponseOf<Authorize, 200>, { HttpStatusCode: number; RequestId: string }>;
/**
 * An operation that goes on in the background: the body of a 202. @interface
 *
 * @example
 * const body: AuthorizeResponse202 = { RequestId: requestId, FlinksCode: "OPERATION_DISPATCHED" };
 * const sandbox = createSandbox({ faults: [{ operation: "authorize", fault: { status: 202, body } }] });
 */
export type AuthorizeResponse202 = Reads<ResponseOf<Authorize, 202>, Failure & { RequestId: string }>;
/**
 * An MFA challenge: the body of a 203. @interface
 *
 * @example
 * const SecurityChallenges = [{ Type: "QuestionAndAnswer", Prompt: "First pet?", Iterables: [] }];
 * const body: AuthorizeResponse203 = { RequestId: requestId, SecurityChallenges };
 * const sandbox = createSandbox({ faults: [{ operation: "authorize", fault: { status: 203, body } }] });
 */
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
/**
 * The body of a 401: a failure, with questions if an MFA answer may be given again. @interface
 *
 * @example
 * const body: AuthorizeResponse401 = { FlinksCode: "INVALID_LOGIN", Message: "Invalid login" };
 * const sandbox = createSandbox({ faults: [{ operation: "authorize", fault: { status: 401, body } }] });
 */
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
/**
 * The body of other failures. @interface
 *
 * @example
 * const body: ErrorBody = { FlinksCode: "TOO_MANY_REQUESTS", Message: "Slow down" };
 * const sandbox = createSandbox({ faults: [{ fault: { status: 429, body } }] });
 */
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
/**
 * The body that holds an authorize token. @interface
 *
 * @example
 * const body: GenerateAuthorizeTokenResponse200 = { Token: "d65f1adb-8ebc-48dc-be8b-20c773ba1565" };
 * const stub = async () => Response.json(body); // for a service of yours that mints tokens
 */
export type GenerateAuthorizeTokenResponse200 = Reads<
  ResponseOf<GenerateAuthorizeToken, 200>,
  { HttpStatusCode: number; Token: string }
>;

/**
 * What `getAccountsSummary` asks. Fields whose default the vendor leaves open are sent only if they are set. @interface
 *
 * @example
 * const request: AccountsSummaryRequest = { RequestId: requestId, WithBalance: true };
 * const { Accounts } = await flinks.waitForAccountsSummary(request);
 */
export type AccountsSummaryRequest = Takes<
  RequestOf<operations["getAccountsSummary"]>,
  { RequestId: string; WithBalance: boolean; WithAccountIdentity: boolean }
>;
/**
 * What `getAccountsDetail` asks. @interface
 *
 * @example
 * const request: AccountsDetailRequest = { RequestId: requestId, DaysOfTransactions: "Days365" };
 * const { Accounts } = await flinks.waitForAccountsDetail(request);
 */
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
/**
 * What `getStatements` asks. @interface
 *
 * @example
 * const request: StatementsRequest = { RequestId: requestId, NumberOfStatements: "Months3" };
 * const outcome = await flinks.getStatements(request);
 */
export type StatementsRequest = Takes<
  RequestOf<operations["getStatements"]>,
  { RequestId: string; NumberOfStatements: "MostRecent" | "Months3" | "Months12"; AccountsFilter: string[] }
>;

/**
 * The accounts of a login, without transactions. @interface
 *
 * @example
 * const balancesOf = ({ Accounts }: AccountsSummary) => Accounts.map(({ Balance }) => Balance?.Current);
 * balancesOf(await flinks.waitForAccountsSummary({ RequestId: requestId, WithBalance: true }));
 */
export type AccountsSummary = Reads<
  ResponseOf<operations["getAccountsSummary"] | operations["getAccountsSummaryAsync"], 200>,
  { HttpStatusCode: number; RequestId: string; Accounts: readonly unknown[] }
>;
/**
 * The accounts of a login, with their transactions. @interface
 *
 * @example
 * const transactionsOf = ({ Accounts }: AccountsDetail) => Accounts.flatMap(({ Transactions = [] }) => Transactions);
 * transactionsOf(await flinks.waitForAccountsDetail({ RequestId: requestId }));
 */
export type AccountsDetail = Reads<
  ResponseOf<operations["getAccountsDetail"] | operations["getAccountsDetailAsync"], 200>,
  { HttpStatusCode: number; RequestId: string; Accounts: readonly unknown[] }
>;
/**
 * The statements of each account, as base64 files. @interface
 *
 * @example
 * const filesOf = ({ StatementsByAccount }: Statements) =>
 *   StatementsByAccount.flatMap(({ Statements = [] }) =>
 *     Statements.map(({ Base64Bytes }) => Buffer.from(Base64Bytes ?? "", "base64")),
 *   );
 * const outcome = await flinks.getStatements({ RequestId: requestId });
 * if (outcome.status === "ready") await save(filesOf(outcome.data));
 */
export type Statements = Reads<
  ResponseOf<operations["getStatements"], 200>,
  { HttpStatusCode: number; RequestId: string; StatementsByAccount: readonly unknown[] }
>;
/**
 * One account, with its transactions in the detail. @interface
 *
 * @example
 * const isChequing = ({ Type, Currency }: Account) => Type === "Chequing" && Currency === "CAD";
 * const { Accounts } = await flinks.waitForAccountsDetail({ RequestId: requestId });
 * await save(Accounts.filter(isChequing));
 */
export type Account = NonNullable<AccountsDetail["Accounts"]>[number];
/**
 * One transaction of an account. @interface
 *
 * @example
 * const amountOf = ({ Credit, Debit }: Transaction) => (Credit ?? 0) - (Debit ?? 0); // one of the two is null
 * amountOf({ Debit: 12.5, Credit: null }); // → -12.5
 */
export type Transaction = NonNullable<Account["Transactions"]>[number];

type ChallengeItem = NonNullable<AuthorizeResponse203["SecurityChallenges"]>[number];
/**
 * One MFA question as the API sends it. @interface
 *
 * @example
 * const question: SecurityQuestion = { Type: "MultipleChoice", Prompt: "Which card?", Iterables: ["Debit", "Credit"] };
 * const body = { RequestId: requestId, SecurityChallenges: [question] }; // a 203, for a test
 */
export type SecurityQuestion = Reads<
  Extract<ChallengeItem, { Prompt: unknown }>,
  { Type: string; Prompt: string; Iterables: readonly unknown[] }
>;

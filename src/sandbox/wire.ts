/**
 * Short names for the generated types of the data calls.
 *
 * @module
 */
import type { operations } from "../generated/schema.ts";

type Json<Part> = Part extends { content: { "application/json": infer Body } } ? Body : never;
type Request<Name extends keyof operations> = Json<NonNullable<operations[Name]["requestBody"]>>;

export type AccountsSummaryRequest = Request<"getAccountsSummary">;
export type AccountsDetailRequest = Request<"getAccountsDetail">;
export type StatementsRequest = Request<"getStatements">;
export type AccountsSummary = Json<operations["getAccountsSummary"]["responses"][200]>;
export type AccountsDetail = Json<operations["getAccountsDetail"]["responses"][200]>;
export type Statements = Json<operations["getStatements"]["responses"][200]>;
export type Account = NonNullable<AccountsDetail["Accounts"]>[number];
export type Holder = NonNullable<Account["Holder"]>;
export type Transaction = NonNullable<Account["Transactions"]>[number];
export type AccountStatements = NonNullable<Statements["StatementsByAccount"]>[number];

/** A body as it travels: it may have fields that the document does not have. Those that it has must fit. */
export type Sent<Body> = Body & Record<string, unknown>;

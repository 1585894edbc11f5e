/**
 * The bodies that hold a user's data, with the options of their requests.
 *
 * @module
 */
import { accountsOf, type BankAccount } from "./bank/accounts.ts";
import { statementsOf } from "./bank/statements.ts";
import { balanceOf, transactionsOf } from "./bank/transactions.ts";
import { institution } from "./institution.ts";
import { dataLinks, type LoginFacts, loginField, ok, type Reply } from "./replies.ts";
import type {
  Account,
  AccountsDetail,
  AccountsDetailRequest,
  AccountsSummary,
  AccountsSummaryRequest,
  Statements,
  StatementsRequest,
} from "./wire.ts";

/** Whose data it is, and when it is read. */
export interface Reading extends LoginFacts {
  readonly requestId: string;
  readonly tag: string | undefined;
  readonly now: number;
}

type Options<Request> = Omit<Request, "RequestId">;

/** Sources disagree on what a switch that is left out means: here, as in the vendor's C# SDK, it is on. */
const on = true;

export function accountsSummary(reading: Reading, options: Options<AccountsSummaryRequest>): Reply {
  const { WithBalance = on, WithAccountIdentity = on } = options;
  return ok<AccountsSummary>(200, {
    Accounts: accountsOf(reading.user).map((account) => ({
      EftEligibleRatio: 0,
      ETransferEligibleRatio: 0,
      ...commonFields(account, reading, WithBalance),
      AccountNumber: WithAccountIdentity ? account.accountNumber : null,
      Holder: account.holder,
    })),
    Links: dataLinks("AccountsDetail", "Statements"),
    ...(reading.tag === undefined ? {} : { Tag: reading.tag }),
    ...loginField(reading),
    ...institution,
    RequestId: reading.requestId,
  });
}

export function accountsDetail(reading: Reading, options: Options<AccountsDetailRequest>): Reply {
  const { WithAccountIdentity = on, WithKYC = on, WithTransactions = on, WithBalance = on } = options;
  const { DaysOfTransactions = "Days90", AccountsFilter } = options;
  const days = DaysOfTransactions === "Days365" ? 365 : 90;
  return ok<AccountsDetail>(200, {
    Accounts: wanted(reading, AccountsFilter).map((account) => ({
      Transactions: WithTransactions ? transactionsOf(account, days, reading.now) : [],
      TransitNumber: WithAccountIdentity ? account.transitNumber : null,
      InstitutionNumber: WithAccountIdentity ? "777" : null,
      OverdraftLimit: dollars(account.overdraft),
      ...commonFields(account, reading, WithBalance),
      AccountNumber: WithAccountIdentity ? account.accountNumber : null,
      Holder: WithKYC ? account.holder : null,
    })),
    ...loginField(reading),
    ...institution,
    RequestId: reading.requestId,
  });
}

const statementCounts = { MostRecent: 1, Months3: 3, Months12: 12 };

export function statements(reading: Reading, options: Options<StatementsRequest>): Reply {
  const { NumberOfStatements = "MostRecent", AccountsFilter } = options;
  const count = statementCounts[NumberOfStatements];
  return ok<Statements>(200, {
    StatementsByAccount: wanted(reading, AccountsFilter).map((account) => statementsOf(account, count, reading.now)),
    ...loginField(reading),
    Institution: institution.Institution,
    RequestId: reading.requestId,
  });
}

/** An id that is none of the user's selects nothing: what the API says to one is not known. */
export function wanted({ user }: Pick<Reading, "user">, filter: readonly string[] | undefined): BankAccount[] {
  return accountsOf(user).filter(({ id }) => filter === undefined || filter.includes(id));
}

function commonFields(account: BankAccount, { now }: Reading, withBalance: boolean): Account {
  const { id, title, lastFourDigits, category, type, currency, limit } = account;
  const current = balanceOf(account, now);
  return {
    Title: title,
    LastFourDigits: lastFourDigits,
    Balance: withBalance
      ? { Available: dollars(current + (limit ?? 0)), Current: dollars(current), Limit: dollars(limit) }
      : { Available: null, Current: null, Limit: null },
    Category: category,
    Type: type,
    Currency: currency,
    AccountType: "Personal",
    Id: id,
  };
}

function dollars(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}

/**
 * Bank statements: one PDF for each month that is over.
 *
 * @module
 */
import { toBase64 } from "../base64.ts";
import type { AccountStatements } from "../wire.ts";
import type { BankAccount } from "./accounts.ts";
import { hexOf } from "./hash.ts";
import { pdfOf } from "./pdf.ts";
import { monthsBefore, rowsIn } from "./transactions.ts";

/** The account's last `count` statements, the newest first. */
export function statementsOf(account: BankAccount, count: number, now: number): AccountStatements {
  return {
    AccountNumber: account.accountNumber,
    Statements: monthsBefore(now, count).map((month) => ({
      UniqueId: hexOf(`${account.id}/${month}/statement`).toUpperCase(),
      FileType: "PDF",
      Base64Bytes: toBase64(Array.from(pdfOf(linesOf(account, month)), (character) => character.charCodeAt(0))),
    })),
  };
}

function linesOf(account: BankAccount, month: string): string[] {
  const { title, currency, holder, transitNumber, accountNumber, closing } = account;
  return [
    "FlinksCapital - invented data of a test institution",
    `Statement of ${month}`,
    "",
    `${holder.Name}`,
    `${title} (${currency}), transit ${transitNumber}, account ${accountNumber}`,
    "",
    columns("Date", "Description", "Amount", "Balance"),
    ...rowsIn(account, month).map((row) => {
      return columns(row.date, row.description, dollars(row.amount), dollars(row.balance));
    }),
    columns("", "Closing balance", "", dollars(closing)),
  ];
}

function columns(date: string, description: string, amount: string, balance: string): string {
  return `${date.padEnd(12)}${description.padEnd(34)}${amount.padStart(12)}${balance.padStart(14)}`;
}

function dollars(cents: number): string {
  return (cents / 100).toFixed(2);
}

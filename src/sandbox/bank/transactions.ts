/**
 * What happened on an account. A day has its rows for good; the clock decides how many days there have been.
 *
 * @module
 */
import type { Transaction } from "../wire.ts";
import type { BankAccount } from "./accounts.ts";
import { between, uuidOf } from "./hash.ts";

const dayMs = 24 * 60 * 60_000;

/** A row of an account's history. Amounts are in cents. */
export interface Row {
  /** 2026-01-21 */
  readonly date: string;
  readonly description: string;
  /** Negative for money out. */
  readonly amount: number;
  /** After it. */
  readonly balance: number;
}

/** The transactions of the last `days` days up to now, the newest first. */
export function transactionsOf(account: BankAccount, days: number, now: number): Transaction[] {
  const first = now - days * dayMs;
  return monthsBetween(first, now)
    .flatMap((month) => rowsIn(account, month))
    .filter(({ date }) => date >= dayOf(first) && date <= dayOf(now))
    .map((row) => toTransaction(account, row))
    .reverse();
}

/** The balance now, in cents. */
export function balanceOf(account: BankAccount, now: number): number {
  const rows = rowsIn(account, dayOf(now).slice(0, 7));
  return rows.findLast(({ date }) => date <= dayOf(now))?.balance ?? account.closing;
}

/** The rows of a month such as 2026-01, the oldest first. */
export function rowsIn(account: BankAccount, month: string): Row[] {
  const monthly = account.rows.map(({ day, description, min, max }, index) => {
    return { day, description, amount: between(min, max, `${account.id}/${month}/${index}`) };
  });
  const sum = monthly.reduce((total, { amount }) => total + amount, 0);
  // `sort` keeps the order of one day's rows.
  const all = [...monthly, ...account.settles.map((row) => ({ ...row, amount: -sum }))].sort(
    (one, other) => one.day - other.day,
  );
  let balance = account.closing;
  return all.map(({ day, description, amount }) => {
    balance += amount;
    return { date: `${month}-${String(day).padStart(2, "0")}`, description, amount, balance };
  });
}

function toTransaction(account: BankAccount, { date, description, amount, balance }: Row): Transaction {
  return {
    Id: uuidOf(`${account.id}/${date}/${description}`),
    Date: date,
    Code: null,
    Description: description,
    Debit: amount < 0 ? -amount / 100 : null,
    Credit: amount < 0 ? null : amount / 100,
    Balance: balance / 100,
  };
}

/** The last `count` months that are over, the newest first. */
export function monthsBefore(now: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => monthOf(now, -1 - index));
}

/** The months that have a day in between, the oldest first. */
function monthsBetween(first: number, last: number): string[] {
  const months = [monthOf(first, 0)];
  for (let next = 1; monthOf(first, next) <= dayOf(last); next++) months.push(monthOf(first, next));
  return months;
}

/** The month that lies so many months after this moment. */
function monthOf(time: number, later: number): string {
  const date = new Date(time);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)).slice(0, 7);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

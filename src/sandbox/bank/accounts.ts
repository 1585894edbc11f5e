/**
 * The accounts that the test institution's users have. All of it is invented, and the same in every sandbox.
 *
 * @module
 */
import type { SandboxUser } from "../types.ts";
import type { Holder } from "../wire.ts";
import { between, uuidOf } from "./hash.ts";

/** A row that comes every month, on `day`, which every month has. Its amount is in cents, negative for money out. */
export interface MonthlyRow {
  readonly day: number;
  readonly description: string;
  readonly min: number;
  readonly max: number;
}

/** What an account is, apart from whose. */
interface AccountKind {
  readonly title: string;
  readonly type: string;
  readonly category: string;
  readonly currency: string;
  /** What may be overdrawn, in cents. */
  readonly overdraft: number | null;
  /** The credit limit, in cents. */
  readonly limit: number | null;
  /** The balance at the end of every month, in cents. */
  readonly closing: number;
  readonly rows: readonly MonthlyRow[];
  /** A last row, which brings the balance back to `closing`: so the past never has to be added up. */
  readonly settles: readonly { readonly day: number; readonly description: string }[];
}

/** An account and its holder. */
export interface BankAccount extends AccountKind {
  readonly id: string;
  readonly accountNumber: string;
  readonly transitNumber: string;
  readonly lastFourDigits: string | null;
  readonly holder: Holder;
}

// biome-ignore format: a table
const kinds = {
  chequing: {
    title: "Chequing Account", type: "Chequing", category: "Operations", currency: "CAD",
    overdraft: 50_000, limit: null, closing: 184_312,
    rows: [
      { day: 1, description: "PREAUTHORIZED DEBIT - RENT", min: -145_000, max: -145_000 },
      { day: 3, description: "POINT OF SALE - MARCHE DU COIN", min: -14_000, max: -6_000 },
      { day: 8, description: "BILL PAYMENT - HYDRO", min: -9_800, max: -4_200 },
      { day: 11, description: "POINT OF SALE - GROCER", min: -12_500, max: -5_500 },
      { day: 15, description: "PAYROLL - NORTHERN PINE LTD", min: 212_450, max: 212_450 },
      { day: 17, description: "ATM WITHDRAWAL", min: -10_000, max: -10_000 },
      { day: 19, description: "INTERAC E-TRANSFER RECEIVED", min: 2_000, max: 9_000 },
      { day: 24, description: "POINT OF SALE - PHARMACY", min: -4_500, max: -900 },
      { day: 28, description: "PAYROLL - NORTHERN PINE LTD", min: 212_450, max: 212_450 },
    ],
    settles: [{ day: 28, description: "TRANSFER TO SAVINGS" }],
  },
  savings: {
    title: "Savings Account", type: "Savings", category: "Operations", currency: "CAD",
    overdraft: 0, limit: null, closing: 1_250_005,
    rows: [
      { day: 2, description: "TRANSFER FROM CHEQUING", min: 25_000, max: 40_000 },
      { day: 28, description: "INTEREST", min: 1_100, max: 1_600 },
    ],
    settles: [{ day: 28, description: "TRANSFER TO INVESTMENTS" }],
  },
  card: {
    title: "Credit Card", type: "CreditCard", category: "Credits", currency: "CAD",
    overdraft: null, limit: 500_000, closing: -42_617,
    rows: [
      { day: 4, description: "TRANSIT PASS", min: -10_000, max: -10_000 },
      { day: 9, description: "CAFE DES ERABLES", min: -2_600, max: -700 },
      { day: 14, description: "BOOKSHOP", min: -7_400, max: -1_800 },
      { day: 21, description: "RESTAURANT", min: -11_000, max: -3_500 },
      { day: 23, description: "STREAMING SERVICE", min: -1_699, max: -1_699 },
    ],
    settles: [{ day: 26, description: "PAYMENT - THANK YOU" }],
  },
  usd: {
    title: "US Dollar Account", type: "Chequing", category: "Operations", currency: "USD",
    overdraft: 0, limit: null, closing: 320_050,
    rows: [
      { day: 7, description: "DEPOSIT - INVOICE", min: 60_000, max: 95_000 },
      { day: 16, description: "WIRE TRANSFER FEE", min: -1_500, max: -1_500 },
    ],
    settles: [{ day: 22, description: "TRANSFER TO CHEQUING" }],
  },
  /** Newly linked: an account without a transaction. */
  empty: {
    title: "Savings Account - New", type: "Savings", category: "Operations", currency: "CAD",
    overdraft: 0, limit: null, closing: 0,
    rows: [],
    settles: [],
  },
} satisfies Record<string, AccountKind>;

interface Customer {
  readonly holder: Holder;
  readonly has: readonly (keyof typeof kinds)[];
}

const customers: Readonly<Record<SandboxUser, Customer>> = {
  greatday: {
    holder: holderOf("Élise Tremblay", "418 rue des Érables", "Montréal", "QC", "H0H 1A1", "+1 514-555-0142"),
    has: ["chequing", "savings", "card"],
  },
  greatday_nomfa: {
    holder: holderOf("Noah Campbell", "20 Harbour Lane", "Toronto", "ON", "M0M 2B2", "+1 416-555-0117"),
    has: ["chequing", "usd", "empty"],
  },
  test_disabled_account: { holder: holderOf("Priya Nair", null, null, null, null, null), has: ["chequing"] },
  test_service_unavailable: {
    holder: { Name: "Samuel Okafor", Address: null, Email: null, PhoneNumber: null },
    has: ["chequing"],
  },
  test_dispatched: {
    holder: holderOf("Mila Roy", "7 côte de la Fabrique", "Québec", "QC", "G0G 3C3", "+1 418-555-0163"),
    has: ["chequing", "card"],
  },
  test_pending: {
    holder: holderOf("Amrit Singh", "1550 Mainland Road", "Vancouver", "BC", "V0V 4E4", "+1 604-555-0188"),
    has: ["chequing", "savings"],
  },
};

function holderOf(
  Name: string,
  CivicAddress: string | null,
  City: string | null,
  Province: string | null,
  PostalCode: string | null,
  PhoneNumber: string | null,
): Holder {
  const Address = { CivicAddress, City, Province, PostalCode, POBox: null, Country: "CA" };
  // A domain that nobody has (RFC 2606).
  const Email = `${Name.normalize("NFD")
    .replace(/[^a-z]+/gi, ".")
    .toLowerCase()}@example.com`;
  return { Name, Address, Email, PhoneNumber };
}

/** The accounts of a user, always the same ones in the same order. */
export function accountsOf(user: SandboxUser): BankAccount[] {
  const { holder, has } = customers[user];
  // The transit number begins with a zero, the account number with two: they are not numbers.
  const transitNumber = `0${between(1_000, 9_999, `${user}/transit`)}`;
  return has.map((name) => {
    const kind: AccountKind = kinds[name];
    const accountNumber = `00${between(10_000, 99_999, `${user}/${name}/number`)}`;
    return {
      ...kind,
      id: uuidOf(`${user}/${name}`),
      accountNumber,
      transitNumber,
      lastFourDigits: kind.type === "CreditCard" ? accountNumber.slice(-4) : null,
      holder,
    };
  });
}

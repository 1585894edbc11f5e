import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { SandboxUser } from "../../src/sandbox/index.ts";
import { startSandbox } from "../helpers/sandbox.ts";

const second = 1_000;
const day = 24 * 60 * 60 * second;

interface Row {
  readonly Date: string;
  readonly Debit: number | null;
  readonly Credit: number | null;
  readonly Balance: number;
  readonly Id: string;
}

/** The detail of a user's accounts, once it is ready. */
async function detailOf(user: SandboxUser, options: object = {}, started = startSandbox()) {
  const RequestId = await started.open(user);
  await started.call("getAccountsDetail", { RequestId, ...options });
  started.pass(5 * second);
  const { body } = await started.call("getAccountsDetail", { RequestId, ...options });
  return body.Accounts;
}

async function fixture(name: string) {
  return JSON.parse(await readFile(`test/fixtures/wire/${name}.json`, "utf8"));
}

describe("getAccountsDetail", () => {
  it("returns the fields of the vendor's example, and no others", async () => {
    const { call, open, sandbox } = startSandbox();
    const RequestId = await open("greatday_nomfa");
    const { status, body } = await call("getAccountsDetail", { RequestId });
    const example = await fixture("accounts-detail-200");
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(Object.keys(example).sort());
    expect(body).toMatchObject({ HttpStatusCode: 200, RequestId, InstitutionId: 14, Institution: "FlinksCapital" });
    expect(body.Login).toEqual({
      Username: "greatday_nomfa",
      IsScheduledRefresh: false,
      LastRefresh: "2026-01-21T20:47:47.1450000",
      Type: "Personal",
      Id: sandbox.loginIds.greatday_nomfa,
    });
    const [account] = body.Accounts;
    expect(Object.keys(account).sort()).toEqual(Object.keys(example.Accounts[0]).sort());
    expect(Object.keys(account.Holder)).toEqual(Object.keys(example.Accounts[0].Holder));
    expect(Object.keys(account.Holder.Address)).toEqual(Object.keys(example.Accounts[0].Holder.Address));
    expect(Object.keys(account.Transactions[0]).sort()).toEqual(
      Object.keys(example.Accounts[0].Transactions[0]).sort(),
    );
  });

  it("returns the same accounts in every sandbox, and other ones for every user", async () => {
    const ids = async (user: SandboxUser) => (await detailOf(user)).map(({ Id }: { Id: string }) => Id);
    const users: SandboxUser[] = ["greatday", "greatday_nomfa", "test_pending", "test_dispatched"];
    const all = (await Promise.all(users.map(ids))).flat();
    expect(new Set(all).size).toBe(all.length);
    for (const id of all) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(await ids("greatday")).toEqual(await ids("greatday"));
  });

  it("keeps leading zeros, letters with accents, currencies, and an account without transactions", async () => {
    const accounts = [...(await detailOf("greatday")), ...(await detailOf("greatday_nomfa"))];
    for (const { AccountNumber, TransitNumber, InstitutionNumber } of accounts) {
      expect({ AccountNumber, TransitNumber, InstitutionNumber }).toEqual({
        AccountNumber: expect.stringMatching(/^00\d{5}$/),
        TransitNumber: expect.stringMatching(/^0\d{4}$/),
        InstitutionNumber: "777",
      });
    }
    expect(accounts[0].Holder.Name).toBe("Élise Tremblay");
    expect(accounts[0].Holder.Email).toMatch(/^[a-z.]+@example\.com$/);
    expect(new Set(accounts.map(({ Currency }) => Currency))).toEqual(new Set(["CAD", "USD"]));
    expect(accounts.filter(({ Transactions }) => Transactions.length === 0)).toMatchObject([
      { Balance: { Current: 0 } },
    ]);
  });

  it("has what is left of a credit limit as Available", async () => {
    const [chequing, , card] = await detailOf("greatday");
    expect(chequing.Balance).toEqual({ Available: chequing.Balance.Current, Current: expect.any(Number), Limit: null });
    expect(card.Balance).toMatchObject({ Limit: 5_000 });
    expect(card.Balance.Current).toBeLessThan(0);
    expect(card.Balance.Available).toBeCloseTo(5_000 + card.Balance.Current, 6);
    expect([chequing.LastFourDigits, card.LastFourDigits]).toEqual([null, card.AccountNumber.slice(-4)]);
    expect([chequing.OverdraftLimit, card.OverdraftLimit]).toEqual([500, null]);
  });

  it.each([
    ["the 21st, after most of the month's rows", 0],
    ["the 1st of a month", 11 * day],
    ["the last day of a month", 10 * day],
    ["a year later", 366 * day],
  ])("adds up on %s", async (_, later) => {
    const started = startSandbox();
    started.pass(later);
    for (const { Transactions, Balance } of await detailOf("greatday", { DaysOfTransactions: "Days365" }, started)) {
      expect(Transactions[0].Balance).toBe(Balance.Current);
      for (const [index, row] of (Transactions as Row[]).entries()) {
        expect([row.Debit, row.Credit]).toContain(null);
        const before = (Transactions as Row[])[index + 1];
        if (before === undefined) continue;
        expect(before.Date <= row.Date).toBe(true);
        expect(row.Balance).toBeCloseTo(before.Balance + (row.Credit ?? 0) - (row.Debit ?? 0), 6);
      }
      expect(new Set(Transactions.map(({ Id }: Row) => Id)).size).toBe(Transactions.length);
    }
  });

  it.each([
    [{}, "2025-10-23"],
    [{ DaysOfTransactions: "Days90" }, "2025-10-23"],
    [{ DaysOfTransactions: "Days365" }, "2025-01-21"],
  ])("returns the transactions of %j", async (options, first) => {
    for (const { Transactions } of await detailOf("greatday", options)) {
      const dates = Transactions.map((row: Row) => row.Date);
      for (const date of dates) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(dates.at(-1) >= first && dates[0] <= "2026-01-21").toBe(true);
      // Every account has a row in any two weeks.
      expect(Date.parse(dates.at(-1)) - Date.parse(first)).toBeLessThan(15 * day);
    }
  });

  it("keeps what has happened when the clock moves, and adds to it", async () => {
    const later = startSandbox();
    later.pass(40 * day);
    const [before] = await detailOf("greatday", { DaysOfTransactions: "Days365" });
    const [after] = await detailOf("greatday", { DaysOfTransactions: "Days365" }, later);
    const common = before.Transactions.filter((row: Row) => row.Date >= after.Transactions.at(-1).Date);
    expect(after.Transactions.slice(-common.length)).toEqual(common);
    expect(after.Transactions[0].Date > before.Transactions[0].Date).toBe(true);
  });

  it.each<[object, object]>([
    [{ WithAccountIdentity: false }, { AccountNumber: null, TransitNumber: null, InstitutionNumber: null }],
    [{ WithKYC: false }, { Holder: null }],
    [{ WithTransactions: false }, { Transactions: [] }],
    [{ WithBalance: false }, { Balance: { Available: null, Current: null, Limit: null } }],
  ])("empties with %j what it is about, and nothing else", async (options, emptied) => {
    const full = await detailOf("greatday");
    const accounts = await detailOf("greatday", options);
    expect(accounts).toEqual(full.map((account: object) => ({ ...account, ...emptied })));
    expect(accounts).not.toEqual(full);
  });

  it("accepts every switch that is on", async () => {
    const names = ["AccountIdentity", "KYC", "Transactions", "Balance", "DetailsAndBankingStatements"];
    const on = Object.fromEntries(names.map((name) => [`With${name}`, true]));
    expect(await detailOf("greatday", on)).toEqual(await detailOf("greatday"));
  });

  it("returns the accounts of AccountsFilter, and none for an id that is unknown", async () => {
    const [first, second, third] = await detailOf("greatday");
    const filtered = (AccountsFilter: string[]) => detailOf("greatday", { AccountsFilter });
    expect(await filtered([third.Id, first.Id])).toEqual([first, third]);
    expect(await filtered([second.Id, "unknown"])).toEqual([second]);
    expect(await filtered(["unknown"])).toEqual([]);
    expect(await filtered([])).toEqual([]);
  });
});

describe("getAccountsSummary", () => {
  it("returns the fields of the vendor's example, with the Tag that the session was opened with", async () => {
    const { call, open } = startSandbox();
    const RequestId = await open("greatday_nomfa", { Tag: "userId=7" });
    const { status, body } = await call("getAccountsSummary", { RequestId });
    const example = await fixture("accounts-summary-200");
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(Object.keys(example).sort());
    expect(body.Tag).toBe("userId=7");
    expect(body.Links).toEqual(example.Links);
    for (const account of body.Accounts) {
      expect(Object.keys(account).sort()).toEqual(Object.keys(example.Accounts[0]).sort());
    }
  });

  it("has the numbers of the detail", async () => {
    const { call, open } = startSandbox();
    const RequestId = await open("greatday_nomfa");
    const [summary, detail] = [await call("getAccountsSummary", { RequestId }), await detailOf("greatday_nomfa")];
    const numbers = ({ Id, AccountNumber, Balance, Holder }: Record<string, unknown>) => [
      Id,
      AccountNumber,
      Balance,
      Holder,
    ];
    expect(summary.body.Accounts.map(numbers)).toEqual(detail.map(numbers));
    expect(summary.body).not.toHaveProperty("Tag");
  });

  it.each([
    [{ WithAccountIdentity: false }, { AccountNumber: null }],
    [{ WithBalance: false }, { Balance: { Available: null, Current: null, Limit: null } }],
  ])("empties with %j what it is about, and nothing else", async (options, emptied) => {
    const { call, open } = startSandbox();
    const RequestId = await open("greatday_nomfa");
    const full = (await call("getAccountsSummary", { RequestId, WithBalance: true, WithAccountIdentity: true })).body;
    const { body } = await call("getAccountsSummary", { RequestId, ...options });
    expect(body.Accounts).toEqual(full.Accounts.map((account: object) => ({ ...account, ...emptied })));
  });
});

describe("Login", () => {
  it.each(["getAccountsSummary", "getAccountsDetail", "getStatements"] as const)(
    "is absent from %s if the session was opened with Save: false",
    async (operation) => {
      const { call, open } = startSandbox();
      const kept = await call(operation, { RequestId: await open("greatday_nomfa", { Save: true }) });
      const dropped = await call(operation, { RequestId: await open("greatday_nomfa", { Save: false }) });
      expect(kept.body).toHaveProperty("Login.Username", "greatday_nomfa");
      expect(dropped.body).not.toHaveProperty("Login");
    },
  );

  it("is there if the MFA answer did not repeat Save: false", async () => {
    const { call, authorize, open, sandbox } = startSandbox();
    const { RequestId, answer } = await authorize({ LoginId: sandbox.loginIds.greatday, Save: false });
    await answer({ "What city were you born in?": ["Montreal"] });
    expect((await call("getAccountsSummary", { RequestId })).body).toHaveProperty("Login");
    const repeated = await open("greatday", { Save: false });
    expect((await call("getAccountsSummary", { RequestId: repeated })).body).not.toHaveProperty("Login");
  });
});

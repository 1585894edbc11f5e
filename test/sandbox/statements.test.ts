import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../helpers/sandbox.ts";

async function statementsOf(options: object = {}, started = startSandbox()) {
  const RequestId = await started.open("greatday");
  return started.call("getStatements", { RequestId, ...options });
}

/** The id of the credit card, the third of greatday's accounts. */
async function cardOf({ call, open } = startSandbox()): Promise<{ Id: string; AccountNumber: string }> {
  return (await call("getAccountsSummary", { RequestId: await open("greatday") })).body.Accounts[2];
}

interface File {
  readonly UniqueId: string;
  readonly FileType: string;
  readonly Base64Bytes: string;
}

/** Reads a PDF by its structure (ISO 32000-1, 7.5), not by a search for its objects. Fails the test if it is damaged. */
function readPdf(base64: string): { objects: string[]; text: string[] } {
  const file = Buffer.from(base64, "base64").toString("latin1");
  expect(Buffer.from(file, "latin1").toString("base64")).toBe(base64);
  expect(file).toMatch(/^%PDF-1\.4\n%[\x80-\xff]{4}\n/);
  const [, xref] = /startxref\n(\d+)\n%%EOF\n$/.exec(file) as unknown as [string, string];
  const table = /^xref\n0 (\d+)\n0{10} 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<< \/Size (\d+) \/Root 1 0 R >>\n/;
  const [, size, entries = "", trailerSize] = table.exec(file.slice(Number(xref))) ?? [];
  expect(trailerSize).toBe(size);
  const offsets = entries
    .trimEnd()
    .split("\n")
    .map((entry) => Number(entry.slice(0, 10)));
  expect(offsets).toHaveLength(Number(size) - 1);
  const objects = offsets.map((offset, index) => {
    const [, number, content = ""] = /^(\d+) 0 obj\n(.*?)\nendobj\n/s.exec(file.slice(offset)) ?? [];
    expect(number).toBe(String(index + 1));
    return content;
  });
  const [, length, stream = ""] = /^<< \/Length (\d+) >>\nstream\n(.*)\nendstream$/s.exec(objects[4] as string) ?? [];
  expect(stream).toHaveLength(Number(length));
  const lines = stream.split("\n").filter((line) => line.endsWith("T*"));
  const text = lines.map((line) => {
    const [, escaped = "?"] = /^\(((?:[^()\\]|\\[()\\])*)\) Tj T\*$/.exec(line) ?? [];
    return escaped.replace(/\\(.)/g, "$1");
  });
  return { objects, text };
}

describe("getStatements", () => {
  it("returns the fields of the vendor's example at once", async () => {
    const { status, body } = await statementsOf();
    const example = JSON.parse(await readFile("test/fixtures/wire/statements-200.json", "utf8"));
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(Object.keys(example).sort());
    expect(body.StatementsByAccount).toHaveLength(3);
    for (const { Statements, ...account } of body.StatementsByAccount) {
      expect(account).toEqual({ AccountNumber: expect.stringMatching(/^00\d{5}$/) });
      expect(Statements).toEqual([
        { UniqueId: expect.stringMatching(/^[\dA-F]{32}$/), FileType: "PDF", Base64Bytes: expect.any(String) },
      ]);
    }
  });

  it.each([
    [{ NumberOfStatements: "MostRecent" }, 1],
    [{ NumberOfStatements: "Months3" }, 3],
  ])("returns with %j the last %d months of each account, the newest first", async (options, count) => {
    const { body } = await statementsOf(options);
    for (const { Statements } of body.StatementsByAccount) {
      const titles = Statements.map(({ Base64Bytes }: File) => readPdf(Base64Bytes).text[1]);
      expect(titles).toEqual(["Statement of 2025-12", "Statement of 2025-11", "Statement of 2025-10"].slice(0, count));
      expect(new Set(Statements.map(({ UniqueId }: File) => UniqueId)).size).toBe(count);
    }
  });

  it("returns Months12 for exactly one account, and refuses it for others", async () => {
    const started = startSandbox();
    const card = await cardOf(started);
    const months = (AccountsFilter?: string[]) =>
      statementsOf({ NumberOfStatements: "Months12", ...(AccountsFilter && { AccountsFilter }) }, started);
    const { body } = await months([card.Id]);
    expect(body.StatementsByAccount).toMatchObject([{ AccountNumber: card.AccountNumber }]);
    expect(body.StatementsByAccount[0].Statements).toHaveLength(12);
    const { text } = readPdf(body.StatementsByAccount[0].Statements[11].Base64Bytes);
    expect(text[1]).toBe("Statement of 2025-01");
    for (const filter of [undefined, [], ["unknown"]]) {
      expect(await months(filter)).toMatchObject({ status: 400, body: { FlinksCode: "INVALID_REQUEST" } });
    }
  });

  it("returns the statements of AccountsFilter", async () => {
    const card = await cardOf();
    const filtered = async (...AccountsFilter: string[]) => (await statementsOf({ AccountsFilter })).body;
    expect((await filtered(card.Id)).StatementsByAccount).toMatchObject([{ AccountNumber: card.AccountNumber }]);
    expect((await filtered("unknown")).StatementsByAccount).toEqual([]);
  });

  it("returns the same file for the same month, whenever it is asked for", async () => {
    const later = startSandbox();
    later.pass(9 * 24 * 60 * 60_000);
    expect((await statementsOf({}, later)).body.StatementsByAccount).toEqual(
      (await statementsOf()).body.StatementsByAccount,
    );
  });
});

describe("a statement", () => {
  it("is a whole PDF of one page", async () => {
    const { body } = await statementsOf({ NumberOfStatements: "Months3" });
    const files: File[] = body.StatementsByAccount.flatMap(({ Statements }: { Statements: File[] }) => Statements);
    for (const { Base64Bytes } of files) {
      const { objects } = readPdf(Base64Bytes);
      expect(objects.slice(0, 2)).toEqual([
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      ]);
    }
  });

  it("has the month's transactions, the holder with accents, and the closing balance", async () => {
    const { call, open, pass } = startSandbox();
    const RequestId = await open("greatday");
    await call("getAccountsDetail", { RequestId });
    pass(5_000);
    const [account] = (await call("getAccountsDetailAsync", RequestId)).body.Accounts;
    const { body } = await call("getStatements", { RequestId, AccountsFilter: [account.Id] });
    const { text } = readPdf(body.StatementsByAccount[0].Statements[0].Base64Bytes);
    expect(text.slice(3, 5)).toEqual([
      "Élise Tremblay",
      `Chequing Account (CAD), transit ${account.TransitNumber}, account ${account.AccountNumber}`,
    ]);
    interface Row {
      readonly Date: string;
      readonly Description: string;
      readonly Balance: number;
    }
    const rows: Row[] = account.Transactions.filter(({ Date: date }: Row) => date.startsWith("2025-12")).reverse();
    const lines = text.slice(7, -1);
    expect(lines).toHaveLength(rows.length);
    for (const [index, { Date: date, Description, Balance }] of rows.entries()) {
      expect(lines[index]).toMatch(new RegExp(`^${date}  ${Description} .* ${Balance.toFixed(2)}$`));
    }
    expect(text.at(-1)).toMatch(new RegExp(`Closing balance .* ${rows.at(-1)?.Balance.toFixed(2)}$`));
  });
});

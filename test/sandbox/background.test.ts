import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { SandboxUser } from "../../src/sandbox/index.ts";
import { startSandbox } from "../helpers/raw-sandbox.ts";

const second = 1_000;
const minute = 60 * second;
const refused = (FlinksCode: string) => ({ status: 400, body: { HttpStatusCode: 400, FlinksCode } });
const noSession = refused("SESSION_NONEXISTENT");

describe("a data call in the background", () => {
  it.each<[SandboxUser, "getAccountsDetail" | "getAccountsSummary", string]>([
    ["greatday", "getAccountsDetail", "OPERATION_PENDING"],
    ["test_pending", "getAccountsDetail", "OPERATION_PENDING"],
    ["test_pending", "getAccountsSummary", "OPERATION_PENDING"],
    ["test_dispatched", "getAccountsDetail", "OPERATION_DISPATCHED"],
    ["test_dispatched", "getAccountsSummary", "OPERATION_DISPATCHED"],
  ])("of %s: %s is pending until 5 seconds have passed", async (user, operation, FlinksCode) => {
    const { call, open, pass } = startSandbox();
    const RequestId = await open(user);
    const pending = { status: 202, body: { HttpStatusCode: 202, FlinksCode, RequestId } };
    const poll = () => call(`${operation}Async`, RequestId);
    expect(await call(operation, { RequestId })).toMatchObject(pending);
    expect(await poll()).toMatchObject(pending);
    pass(5 * second - 1);
    expect(await poll()).toMatchObject(pending);
    pass(1);
    const { status, body } = await poll();
    expect(status).toBe(200);
    expect(body).toMatchObject({ HttpStatusCode: 200, RequestId });
    expect(body.Accounts.length).toBeGreaterThan(0);
    expect(await poll()).toEqual({ status, body });
    expect(await call(operation, { RequestId })).toEqual({ status, body });
  });

  it("answers 202 in the form that was captured", async () => {
    const { call, open } = startSandbox();
    const RequestId = await open("greatday");
    const captured = JSON.parse(await readFile("test/fixtures/wire/authorize-202.json", "utf8"));
    expect((await call("getAccountsDetail", { RequestId })).body).toEqual({ ...captured, RequestId });
  });

  it("is not started again by a second POST", async () => {
    const { call, open, pass } = startSandbox();
    const RequestId = await open("greatday");
    await call("getAccountsDetail", { RequestId });
    pass(4 * second);
    expect(await call("getAccountsDetail", { RequestId })).toMatchObject({ status: 202 });
    pass(second);
    expect(await call("getAccountsDetailAsync", RequestId)).toMatchObject({ status: 200 });
  });

  it("has the options of its POST, of the last one if there were several", async () => {
    const { call, open, pass } = startSandbox();
    const RequestId = await open("greatday");
    await call("getAccountsDetail", { RequestId });
    await call("getAccountsDetail", { RequestId, WithKYC: false });
    pass(5 * second);
    const { body } = await call("getAccountsDetailAsync", RequestId);
    expect(body.Accounts.map(({ Holder }: { Holder: unknown }) => Holder)).toEqual([null, null, null]);
  });

  it("lasts as long as pendingMs says", async () => {
    const { call, open, pass } = startSandbox({ pendingMs: 12 * minute });
    const RequestId = await open("greatday");
    await call("getAccountsDetail", { RequestId });
    pass(12 * minute - 1);
    expect(await call("getAccountsDetailAsync", RequestId)).toMatchObject({ status: 202 });
    pass(1);
    expect(await call("getAccountsDetailAsync", RequestId)).toMatchObject({ status: 200 });
  });

  it("is of one session and one operation", async () => {
    const { call, open, pass } = startSandbox();
    const [first, second] = [await open("test_pending"), await open("test_pending")];
    await call("getAccountsDetail", { RequestId: first });
    pass(minute);
    expect(await call("getAccountsDetail", { RequestId: second })).toMatchObject({ status: 202 });
    expect(await call("getAccountsSummary", { RequestId: first })).toMatchObject({ status: 202 });
    expect(await call("getAccountsDetailAsync", first)).toMatchObject({ status: 200 });
  });
});

it.each<[SandboxUser, "getAccountsDetail" | "getAccountsSummary"]>([
  ["greatday", "getAccountsSummary"],
  ["greatday_nomfa", "getAccountsSummary"],
  ["greatday_nomfa", "getAccountsDetail"],
])("answers 200 at once: %s, %s", async (user, operation) => {
  const { call, open } = startSandbox();
  expect(await call(operation, { RequestId: await open(user) })).toMatchObject({ status: 200 });
});

it.each<SandboxUser>(["greatday", "greatday_nomfa", "test_pending", "test_dispatched"])(
  "has statements ready at once: %s",
  async (user) => {
    const { call, open } = startSandbox();
    expect(await call("getStatements", { RequestId: await open(user) })).toMatchObject({ status: 200 });
  },
);

describe("a GET without its 202", () => {
  it.each([
    ["getAccountsDetailAsync", "/GetAccountsDetail"],
    ["getAccountsSummaryAsync", "/GetAccountsSummary"],
  ] as const)("is refused: %s", async (operation, endpoint) => {
    const { call, open } = startSandbox();
    const Message = `Call this endpoint only after receiving a 202 from ${endpoint}`;
    for (const user of ["greatday", "test_pending"] as const) {
      expect(await call(operation, await open(user))).toMatchObject({
        status: 400,
        body: { FlinksCode: "INVALID_REQUEST", Message },
      });
    }
  });

  it("is refused after a POST that answered 200", async () => {
    const { call, open } = startSandbox();
    const RequestId = await open("greatday_nomfa");
    await call("getAccountsDetail", { RequestId });
    expect(await call("getAccountsDetailAsync", RequestId)).toMatchObject(refused("INVALID_REQUEST"));
  });
});

describe("a RequestId", () => {
  const operations = [
    "getAccountsSummary",
    "getAccountsDetail",
    "getStatements",
    "getAccountsSummaryAsync",
    "getAccountsDetailAsync",
  ] as const;
  const contentFor = (operation: string, RequestId: string) =>
    operation.endsWith("Async") ? RequestId : { RequestId };

  it.each(operations)(
    "opens nothing if it is unknown, of another sandbox, or asked something: %s",
    async (operation) => {
      const { call, authorize, sandbox } = startSandbox();
      const other = await startSandbox({ random: () => 0.5 }).open("greatday_nomfa");
      const asked = await authorize({ LoginId: sandbox.loginIds.greatday });
      for (const id of ["unknown", "constructor", other, asked.RequestId]) {
        expect(await call(operation, contentFor(operation, id))).toMatchObject(noSession);
      }
    },
  );

  it.each(operations)("opens nothing once its session has been refused for good: %s", async (operation) => {
    const { call, authorize, sandbox } = startSandbox();
    const { RequestId, answer } = await authorize({ LoginId: sandbox.loginIds.greatday });
    for (let time = 0; time < 3; time++) await answer({ "What city were you born in?": ["Paris"] });
    expect(await call(operation, contentFor(operation, RequestId))).toMatchObject(noSession);
  });

  it.each(operations)("expires after 30 minutes without a data call: %s", async (operation) => {
    const { call, open, pass } = startSandbox();
    const RequestId = await open("test_pending");
    await call("getAccountsSummary", { RequestId });
    await call("getAccountsDetail", { RequestId });
    for (let time = 0; time < 3; time++) {
      pass(30 * minute);
      expect(await call(operation, contentFor(operation, RequestId))).toMatchObject({ status: 200 });
    }
    pass(30 * minute + 1);
    expect(await call(operation, contentFor(operation, RequestId))).toMatchObject(refused("SESSION_EXPIRED"));
  });
});

describe("a data request", () => {
  it.each<["getAccountsSummary" | "getAccountsDetail" | "getStatements", unknown, string]>([
    ["getAccountsSummary", "", "The body must be a JSON object"],
    ["getAccountsDetail", [], "The body must be a JSON object"],
    ["getStatements", {}, "RequestId is needed"],
    ["getAccountsDetail", { RequestId: 7 }, "RequestId must be of type string"],
    ["getAccountsDetail", { RequestId: null }, "RequestId must be of type string"],
    ["getAccountsSummary", { WithBalance: "false" }, "WithBalance must be of type boolean"],
    ["getAccountsSummary", { WithAccountIdentity: 0 }, "WithAccountIdentity must be of type boolean"],
    ["getAccountsDetail", { WithKYC: null }, "WithKYC must be of type boolean"],
    ["getAccountsDetail", { WithTransactions: 1 }, "WithTransactions must be of type boolean"],
    ["getAccountsDetail", { DaysOfTransactions: "Days360" }, "DaysOfTransactions must be one of Days90, Days365"],
    ["getAccountsDetail", { DaysOfTransactions: 90 }, "DaysOfTransactions must be one of Days90, Days365"],
    ["getAccountsDetail", { AccountsFilter: "id" }, "AccountsFilter must be an array of strings"],
    ["getStatements", { AccountsFilter: [7] }, "AccountsFilter must be an array of strings"],
    ["getStatements", { NumberOfStatements: "All" }, "NumberOfStatements must be one of MostRecent, Months3, Months12"],
  ])("is refused by %s: %j", async (operation, body, Message) => {
    const { call } = startSandbox();
    const known = body !== null && typeof body === "object" && !Array.isArray(body) && operation !== "getStatements";
    const request = known ? { RequestId: "a", ...body } : body;
    expect(await call(operation, request)).toMatchObject({
      status: 400,
      body: { FlinksCode: "INVALID_REQUEST", Message },
    });
  });

  it("needs no key, tolerates flinks-auth-key, and takes any x-api-key, which it records", async () => {
    const { call, open, sandbox } = startSandbox();
    const RequestId = await open("greatday_nomfa");
    const headers: Record<string, string>[] = [
      {},
      { "flinks-auth-key": "anything" },
      { "x-api-key": sandbox.options.apiKey },
      { "x-api-key": "wrong" },
    ];
    for (const sent of headers) {
      expect(await call("getAccountsSummary", { RequestId }, sent)).toMatchObject({ status: 200 });
      expect(sandbox.requests.at(-1)?.headers).toMatchObject(sent);
    }
  });

  it("is refused with another method, for another customer, and at another address", async () => {
    const { sandbox } = startSandbox();
    const { baseUrl, customerId } = sandbox.options;
    const status = async (method: string, path: string) =>
      (await sandbox.fetch(`${baseUrl}/v3/${path}`, { method })).status;
    expect(await status("GET", `${customerId}/BankingServices/GetAccountsDetail`)).toBe(405);
    expect(await status("POST", `${customerId}/BankingServices/GetAccountsDetailAsync/id`)).toBe(405);
    expect(await status("POST", "other/BankingServices/GetAccountsDetail")).toBe(401);
    expect(await status("GET", `${customerId}/BankingServices/GetAccountsDetailAsync`)).toBe(404);
    expect(await status("POST", `${customerId}/BankingServices/GetStatementsAsync/id`)).toBe(404);
  });
});

import { describe, expect, it, vi } from "vitest";
import { type AccountsDetailRequest, FlinksUsageError, type StatementsRequest } from "../../../src/index.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { type Received, startServer, startServerWith } from "../../helpers/http-server.ts";
import { challenge, refusal, session, token } from "../../helpers/wire.ts";
import { apiKey, dataCalls, detail, requestId, scripted } from "./support.ts";

const noPauses = { retries: 2, minDelayMs: 0 };

describe("a data call", () => {
  it.each(dataCalls)("$name sends one $method with the API key", async ({ call, method, path, ready }) => {
    const server = await startServerWith(ready);
    await call(clientOf(server, { apiKey }));
    expect(server.received).toHaveLength(1);
    const [request] = server.received as [Received];
    expect(request).toMatchObject({ method, url: path });
    expect(request.headers).toMatchObject({ "x-api-key": apiKey, accept: "application/json" });
    expect(request.headers).not.toHaveProperty("flinks-auth-key");
    if (method === "POST") {
      expect(request.headers["content-type"]).toBe("application/json");
      expect(request.json).toEqual({ RequestId: requestId });
    } else {
      expect(request.headers).not.toHaveProperty("content-type");
      expect(request.text).toBe("");
    }
  });

  it.each(dataCalls)("$name works without an API key", async ({ call, ready }) => {
    const server = await startServerWith(ready);
    await call(clientOf(server));
    await call(clientOf(server, { apiKey: undefined, secretKey: secrets.secretKey }));
    for (const { headers } of server.received) {
      expect(headers).not.toHaveProperty("x-api-key");
      expect(headers).not.toHaveProperty("flinks-auth-key");
    }
    expect(server.received).toHaveLength(2);
  });

  it.each(dataCalls)("$name takes no authorize token", async ({ call, ready }) => {
    const authorizeToken = vi.fn(() => secrets.token);
    const server = await startServerWith(ready, ready, session());
    await call(clientOf(server, { apiKey, authorizeToken }));
    expect(authorizeToken).not.toHaveBeenCalled();
    // A string serves one session: it is still unspent.
    const flinks = clientOf(server, { apiKey, authorizeToken: secrets.token });
    await call(flinks);
    expect(await flinks.authorize({ LoginId: loginId })).toMatchObject({ status: "authorized" });
  });

  it("sends the API key again when it is repeated", async () => {
    const server = await startServerWith(refusal("UNKNOWN_ERROR", { status: 500 }), detail);
    await clientOf(server, { apiKey, retry: noPauses }).getAccountsDetail({ RequestId: requestId });
    expect(server.received.map(({ headers }) => headers["x-api-key"])).toEqual([apiKey, apiKey]);
  });
});

it("sessions never carry the API key", async () => {
  const server = await startServer(({ url, json }) => {
    if (url.endsWith("/GenerateAuthorizeToken")) return token();
    return json.SecurityResponses === undefined ? challenge() : session();
  });
  const flinks = clientOf(server, { apiKey, secretKey: secrets.secretKey });
  await flinks.authorizeWithMfa({ LoginId: loginId }, () => ({ "What city were you born in?": "Montreal" }));
  await flinks.generateAuthorizeToken();
  expect(server.received).toHaveLength(4);
  for (const { headers } of server.received) expect(headers).not.toHaveProperty("x-api-key");
});

describe("the body", () => {
  it("has the fields that are set, as they are set", async () => {
    const server = await startServerWith(detail);
    const flinks = clientOf(server);
    const request: Required<AccountsDetailRequest> = {
      RequestId: requestId,
      WithAccountIdentity: false,
      WithKYC: true,
      WithTransactions: false,
      WithBalance: true,
      DaysOfTransactions: "Days365",
      AccountsFilter: ["0a", ""],
      WithDetailsAndBankingStatements: false,
    };
    await flinks.getAccountsDetail(request);
    await flinks.getAccountsDetail({ ...request, DaysOfTransactions: "Days90", AccountsFilter: [] });
    await flinks.getAccountsSummary({ RequestId: requestId, WithBalance: false, WithAccountIdentity: true });
    expect(server.received.map(({ json }) => json)).toEqual([
      request,
      { ...request, DaysOfTransactions: "Days90", AccountsFilter: [] },
      { RequestId: requestId, WithBalance: false, WithAccountIdentity: true },
    ]);
  });

  it.each(["MostRecent", "Months3", "Months12"] as const)("has NumberOfStatements %s", async (NumberOfStatements) => {
    const server = await startServerWith({ body: { StatementsByAccount: [] } });
    const request: Required<StatementsRequest> = { RequestId: requestId, NumberOfStatements, AccountsFilter: ["a"] };
    await clientOf(server).getStatements(request);
    expect(server.received[0]?.json).toEqual(request);
  });

  it("leaves out what is undefined", async () => {
    const server = await startServerWith(detail);
    const fields = { WithKYC: undefined, DaysOfTransactions: undefined, AccountsFilter: undefined };
    await clientOf(server).getAccountsDetail({ RequestId: requestId, ...(fields as object) });
    expect(server.received[0]?.text).toBe(JSON.stringify({ RequestId: requestId }));
  });

  it("has the fields of a class, inherited ones included", async () => {
    class DetailRequest {
      RequestId = requestId;
      get WithTransactions() {
        return true;
      }
    }
    const server = await startServerWith(detail);
    await clientOf(server).getAccountsDetail(new DetailRequest());
    expect(server.received[0]?.json).toEqual({ RequestId: requestId, WithTransactions: true });
  });

  it("stays the same when the caller changes the request before it is repeated", async () => {
    const request = { RequestId: requestId, AccountsFilter: ["a"], WithKYC: true };
    const server = await startServer(() => {
      request.RequestId = "another";
      request.AccountsFilter.push("b");
      request.WithKYC = false;
      return server.received.length === 1 ? refusal("UNKNOWN_ERROR", { status: 500 }) : detail;
    });
    await clientOf(server, { retry: noPauses }).getAccountsDetail(request);
    const sent = { RequestId: requestId, AccountsFilter: ["a"], WithKYC: true };
    expect(server.received.map(({ json }) => json)).toEqual([sent, sent]);
  });
});

describe("a wrong request is refused, and nothing is sent:", () => {
  const id = { RequestId: requestId };
  const summaryFields = "Expected: RequestId, WithBalance, WithAccountIdentity.";
  const detailFields =
    "Expected: RequestId, WithAccountIdentity, WithKYC, WithTransactions, WithBalance, DaysOfTransactions, " +
    "AccountsFilter, WithDetailsAndBankingStatements.";
  const statementsFields = "Expected: RequestId, NumberOfStatements, AccountsFilter.";
  const requestIdHint = "RequestId (the requestId of an outcome) must be one path segment";
  const days = "DaysOfTransactions must be Days90 or Days365.";
  const filter = "AccountsFilter must be an array of account ids.";
  type Method = "getAccountsSummary" | "getAccountsDetail" | "getStatements";

  const wrong: [Method, string, unknown, string][] = [
    ["getAccountsSummary", "no object", undefined, "The request must be an object."],
    ["getAccountsDetail", "null", null, "The request must be an object."],
    ["getStatements", "an array", [id], "The request must be an object."],
    ["getAccountsSummary", "a string", requestId, "The request must be an object."],
    [
      "getAccountsSummary",
      "a field of another call",
      { ...id, WithKYC: true },
      `"WithKYC" in the request. ${summaryFields}`,
    ],
    ["getAccountsDetail", "a typo", { ...id, WithKyc: true }, `"WithKyc" in the request. ${detailFields}`],
    ["getStatements", "camel case", { requestId }, `"requestId" in the request. ${statementsFields}`],
    [
      "getAccountsDetail",
      "an outcome",
      { status: "authorized", requestId },
      `"status" in the request. ${detailFields}`,
    ],
    ["getAccountsSummary", "no RequestId", {}, requestIdHint],
    ["getAccountsDetail", "an empty RequestId", { RequestId: "" }, requestIdHint],
    ["getStatements", "a RequestId that is a number", { RequestId: 7 }, requestIdHint],
    ["getAccountsDetail", "a RequestId that is a path", { RequestId: "../a" }, requestIdHint],
    ["getAccountsSummary", "WithBalance: null", { ...id, WithBalance: null }, "WithBalance must be true or false."],
    [
      "getAccountsSummary",
      "WithAccountIdentity: 1",
      { ...id, WithAccountIdentity: 1 },
      "WithAccountIdentity must be true",
    ],
    [
      "getAccountsDetail",
      "WithAccountIdentity: 0",
      { ...id, WithAccountIdentity: 0 },
      "WithAccountIdentity must be true",
    ],
    ["getAccountsDetail", "WithKYC as text", { ...id, WithKYC: "true" }, "WithKYC must be true or false."],
    [
      "getAccountsDetail",
      "WithTransactions: []",
      { ...id, WithTransactions: [] },
      "WithTransactions must be true or false.",
    ],
    ["getAccountsDetail", "WithBalance: {}", { ...id, WithBalance: {} }, "WithBalance must be true or false."],
    [
      "getAccountsDetail",
      "WithDetailsAndBankingStatements as text",
      { ...id, WithDetailsAndBankingStatements: "no" },
      "WithDetailsAndBankingStatements must be true or false.",
    ],
    ["getAccountsDetail", "unknown days", { ...id, DaysOfTransactions: "Days30" }, days],
    ["getAccountsDetail", "days in a list", { ...id, DaysOfTransactions: ["Days90"] }, days],
    ["getAccountsDetail", "days by an inherited name", { ...id, DaysOfTransactions: "toString" }, days],
    ["getAccountsDetail", "a symbol", { ...id, DaysOfTransactions: Symbol("Days90") }, days],
    ["getAccountsDetail", "null days", { ...id, DaysOfTransactions: null }, days],
    [
      "getStatements",
      "an unknown number",
      { ...id, NumberOfStatements: 3 },
      "NumberOfStatements must be MostRecent or Months3 or Months12.",
    ],
    ["getAccountsDetail", "a filter that is one id", { ...id, AccountsFilter: "a" }, filter],
    ["getStatements", "a filter with a number", { ...id, AccountsFilter: ["a", 1] }, filter],
    ["getStatements", "a filter with a hole", { ...id, AccountsFilter: new Array(1) }, filter],
  ];

  const waits = { getAccountsSummary: "waitForAccountsSummary", getAccountsDetail: "waitForAccountsDetail" } as const;

  it.each(wrong)("%s with %s", async (name, _, request, message) => {
    const { flinks, sent } = scripted([detail]);
    const methods = [name, ...(name === "getStatements" ? [] : [waits[name]])];
    for (const method of methods) {
      const call = flinks[method] as (request: unknown) => Promise<unknown>;
      await expect(call(request)).rejects.toMatchObject({
        name: "FlinksUsageError",
        code: "invalid_request",
        message: expect.stringContaining(message),
      });
    }
    expect(sent).toEqual([]);
  });

  it.each([undefined, null, "", 7, "a/b", "..", `${requestId}\n`, [requestId]])("a requestId %j", async (given) => {
    const { flinks, sent } = scripted([detail]);
    for (const method of ["getAccountsSummaryAsync", "getAccountsDetailAsync"] as const) {
      await expect(flinks[method](given as string)).rejects.toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining("requestId must be one path segment"),
      });
    }
    expect(sent).toEqual([]);
  });

  it("the message does not show the value", async () => {
    const { flinks } = scripted([detail]);
    const request = { RequestId: requestId, AccountsFilter: "account-1234" } as unknown as AccountsDetailRequest;
    const { message } = await errorOfClass(FlinksUsageError, flinks.getAccountsDetail(request));
    expect(message).toBe("AccountsFilter must be an array of account ids.");
  });
});

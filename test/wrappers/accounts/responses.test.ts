import { describe, expect, it } from "vitest";
import {
  type AccountsDetail,
  type DataOutcome,
  FlinksApiError,
  FlinksResponseError,
  flinksCodes,
} from "../../../src/index.ts";
import { clientOf, errorOfClass } from "../../helpers/client.ts";
import { type Reply, startServerWith } from "../../helpers/http-server.ts";
import { question, refusal } from "../../helpers/wire.ts";
import { captured, type DataCall, dataCalls, detail, requestId } from "./support.ts";

/** The outcome of one data call that gets this reply. It must take one request. */
async function outcomeOf({ call }: DataCall, reply: Reply): Promise<DataOutcome<object>> {
  const server = await startServerWith(reply);
  try {
    return await call(clientOf(server, { retry: { retries: 2, minDelayMs: 0 } }));
  } finally {
    expect(server.received).toHaveLength(1);
  }
}

const [getAccountsSummary, getAccountsDetail, getStatements] = dataCalls as [DataCall, DataCall, DataCall];

describe("a 200", () => {
  it.each(dataCalls)("of $name is ready, with the body as data", async (dataCall) => {
    const body = dataCall.ready.body as { RequestId: string };
    expect(await outcomeOf(dataCall, dataCall.ready)).toEqual({
      status: "ready",
      requestId: body.RequestId,
      data: body,
    });
  });

  it.each(dataCalls)("of $name reaches the caller as it came", async (dataCall) => {
    const item = { AccountNumber: "0001234", TransitNumber: "00000", Holder: null, Balance: { Current: 0, New: null } };
    const text = `{"${dataCall.list}": [${JSON.stringify(item)}, null, {}], "HttpStatusCode": null, "Message": "m",
      "Login": null, "Unknown": {"__proto__": [1.50, -0.1, 1e3]}, "Tag": "\\u00e9 \\ud83d\\ude00", "RequestId": "a"}`;
    const outcome = await outcomeOf(dataCall, { body: text });
    expect(outcome).toMatchObject({ status: "ready", requestId: "a" });
    expect(JSON.stringify((outcome as { data: unknown }).data)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ["is absent", {}],
    ["is null", { RequestId: null }],
    ["is empty", { RequestId: "" }],
    ["is a number", { RequestId: 7 }],
  ])("has the request's RequestId where its own %s", async (_, fields) => {
    for (const dataCall of dataCalls) {
      const body = { [dataCall.list]: [], ...fields };
      expect(await outcomeOf(dataCall, { body })).toEqual({ status: "ready", requestId, data: body });
    }
  });

  it("with an empty list is ready", async () => {
    const outcome = await outcomeOf(getAccountsDetail, { body: { Accounts: [{ Transactions: [] }] } });
    expect(outcome).toMatchObject({ status: "ready", data: { Accounts: [{ Transactions: [] }] } });
  });

  it.each(dataCalls)("of $name without its list is a FlinksResponseError", async (dataCall) => {
    const other = dataCall.list === "Accounts" ? "StatementsByAccount" : "Accounts";
    for (const list of [undefined, null, {}, "", 1]) {
      const body = { HttpStatusCode: 200, RequestId: requestId, [dataCall.list]: list, [other]: [] };
      const error = await errorOfClass(FlinksResponseError, outcomeOf(dataCall, { body }));
      expect(error).toMatchObject({
        code: "invalid_response",
        status: 200,
        operation: dataCall.name,
        attempts: 1,
        retryable: false,
        bodyExcerpt: "",
        message: expect.stringContaining(`with no ${dataCall.list} (application/json, `),
      });
    }
  });

  it("under a 203 of a proxy is ready", async () => {
    expect(await outcomeOf(getAccountsDetail, { ...detail, status: 203 })).toMatchObject({ status: "ready" });
  });

  it("has types that say what can be null", async () => {
    const read = ({ Accounts: [account] }: AccountsDetail) => [
      // @ts-expect-error Balance can be absent, and each of its fields null
      account?.Balance.Current.toFixed(2),
      // @ts-expect-error Holder can be null
      account?.Holder.Name,
      // @ts-expect-error an account number can be null
      account?.AccountNumber.length,
      // @ts-expect-error the list can be absent, and a date null
      account?.Transactions[0]?.Date.length,
    ];
    expect(read(detail.body as AccountsDetail)).toEqual(["5105.50", "Testing", 7, 10]);
  });
});

describe("a 202", () => {
  const captured202 = captured("authorize-202");

  it.each(dataCalls)("of $name is pending", async (dataCall) => {
    expect(await outcomeOf(dataCall, { status: 202, body: captured202 })).toEqual({
      status: "pending",
      requestId: captured202["RequestId"],
      operation: dataCall.name,
      code: "OPERATION_PENDING",
      message: "Your operation is still processing",
    });
  });

  it.each([
    ["a partial result", { ...(detail.body as object), FlinksCode: "OPERATION_DISPATCHED" }, "OPERATION_DISPATCHED"],
    ["a whole result", { ...(detail.body as object), StatementsByAccount: [] }, "HTTP_202"],
    ["the status of a failure", { HttpStatusCode: 500 }, "HTTP_202"],
    ["a code that is new", { FlinksCode: "OPERATION_QUEUED" }, "OPERATION_QUEUED"],
    ["the code of a failure", { FlinksCode: "AGGREGATION_ERROR" }, "AGGREGATION_ERROR"],
    [
      "questions",
      { FlinksCode: "INVALID_SECURITY_RESPONSE", SecurityChallenges: [question()] },
      "INVALID_SECURITY_RESPONSE",
    ],
    ["nothing", {}, "HTTP_202"],
  ])("that holds %s is pending", async (_, fields, code) => {
    for (const dataCall of dataCalls) {
      const outcome = await outcomeOf(dataCall, { status: 202, body: { ...fields, RequestId: null } });
      expect(outcome).toEqual({ status: "pending", requestId, operation: dataCall.name, code });
    }
  });

  it.each([
    ["its code", { FlinksCode: "OPERATION_PENDING" }, "OPERATION_PENDING"],
    ["its HttpStatusCode", { HttpStatusCode: 202 }, "HTTP_200"],
  ])("that a proxy turned into a 200 is told by %s", async (_, fields, code) => {
    const outcome = await outcomeOf(getAccountsDetail, { body: { ...fields, Accounts: [] } });
    expect(outcome).toEqual({ status: "pending", requestId, operation: "getAccountsDetail", code });
  });

  it.each(["", "<html>", "[]", '{"Accounts": [', "null"])("with the body %j is a FlinksResponseError", async (body) => {
    const error = await errorOfClass(FlinksResponseError, outcomeOf(getAccountsDetail, { status: 202, body }));
    expect(error).toMatchObject({ status: 202, retryable: false });
  });
});

describe("a refusal", () => {
  it.each(dataCalls)("of $name is a FlinksApiError", async (dataCall) => {
    const reply = { status: 400, body: captured("error-400-session"), headers: { "x-request-id": "r-1" } };
    const error = await errorOfClass(FlinksApiError, outcomeOf(dataCall, reply));
    expect(error).toMatchObject({
      code: "SESSION_NONEXISTENT",
      status: 400,
      category: "session",
      action: "start_over",
      retryable: false,
      operation: dataCall.name,
      attempts: 1,
      headers: { "x-request-id": "r-1" },
    });
    const title = dataCall.name.charAt(0).toUpperCase() + dataCall.name.slice(1);
    const { sentence } = flinksCodes.SESSION_NONEXISTENT;
    expect(error.message).toBe(`${title} was refused: SESSION_NONEXISTENT (HTTP 400). ${sentence}`);
  });

  it.each([400, 401, 200])(
    "with NO_TRANSACTION and HTTP %i is about the account, and is not repeated",
    async (status) => {
      const reply = refusal("NO_TRANSACTION", { status, RequestId: requestId, Accounts: [] });
      const error = await errorOfClass(FlinksApiError, outcomeOf(getAccountsDetail, reply));
      expect(error).toMatchObject({
        code: "NO_TRANSACTION",
        category: "account",
        action: "retry_later",
        retryable: false,
        requestId,
      });
    },
  );

  it("names the fields that are wrong", async () => {
    const ValidationDetails = { NumberOfStatements: ["Months12 is for one account"] };
    const reply = refusal("INVALID_REQUEST", { ValidationDetails });
    const error = await errorOfClass(FlinksApiError, outcomeOf(getStatements, reply));
    expect(error.fields).toEqual(ValidationDetails);
    expect(error.message).toContain("Fields: NumberOfStatements (Months12 is for one account).");
  });

  it("that asks questions is a refusal, because a data call cannot pass them on", async () => {
    const reply = refusal("INVALID_SECURITY_RESPONSE", { status: 401, SecurityChallenges: [question()] });
    const error = await errorOfClass(FlinksApiError, outcomeOf(getAccountsSummary, reply));
    expect(error).toMatchObject({ code: "INVALID_SECURITY_RESPONSE", status: 401 });
  });
});

describe("what is not a response of the API", () => {
  it.each<[string, Reply]>([
    ["a page", { body: "<html>", headers: { "content-type": "text/html" } }],
    ["cut JSON", { body: '{"Accounts": [{}], "StatementsByAccount": [{' }],
    ["a list", { body: [{ Accounts: [], StatementsByAccount: [] }] }],
    ["questions", { status: 203, body: { RequestId: requestId, SecurityChallenges: [question()], Accounts: [] } }],
    ["an unknown status", { status: 201, body: { Accounts: [], StatementsByAccount: [] } }],
    ["a 404 without a word of the API", { status: 404, body: {} }],
  ])("is a FlinksResponseError, and is not repeated: %s", async (_, reply) => {
    for (const dataCall of dataCalls) {
      const error = await errorOfClass(FlinksResponseError, outcomeOf(dataCall, reply));
      expect(error).toMatchObject({ operation: dataCall.name, retryable: false, bodyExcerpt: "" });
    }
  });
});

/** What a user's bank knows about the user reaches the caller in outcomes, and nothing else of it anywhere. */
import { describe, expect, it } from "vitest";
import { FlinksError, type FlinksExchangeEvent } from "../../../src/index.ts";
import { clientOf, errorOf, errorOfClass } from "../../helpers/client.ts";
import { type Reply, startServer } from "../../helpers/http-server.ts";
import { question } from "../../helpers/wire.ts";
import { serialisers } from "./serialisers.ts";
import { dataCalls, requestId } from "./support.ts";

/** Each with a core that is found in any encoding. */
const personal = {
  name: "Nathalie Zq7Kw2Nm-Roy",
  address: "1200 rue Zq8Lx3Ad",
  postalCode: "H2Zq9M4",
  email: "zq1bv5em@example.com",
  phone: "5145550731974",
  account: "0073310985524",
  balance: 48213.770291,
  transaction: "E-TRANSFER Zq2Rt6Tx",
};
const cores = ["Zq7Kw2Nm", "Zq8Lx3Ad", "H2Zq9M4", "zq1bv5em", "5145550731974", "0073310985524", "770291", "Zq2Rt6Tx"];

const accounts = [
  {
    AccountNumber: personal.account,
    Balance: { Current: personal.balance },
    Transactions: [{ Description: personal.transaction, Debit: personal.balance }],
    Holder: {
      Name: personal.name,
      Email: personal.email,
      PhoneNumber: personal.phone,
      Address: { CivicAddress: personal.address, PostalCode: personal.postalCode },
    },
  },
];
const data = { HttpStatusCode: 200, RequestId: requestId, Accounts: accounts, StatementsByAccount: accounts };
const withoutLists = { RequestId: requestId, accounts, Login: { Username: personal.email } };
const text = JSON.stringify(data);
const Message = Object.values(personal).join(", ");
const html = `<html><title>${personal.name}</title>${Message}</html>`;
const asHtml = { "content-type": "text/html" };
const asJson = { "content-type": "application/json" };

const replies: Record<string, Reply> = {
  "a 200 that is cut": { body: text.slice(0, -2), headers: asJson },
  "a 200 that is malformed": { body: `${text}${Message}`, headers: asJson },
  "a 200 without its list": { body: withoutLists },
  "a 200 that is a list": { body: accounts },
  "a 200 in another charset": { body: text, headers: { "content-type": "application/json; charset=utf-16le" } },
  "a 200 of HTML": { body: html, headers: asHtml },
  "a 200 of text without a type": { body: Message },
  "a 200 that says 500": { body: { ...data, HttpStatusCode: 500, Message } },
  "a 200 with the code of a failure": { body: { ...data, FlinksCode: "NO_TRANSACTION", Message } },
  "a 200 with a sentence for a code": { status: 400, body: { ...data, FlinksCode: Message, Message } },
  "a 202 that is cut": { status: 202, body: text.slice(0, -2), headers: asJson },
  "a 202 of HTML": { status: 202, body: html, headers: asHtml },
  "a 203 with questions": {
    status: 203,
    body: { ...data, HttpStatusCode: 203, SecurityChallenges: [question(Message)] },
  },
  "an unknown status": { status: 206, body: data },
  "a redirect": { status: 302, body: html, headers: { location: `/${encodeURIComponent(Message)}` } },
  "a 400 with a message": { status: 400, body: { ...data, HttpStatusCode: 400, Message } },
  "a 401 with questions": { status: 401, body: { ...data, Message, SecurityChallenges: [question(Message)] } },
  "a 404 of HTML": { status: 404, body: html, headers: asHtml },
  "a 429 with data": { status: 429, body: { ...data, FlinksCode: "TOO_MANY_REQUESTS", Message } },
  "a 500 with a message": { status: 500, body: { FlinksCode: "UNKNOWN_ERROR", Message, Accounts: accounts } },
  "a 502 of HTML": { status: 502, body: html, headers: asHtml },
  "a 502 that is cut": { status: 502, body: text.slice(0, 300), headers: asJson },
};

function found(printed: string): string[] {
  return cores.filter((core) => printed.toLowerCase().includes(core.toLowerCase()));
}

function expectNoTrace(error: unknown, events: readonly FlinksExchangeEvent[]): void {
  for (const [name, serialise] of Object.entries(serialisers)) {
    expect({ name, found: found(serialise(error)) }).toEqual({ name, found: [] });
  }
  expect(found(JSON.stringify(events))).toEqual([]);
}

it("every serialiser shows what an error holds", () => {
  for (const [name, serialise] of Object.entries(serialisers)) {
    const error = Object.assign(new Error(Message), { Message });
    expect({ name, found: found(serialise(error)) }).toEqual({ name, found: cores });
  }
});

describe.each(dataCalls)("the error of $name shows nothing of", ({ name, call }) => {
  it.each(Object.entries(replies))("%s", async (_, reply) => {
    const server = await startServer(() => reply);
    const events: FlinksExchangeEvent[] = [];
    const retry = { retries: 1, minDelayMs: 0 };
    const flinks = clientOf(server, { retry, onExchange: (event: FlinksExchangeEvent) => events.push(event) });
    const error = await errorOfClass(FlinksError, call(flinks));
    expect(error).toMatchObject({ operation: name });
    expect(events).toHaveLength(error.attempts ?? 0);
    expectNoTrace(error, events);
  });

  it("a 200 that is too long", async () => {
    const server = await startServer(() => ({ body: data }));
    expectNoTrace(await errorOfClass(FlinksError, call(clientOf(server), { maxResponseBytes: 100 })), []);
  });

  it("a body that breaks off", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { ...asJson, "content-length": text.length });
      response.write(text.slice(0, -2), () => response.destroy());
      return undefined;
    });
    expectNoTrace(await errorOfClass(FlinksError, call(clientOf(server))), []);
  });
});

it("a FlinksPendingError shows nothing of a partial result, nor of the API's words about it", async () => {
  const body = { ...data, FlinksCode: "OPERATION_PENDING", Message };
  const server = await startServer(() => ({ status: 202, body }));
  const events: FlinksExchangeEvent[] = [];
  const flinks = clientOf(server, { onExchange: (event: FlinksExchangeEvent) => events.push(event) });
  const error = await errorOf(flinks.waitForAccountsDetail({ RequestId: requestId }, { maxWaitMs: 0 }));
  expect(error).toMatchObject({ name: "FlinksPendingError", code: "OPERATION_PENDING" });
  expectNoTrace(error, events);
});

it("an event tells the code and the RequestId of a pending response, and no more", async () => {
  const events: FlinksExchangeEvent[] = [];
  const server = await startServer(() => ({ status: 202, body: { ...data, FlinksCode: "OPERATION_PENDING" } }));
  await clientOf(server, { onExchange: (event: FlinksExchangeEvent) => events.push(event) }).getStatements({
    RequestId: requestId,
  });
  const [{ durationMs, ...event }] = events as [FlinksExchangeEvent];
  expect(durationMs).toBeGreaterThan(0);
  expect(event).toEqual({
    operation: "getStatements",
    attempt: 1,
    result: "answer",
    status: 202,
    code: "OPERATION_PENDING",
    requestId,
  });
});

describe("the message tells the length and content type of what it does not show", () => {
  it.each([
    [
      "a 200 that is cut",
      `HTTP 200 with a body that is not a JSON object (application/json, length ${text.length - 2})`,
    ],
    ["a 404 of HTML", `HTTP 404 with a body that is not a JSON object (text/html, length ${html.length})`],
    ["a 200 of text without a type", `(no content type, length ${Message.length})`],
  ])("%s", async (name, words) => {
    const server = await startServer(() => replies[name]);
    for (const { call } of dataCalls) {
      expect(await errorOf(call(clientOf(server)))).toMatchObject({
        message: expect.stringContaining(words),
        bodyExcerpt: "",
      });
    }
  });
});

it("the error of a data call by http shows nothing of its response", async () => {
  const server = await startServer(() => ({ body: html, headers: asHtml }));
  const { http } = clientOf(server);
  const params = { path: { customerId: "c", requestId } };
  const error = await errorOf(
    http.GET("/v3/{customerId}/BankingServices/GetAccountsDetailAsync/{requestId}", { params }),
  );
  expect(error).toMatchObject({ name: "FlinksResponseError", bodyExcerpt: "" });
  expectNoTrace(error, []);
});

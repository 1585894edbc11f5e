import { describe, expectTypeOf, it } from "vitest";
import type { FlinksClient } from "../../src/index.ts";
import type { ConnectPage, ConnectRedirect } from "../../src/wrappers/connect.ts";
import { readWebhook, type WebhookEvent } from "../../src/wrappers/webhooks.ts";
import type { AccountsDetail, AccountsSummary, Statements } from "../../src/wrappers/wire.ts";

describe("a webhook's event", () => {
  it("is narrowed by its type, and the list of types is open", async () => {
    const event = await readWebhook({ body: "", signature: new Headers().get("h"), secret: process.env["SECRET"] });
    switch (event.type) {
      case "GetAccountsDetail":
        expectTypeOf(event.data).toExtend<AccountsDetail>();
        expectTypeOf(event.data.Accounts).toEqualTypeOf<AccountsDetail["Accounts"]>();
        expectTypeOf(event.data.ResponseType).toEqualTypeOf<"GetAccountsDetail">();
        break;
      case "GetAccountsSummary":
        expectTypeOf(event.data).toExtend<AccountsSummary>();
        break;
      case "GetStatements":
        expectTypeOf(event.data).toExtend<Statements>();
        // @ts-expect-error accounts come with other types
        event.data.Accounts;
        break;
      case "KYC":
        expectTypeOf(event.data.Tag).toEqualTypeOf<string | null | undefined>();
        break;
      default:
        expectTypeOf(event.type).toExtend<string>();
        expectTypeOf(event.data).toBeUnknown();
    }
  });

  it("has data that can only be read after its type", () => {
    // @ts-expect-error
    (event: WebhookEvent) => event.data.Accounts;
  });
});

describe("a webhook's input", () => {
  it("takes what Node and the Fetch API have", () => {
    (body: Buffer, header: string | string[] | undefined) => readWebhook({ body, signature: header, secret: "s" });
    (body: ArrayBuffer, header: string | null) => readWebhook({ body, signature: header, secret: ["new", "old"] });
    // @ts-expect-error a parsed body has lost its signature
    (body: object) => readWebhook({ body, signature: "", secret: "" });
  });
});

describe("Connect", () => {
  it("has parameters that are text, and booleans where the name says so", () => {
    (flinks: FlinksClient) => flinks.createConnectUrl({ daysOfTransactions: "Days90", demo: true, tag: undefined });
    // @ts-expect-error
    (flinks: FlinksClient) => flinks.createConnectUrl({ daysOfTransactions: 90 });
    // @ts-expect-error
    (flinks: FlinksClient) => flinks.createConnectUrl({ demo: "true" });
    // @ts-expect-error
    (flinks: FlinksClient) => flinks.createConnectUrl({ redirectURL: "https://shop.example" });
  });

  it("has a LoginId, and an account if one was picked", () => {
    expectTypeOf<ConnectRedirect>().toEqualTypeOf<{ loginId: string; institution?: string; accountId?: string }>();
    // @ts-expect-error one of the two
    const page: ConnectPage = { instance: "toolbox", connectUrl: "https://connect.example" };
    expectTypeOf(page).toEqualTypeOf<ConnectPage>();
  });
});

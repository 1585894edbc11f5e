import { describe, expect, it } from "vitest";
import { readPage, redirectOf, startConnect } from "../helpers/connect-page.ts";
import { call } from "../helpers/raw-sandbox.ts";

describe("the Connect page", () => {
  it("leads back with the LoginId and the institution, which opens a session", async () => {
    const { login, sandbox, authorize } = await startConnect();
    const url = redirectOf(
      await login("greatday_nomfa", { redirectUrl: "https://app.example/done?a=b&c=%20&loginId=old#top" }),
    );
    const { loginId, ...others } = Object.fromEntries(url.searchParams);
    expect([url.origin, url.pathname, url.hash]).toEqual(["https://app.example", "/done", "#top"]);
    expect(others).toEqual({ a: "b", c: " ", institution: "FlinksCapital" });
    expect(url.searchParams.getAll("loginId")).toEqual([sandbox.loginIds.greatday_nomfa]);
    expect(await authorize({ LoginId: loginId })).toMatchObject({ status: 200 });
  });

  it("leads to a page of its own without a redirectUrl", async () => {
    const { login, server } = await startConnect();
    const url = redirectOf(await login("greatday_nomfa", { language: "fr" }));
    expect(`${url.origin}${url.pathname}`).toBe(`${server.url}/v2/connected`);
    const page = await readPage(await fetch(url));
    expect([page.status, page.title]).toEqual([200, "Vous êtes connecté"]);
    expect((await readPage(await fetch(`${server.url}/v2/connected`))).title).toBe("You are connected");
  });

  it("ignores requestId and consentEnable, as docs/testing.md says", async () => {
    const { visit, login, sandbox, authorize } = await startConnect();
    const asked = await authorize({ LoginId: sandbox.loginIds.greatday });
    const { RequestId } = asked.body as { RequestId: string };
    const parameters = { requestId: RequestId, consentEnable: "true" };
    expect((await visit(parameters)).title).toBe("Sign in to FlinksCapital");
    const url = redirectOf(await login("greatday_nomfa", parameters));
    expect(url.searchParams.get("loginId")).toBe(sandbox.loginIds.greatday_nomfa);
  });

  it("is served once by a token, which then opens no session either", async () => {
    const { visit, mint, sandbox } = await startConnect();
    const token = await mint();
    expect(await visit({}, token)).toMatchObject({ status: 200, title: "Sign in to FlinksCapital" });
    const again = await visit({}, token);
    expect([again.status, again.title]).toEqual([401, "This page cannot be opened"]);
    expect(again.html).toContain('role="alert"');
    const key = { "flinks-auth-key": token };
    const request = { LoginId: sandbox.loginIds.greatday_nomfa };
    expect(await call(sandbox, "authorize", request, key)).toMatchObject({ status: 401 });
  });

  it("refuses a token that is unknown, too old, missing, or has opened a session", async () => {
    const { visit, mint, pass, sandbox, server } = await startConnect();
    const [old, used] = [await mint(), await mint()];
    await call(sandbox, "authorize", { LoginId: sandbox.loginIds.greatday_nomfa }, { "flinks-auth-key": used });
    pass(30 * 60_000 + 1);
    for (const token of [old, used, "unknown", ""]) expect((await visit({}, token)).status).toBe(401);
    expect((await fetch(server.options.connectUrl)).status).toBe(401);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "/done", ""])(
    "refuses the redirectUrl %j, and keeps the token",
    async (redirectUrl) => {
      const { visit, mint } = await startConnect();
      const token = await mint();
      expect((await visit({ redirectUrl }, token)).status).toBe(400);
      expect((await visit({}, token)).status).toBe(200);
    },
  );

  it("lets the user sign in again after what went wrong", async () => {
    const { visit, send } = await startConnect();
    const first = await visit();
    const page = await send(first, { username: "", password: "" });
    expect(page.status).toBe(422);
    expect(page.problems).toEqual(["username: Username – required", "password: Password – required"]);
    const attempts: [string, string, string][] = [
      ["nobody", "Everyday", "The username or the password is wrong."],
      ["greatday_nomfa", "everyday", "The username or the password is wrong."],
      ["test_disabled_account", "Everyday", "FlinksCapital has disabled this login."],
      ["test_service_unavailable", "Everyday", "FlinksCapital cannot be reached. Try again later."],
    ];
    for (const [username, password, problem] of attempts) {
      const refused = await send(first, { username, password });
      expect(refused).toMatchObject({ status: 422, problems: [problem] });
      expect(refused.inputs).toContainEqual({ name: "username", type: "text", value: username });
      expect(refused.inputs).toContainEqual({ name: "password", type: "password", value: "" });
    }
    expect(
      redirectOf(await send(first, { username: "GREATDAY_NOMFA", password: "Everyday" })).searchParams.has("loginId"),
    ).toBe(true);
  });

  it.each(["test_pending", "test_dispatched"] as const)("has a LoginId for %s at once", async (user) => {
    const { login, sandbox } = await startConnect();
    expect(redirectOf(await login(user)).searchParams.get("loginId")).toBe(sandbox.loginIds[user]);
  });

  it("shows where the user is when a form is sent again, and refuses one that it does not know", async () => {
    const { visit, send } = await startConnect();
    const first = await visit();
    const credentials = { username: "Greatday", password: "Everyday" };
    const asked = await send(first, credentials);
    expect(asked.title).toBe("Answer the security questions");
    expect(await send(first, credentials)).toMatchObject({ status: 200, title: asked.title, problems: [] });
    const done = redirectOf(await send(asked, { q0: "Montreal" }));
    expect(redirectOf(await send(asked, { q0: "Paris" }))).toEqual(done);
    expect(
      redirectOf(
        await send({
          ...asked,
          inputs: asked.inputs.map((input) => ({ ...input, value: input.name === "step" ? "done" : input.value })),
        }),
      ),
    ).toEqual(done);
    expect((await send({ ...first, inputs: [] })).status).toBe(400);
  });

  it("is not in the list of requests", async () => {
    const { login, sandbox } = await startConnect();
    await login();
    expect(sandbox.requests.map(({ url }) => url.slice(url.lastIndexOf("/")))).toEqual(["/GenerateAuthorizeToken"]);
  });
});

describe("accountSelectorEnable", () => {
  it("asks for an account, whose id is in the redirect", async () => {
    const { login, send, call, open } = await startConnect();
    const page = await login("greatday_nomfa", { accountSelectorEnable: "true" });
    expect(page.title).toBe("Choose an account");
    const ids = page.inputs.filter(({ name }) => name === "account").map(({ value }) => value);
    expect(ids).toHaveLength(3);
    expect(page.html).toMatch(/ Chequing Account – \$\d,\d{3}\.\d\d<\/label>/);
    for (const entered of [{}, { account: "unknown" }]) {
      expect((await send(page, entered)).problems).toEqual(["account: Account – required"]);
    }
    const accountId = redirectOf(await send(page, { account: ids[1] as string })).searchParams.get("accountId");
    expect(accountId).toBe(ids[1]);
    const RequestId = await open("greatday_nomfa");
    const { body } = await call("getAccountsDetail", { RequestId, AccountsFilter: [accountId] });
    expect(body.Accounts).toMatchObject([{ Id: accountId }]);
  });

  it("is off by default", async () => {
    const { login } = await startConnect();
    expect(
      redirectOf(await login("greatday_nomfa", { accountSelectorEnable: "false" })).searchParams.has("accountId"),
    ).toBe(false);
  });
});

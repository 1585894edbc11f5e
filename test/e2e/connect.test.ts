/** From the Connect page to the accounts, in a browser: the whole way of docs/connect.md. */
import type { Browser, FrameLocator, Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";
import { listen } from "../helpers/listen.ts";
import { city, startSandbox } from "../helpers/raw-sandbox.ts";
import { startApp } from "./app.ts";
import { expectFocus, startChromium, tabTo } from "./chromium.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  return () => browser.close();
});

const texts = {
  en: { username: "Username", password: "Password", signIn: "Sign in", title: "Answer the security questions" },
  fr: {
    username: "Nom d’utilisateur",
    password: "Mot de passe",
    signIn: "Se connecter",
    title: "Répondez aux questions de sécurité",
  },
};

/** The app's page in a browser, with Connect in it. */
async function visit(language: "en" | "fr") {
  const { sandbox, pass } = startSandbox();
  const server = await createSandboxServer({ sandbox });
  const { connectUrl } = server.options;
  const app = await startApp(createFlinksClient({ ...server.options }), connectUrl, { [city]: "Montreal" });
  const page = await browser.newPage();
  onTestFinished(() => Promise.all([page.close(), app.close(), server.close()]).then(() => {}));
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).origin));
  await page.goto(`${app.url}/?language=${language}`);
  return { page, connect: page.frameLocator("iframe"), app, server, sandbox, pass, asked };
}

/** Signs in with the keyboard alone. */
async function signIn(page: Page, connect: FrameLocator, said: (typeof texts)["en" | "fr"], username: string) {
  await tabTo(page, connect.getByLabel(said.username));
  await page.keyboard.type(username);
  await tabTo(page, connect.getByLabel(said.password));
  await page.keyboard.type("Everyday");
  await tabTo(page, connect.getByRole("button", { name: said.signIn }));
  await page.keyboard.press("Enter");
}

describe("a page with Connect in it", () => {
  it.each(["en", "fr"] as const)("shows the accounts of a user who answers by keyboard, in %s", async (language) => {
    const { page, connect, app, server, sandbox, pass, asked } = await visit(language);
    const said = texts[language];
    await signIn(page, connect, said, "Greatday");
    await expectFocus(connect.getByRole("heading", { name: said.title }));
    await tabTo(page, connect.getByLabel(city));
    await page.keyboard.type("Montreal");
    await page.keyboard.press("Enter");

    // The server has got the LoginId and waits. It goes on waiting until the clock has moved.
    const sent = () => sandbox.requests.map(({ method, url }) => `${method} ${/Services\/(\w+)/.exec(url)?.[1]}`);
    await expect.poll(sent).toContain("GET GetAccountsDetailAsync");
    expect(await page.getByRole("status").textContent()).toBe("Getting your accounts…");
    await connect.getByText("Back at the app").waitFor();
    pass(5_000);
    await page.getByText("Your 3 accounts").waitFor();
    expect(await page.getByRole("listitem").allTextContents()).toEqual([
      "Chequing Account: 2266.52 CAD",
      "Savings Account: 12888.13 CAD",
      "Credit Card: -711.08 CAD",
    ]);

    expect(app.redirects).toEqual([`${app.url}/back?loginId=${sandbox.loginIds.greatday}&institution=FlinksCapital`]);
    expect([...new Set(sent())]).toEqual([
      "POST GenerateAuthorizeToken",
      "POST Authorize",
      "POST GetAccountsDetail",
      "GET GetAccountsDetailAsync",
    ]);
    expect([...asked]).toEqual([app.url, server.url]);
  });

  it.each([
    ["in the place of Connect", `document.querySelector("iframe").src = url`],
    ["in a frame of its own", `document.body.append(Object.assign(document.createElement("iframe"), { src: url }))`],
  ])("ignores the message of another origin %s", async (_, embed) => {
    const { page, connect, app, sandbox } = await visit("en");
    const { greatday, greatday_nomfa } = sandbox.loginIds;
    const message = { step: "REDIRECT", institution: "FlinksCapital", url: `${app.url}/back?loginId=${greatday}` };
    const other = await listen((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<!doctype html><script>parent.postMessage(${JSON.stringify(message)}, "*")</script>`);
    });
    onTestFinished(() => other.close());
    const heard: string[] = [];
    await page.exposeFunction("hear", (origin: string) => heard.push(origin));
    // The page's own listener comes first: once this one has heard a message, the page has made up its mind.
    await page.evaluate(`addEventListener("message", ({ origin }) => hear(origin))`);
    await page.evaluate(`{ const url = ${JSON.stringify(other.baseUrl)}; ${embed} }`);
    await expect.poll(() => heard).toEqual([other.baseUrl]);
    expect(await page.getByRole("status").textContent()).toBe("");

    // The same page takes the message of the Connect page.
    await page.reload();
    await signIn(page, connect, texts.en, "greatday_nomfa");
    await page.getByText("Your 3 accounts").waitFor();
    expect(app.redirects).toEqual([`${app.url}/back?loginId=${greatday_nomfa}&institution=FlinksCapital`]);
  });
});

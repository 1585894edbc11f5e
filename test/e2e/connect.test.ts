/** From the Connect page to the accounts, in a browser: the whole way of docs/connect.md. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";
import { connectOrigin } from "../../src/wrappers/connect.ts";
import { blockIn, run } from "../helpers/guides.ts";
import { listen } from "../helpers/listen.ts";
import { city, startSandbox } from "../helpers/raw-sandbox.ts";
import { startApp } from "./app.ts";
import { expectFocus, pressButton, startChromium, tabTo } from "./chromium.ts";

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
  await pressButton(page, connect.getByRole("button", { name: said.signIn }));
}

describe("a page with Connect in it", () => {
  it.each(["en", "fr"] as const)("shows the accounts of a user who answers by keyboard, in %s", async (language) => {
    const { page, connect, app, server, sandbox, pass, asked } = await visit(language);
    const said = texts[language];
    await signIn(page, connect, said, "Greatday");
    await expectFocus(connect.getByRole("heading", { name: said.title }));
    await tabTo(page, connect.getByLabel(city));
    await page.keyboard.type("Montreal");
    await pressButton(page, connect.getByRole("button"));

    // The server has got the LoginId and waits. It goes on waiting until the clock has moved.
    const sent = () => sandbox.requests.map(({ method, url }) => `${method} ${/Services\/(\w+)/.exec(url)?.[1]}`);
    await expect.poll(sent).toContain("GET GetAccountsDetailAsync");
    expect(await page.getByRole("status").textContent()).toBe("Getting your accounts…");
    // The frame is hidden, and has gone on to redirectUrl.
    await connect.getByText("Back at the app").waitFor({ state: "attached" });
    expect(await page.locator("iframe").isVisible()).toBe(false);
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

describe("docs/connect.md", async () => {
  const guide = await readFile("docs/connect.md", "utf8");
  const script = blockIn(guide, "connect.js");
  const markup = /```html\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";

  /**
   * A user who is signed in by cookies, at another site than Connect: browsers take `localhost` and `127.0.0.1` for two.
   * `/` has this content, and every page this policy.
   */
  async function startSite(
    content: (connectUrl: string) => string,
    policy: (origin: string) => Promise<string> | string,
  ) {
    const server = await createSandboxServer();
    const flinks = createFlinksClient({ ...server.options });
    const origin = connectOrigin({ connectUrl: server.options.connectUrl });
    const header = await policy(origin);
    const backs: (string | undefined)[] = [];
    const posts: { type: string | undefined; body: string; cookie: string | undefined }[] = [];
    const connectUrl = () => flinks.createConnectUrl({ redirectUrl: `${url}/connected` });
    const { baseUrl, close } = await listen(async (request, response) => {
      const html = (body: string) => {
        const cookies = ["lax=1; SameSite=Lax", "strict=1; SameSite=Strict"];
        response.writeHead(200, {
          "content-type": "text/html",
          "content-security-policy": header,
          "set-cookie": cookies,
        });
        response.end(`<!doctype html>${body}`);
      };
      const { cookie, "content-type": type } = request.headers;
      const { pathname } = new URL(request.url as string, url);
      switch (`${request.method} ${pathname}`) {
        case "GET /":
          return html(content(await connectUrl()));
        case "GET /connect.js":
          return response.writeHead(200, { "content-type": "text/javascript" }).end(script);
        case "GET /connect-url":
          return response.end(JSON.stringify({ url: await connectUrl(), origin }));
        case "GET /connected":
          backs.push(cookie);
          return html("Back at the app");
        case "POST /connected":
          posts.push({ type, cookie, body: await text(request) });
          return response.writeHead(204).end();
        default:
          return response.writeHead(404).end();
      }
    });
    const url = baseUrl.replace("127.0.0.1", "localhost");
    const page = await browser.newPage();
    onTestFinished(() => Promise.all([page.close(), close(), server.close()]).then(() => {}));
    const blocked: string[] = [];
    await page.exposeFunction("report", (uri: string) => blocked.push(uri));
    await page.addInitScript(`addEventListener("securitypolicyviolation", ({ blockedURI }) => report(blockedURI))`);
    await page.goto(url);
    return { page, url, backs, posts, blocked, connect: page.frameLocator("iframe") };
  }

  const policyOf = (origin: string) => run(blockIn(guide, "const policy"), { origin }, "policy") as Promise<string>;
  const frame = (url: string) => `<iframe src="${url.replaceAll("&", "&amp;")}" width="500" height="760"></iframe>`;

  it("has a page that passes the redirect on, without a bundler", async () => {
    const { page, url, posts, blocked, connect } = await startSite(() => markup, policyOf);
    await signIn(page, connect, texts.en, "greatday_nomfa");
    await expect.poll(() => posts).toHaveLength(1);
    expect(posts[0]?.type).toMatch(/^text\/plain/);
    expect(posts[0]?.body).toContain(`${url}/connected?loginId=`);
    expect(posts[0]?.cookie).toBe("lax=1; strict=1");
    expect(await page.locator("iframe").count()).toBe(0);
    expect(blocked).toEqual([]);
  });

  it("has a page that takes the redirect even if the frame goes on before the message arrives", async () => {
    const { page, url, posts } = await startSite(() => markup, policyOf);
    const redirect = `${url}/connected?loginId=5e115eac&institution=FlinksCapital`;
    await page.locator("iframe").waitFor();
    // Chromium then gives the message no source.
    await page.evaluate(`{
      const { origin } = new URL(document.querySelector("iframe").src);
      const data = ${JSON.stringify({ step: "REDIRECT", institution: "FlinksCapital", url: redirect })};
      window.dispatchEvent(new MessageEvent("message", { origin, data, source: null }));
    }`);
    await expect.poll(() => posts.map(({ body }) => body)).toEqual([redirect]);
  });

  it("has a policy that lets the frame go to redirectUrl, where no cookie says who is signed in", async () => {
    const { page, backs, blocked, connect } = await startSite(frame, policyOf);
    await signIn(page, connect, texts.en, "greatday_nomfa");
    await connect.getByText("Back at the app").waitFor();
    expect({ backs, blocked }).toEqual({ backs: [undefined], blocked: [] });
  });

  it("needs 'self' in it: the report of a blocked redirect has the loginId", async () => {
    const { page, backs, blocked, connect } = await startSite(frame, (origin) => `frame-src ${origin}`);
    await signIn(page, connect, texts.en, "greatday_nomfa");
    await expect.poll(() => blocked).toHaveLength(1);
    expect(blocked[0]).toContain("loginId=");
    expect(backs).toEqual([]);
  });

  it("gets a Lax cookie, and no Strict one, if Connect fills the window", async () => {
    const { page, backs } = await startSite((url) => `<a href="${url.replaceAll("&", "&amp;")}">Connect</a>`, policyOf);
    await page.getByText("Connect").click();
    await page.getByLabel("Username").fill("greatday_nomfa");
    await page.getByLabel("Password").fill("Everyday");
    await page.getByRole("button").click();
    await page.getByText("Back at the app").waitFor();
    expect(backs).toEqual(["lax=1"]);
  });
});

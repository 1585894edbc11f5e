/** The example `web` in Chromium: all its pages, in two languages, by axe and by keyboard alone. */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Browser, Page } from "playwright-core";
import { beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { expectFocus, pressButton, problemsOf, startChromium, tabTo } from "../e2e/chromium.ts";
import { installExample } from "./example.ts";

// A folder for pictures of every page, to look at.
const { SCREENSHOTS } = process.env;

const example = await installExample("web");
const { url, printed } = await example.start("sandbox");
const logins = await vi.waitUntil(() => /Logins: (\{.*\})/.exec(printed())?.[1], { timeout: 10_000 });
const loginIds = JSON.parse(logins) as Record<string, string>;
const polls = { timeout: 30_000 };

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  return () => browser.close();
});

interface Look {
  readonly language: "en" | "fr";
  readonly colorScheme: "light" | "dark";
  readonly width: number;
}

async function visit({ language, colorScheme, width }: Look): Promise<Page> {
  // Of its own, as sessions are told apart by cookies.
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${url}/?language=${language}`);
  return page;
}

/** What the page does when Flinks Connect has told it where to go. */
async function connectAs(page: Page, user: string): Promise<void> {
  const redirect = `https://flinks.example/?loginId=${loginIds[user]}`;
  await page.evaluate(`fetch("/connected", { method: "POST", body: ${JSON.stringify(redirect)} })`);
  await page.goto(`${url}/`);
}

const stateOf = (page: Page) => page.locator("body").getAttribute("data-state");

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it.each([
  { language: "en", colorScheme: "light", width: 1280 },
  { language: "en", colorScheme: "dark", width: 360 },
  { language: "fr", colorScheme: "light", width: 320 },
  { language: "fr", colorScheme: "dark", width: 1280 },
] as const)("has no problem that axe finds: $language, $colorScheme, $width px", async (look) => {
  const page = await visit(look);
  const seen: Record<string, string[]> = {};
  const check = async (name: string) => {
    if (SCREENSHOTS) {
      const file = `${name}-${look.language}-${look.colorScheme}-${look.width}.png`;
      await page.screenshot({ path: `${SCREENSHOTS}/${file}`, fullPage: true });
    }
    seen[name] = await problemsOf(page, false);
  };
  await page.frameLocator("iframe").locator("#username").waitFor();
  await check("connect");

  await connectAs(page, "greatday");
  await expect.poll(() => stateOf(page), polls).toBe("questions");
  await check("questions");
  await page.locator("main button").click();
  await expect.poll(() => page.title(), polls).toMatch(/problem|problème/);
  await check("missing answers");

  const wrong = { field0: "Atlantis" };
  await page.locator("#field0").fill(wrong.field0);
  await page.locator("[name=choice1][value='0']").check();
  await page.locator("[name=choice2][value='0']").check();
  await page.locator("[name=choice3][value='1']").check();
  await page.locator("[name=choice4][value='0']").check();
  await page.locator("[name=text4][value=Text]").check();
  await page.locator("main button").click();
  await page.getByRole("alert").waitFor(polls);
  await check("rejected answers");

  await connectAs(page, "test_disabled_account");
  await expect.poll(() => stateOf(page), polls).toBe("failed");
  await check("failed");
  await connectAs(page, "test_pending");
  await expect.poll(() => stateOf(page), polls).toBe("waiting");
  await check("waiting");
  await connectAs(page, "greatday_nomfa");
  await expect.poll(() => stateOf(page), polls).toBe("accounts");
  await check("accounts");

  const names = Object.keys(seen);
  expect(names).toHaveLength(7);
  expect(seen).toEqual(Object.fromEntries(names.map((name) => [name, []])));
});

it("leads from Flinks Connect to the accounts by keyboard alone", async () => {
  const page = await visit({ language: "en", colorScheme: "light", width: 1280 });
  const connect = page.frameLocator("iframe");
  await tabTo(page, connect.getByLabel("Username"));
  await page.keyboard.type("greatday_nomfa");
  await tabTo(page, connect.getByLabel("Password"));
  await page.keyboard.type("Everyday");
  await pressButton(page, connect.getByRole("button"));
  const heading = page.getByRole("heading", { name: "Your accounts" });
  await heading.waitFor(polls);
  await expectFocus(heading);
  await expect.poll(() => page.getByText("Chequing Account").count()).toBe(1);
  // The address that Connect told holds the LoginId. It is in no address of the page.
  expect(page.url()).toBe(`${url}/`);
});

it("asks all five types of questions, and takes the answers by keyboard alone", async () => {
  const page = await visit({ language: "en", colorScheme: "light", width: 360 });
  const alert = page.getByRole("alert");
  const press = (key: string) => page.keyboard.press(key);
  const field = (name: string) => page.getByRole("textbox", { name });
  const choice = (role: "radio" | "checkbox", name: string) => page.getByRole(role, { name, exact: true });
  const heading = page.getByRole("heading", { level: 1 });
  await connectAs(page, "greatday");
  await expect.poll(() => stateOf(page), polls).toBe("questions");
  await expectFocus(heading);

  await tabTo(page, field("What city were you born in?"));
  await page.keyboard.type("Montreal");
  await tabTo(page, choice("radio", "Debit"));
  await press("Space");
  await tabTo(page, choice("checkbox", "Chequing"));
  await press("Space");
  await tabTo(page, choice("checkbox", "Savings"));
  await press("Space");
  await tabTo(page, choice("radio", "•••-•••-0142"));
  await press("Space");
  await tabTo(page, choice("radio", "Text message"));
  await press("Space");
  await press("Enter");

  // The mistake takes the focus, its link leads to the question, and what was entered is still there.
  await alert.getByText("There is a problem").waitFor(polls);
  await expectFocus(alert);
  await tabTo(page, alert.getByRole("link"));
  await press("Enter");
  await expectFocus(choice("checkbox", "Picture 1"));
  expect(await field("What city were you born in?").inputValue()).toBe("Montreal");
  await tabTo(page, choice("checkbox", "Picture 2"));
  await press("Space");
  await tabTo(page, page.getByRole("button", { name: "Continue" }));
  await press("Enter");

  await field("Enter the code that you got.").waitFor(polls);
  await tabTo(page, field("Enter the code that you got."));
  await page.keyboard.type("123456");
  await tabTo(page, choice("radio", "Your first pet?"));
  await press("Space");
  await tabTo(page, field("Your answer"));
  await page.keyboard.type("Rex");
  await press("Enter");

  await page.getByRole("heading", { name: "Your accounts" }).waitFor(polls);
  await expect.poll(() => page.locator(".accounts li").count()).toBeGreaterThan(1);
  await tabTo(page, page.getByRole("button", { name: "Connect another account" }));
  await press("Enter");
  await expect.poll(() => stateOf(page)).toBe("connect");
});

it("keeps the session on the server", async () => {
  const page = await visit({ language: "fr", colorScheme: "light", width: 1280 });
  await connectAs(page, "greatday");
  await expect.poll(() => stateOf(page), polls).toBe("questions");
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: "session", httpOnly: true, sameSite: "Strict" });
  // A continuation is JSON in base64; pictures are not JSON.
  const content = await page.content();
  expect(content).not.toMatch(/continuation|eyJ/);
  expect(content).not.toContain(loginIds["greatday"]);
  expect(printed()).not.toContain("authorizeToken");
});

it("sends an answer once, although two clicks arrive together and another one late", async () => {
  const cookie = `${(await fetch(url)).headers.get("set-cookie")}`.replace(/;.*/, "");
  const get = async (path: string) => (await fetch(url + path, { headers: { cookie } })).text();
  const body = `https://flinks.example/?loginId=${loginIds["greatday"]}`;
  await fetch(`${url}/connected`, { method: "POST", headers: { cookie }, body, redirect: "manual" });
  const asks = () => expect.poll(() => get("/state"), polls).toBe('"questions"');
  await asks();
  // A third wrong answer would be refused for good.
  for (const city of ["one", "two"]) {
    const id = /name="id" value="(.*?)"/.exec(await get("/"))?.[1];
    const form = `id=${id}&text0=${city}&choice1=0&choice2=0&choice3=1&choice4=0&text4=Text`;
    const headers = { cookie, "content-length": form.length };
    const clicks = [1, 2].map(() => request(`${url}/answers`, { method: "POST", headers }));
    for (const click of clicks) click.flushHeaders();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const responses = clicks.map((click) => once(click.end(form), "response") as Promise<[IncomingMessage]>);
    for (const [response] of await Promise.all(responses)) expect(response.resume().statusCode).toBe(303);
    await asks();
    await fetch(`${url}/answers`, { method: "POST", headers: { cookie }, body: form, redirect: "manual" });
    await asks();
  }
});

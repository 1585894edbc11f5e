import type { Browser, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { startChromium } from "../e2e/chromium.ts";
import { installExample } from "./example.ts";

const example = await installExample("next");
// Builds first, which takes a while on a machine that does something else.
const { url, printed } = await example.start("sandbox");
const city = "What city were you born in?";
const polls = { timeout: 30_000 };

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  return () => browser.close();
});

it("asks, takes the answer, and streams the accounts", async () => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Get my accounts" }).click();
  const field = page.getByLabel(city);
  await field.waitFor(polls);
  await field.fill("Atlantis");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").getByText("Try again").waitFor(polls);
  // The continuation is JSON in base64.
  expect(await page.content()).not.toMatch(/continuation|eyJ/);
  await field.fill("Montreal");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("status").getByText("Getting your accounts…").waitFor(polls);
  await page.getByText("Chequing Account").waitFor(polls);
  await page.close();
});

it("does not answer the next question with a form that is late", async () => {
  const context = await browser.newContext();
  const [page, other] = [await context.newPage(), await context.newPage()];
  const answer = async (tab: Page, text: string) => {
    await tab.getByLabel(city).fill(text);
    await tab.getByRole("button", { name: "Continue" }).click();
  };
  await page.goto(url);
  await page.getByRole("button", { name: "Get my accounts" }).click();
  await page.getByLabel(city).waitFor(polls);
  await other.goto(url);
  await answer(page, "Atlantis");
  await page.getByRole("alert").getByText("Try again").waitFor(polls);
  await answer(other, "Avalon");
  await other.getByRole("alert").getByText("Try again").waitFor(polls);
  // A third wrong answer would be refused for good.
  await page.reload();
  await answer(page, "Utopia");
  await expect.poll(() => page.getByLabel(city).inputValue(), polls).toBe("");
  await answer(page, "Montreal");
  await page.getByText("Chequing Account").waitFor(polls);
  await context.close();
});

it("has the address of Flinks Connect for the page", async () => {
  const response = await fetch(`${url}/connect-url`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(JSON.parse(await response.text()).url).toMatch(/\/v2\/\?authorizeToken=/);
});

it("reads webhooks on the edge runtime, and refuses those with another signature", async () => {
  const { deliverWebhook } = createSandbox();
  const webhook = `${url}/webhooks/flinks`;
  expect(await deliverWebhook(webhook, { secret: "another" })).toBe(401);
  expect(await deliverWebhook(webhook, { secret: "whsec-of-the-sandbox" })).toBe(200);
  await expect.poll(printed).toContain("A webhook brought");
});

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

/** A browser, and a user at its keyboard. */
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

const { CHROMIUM_PATH = "/usr/bin/chromium" } = process.env;

// biome-ignore format: a list
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Starts Chromium. Its profile is a new folder, which is removed when the browser is closed. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM_PATH, args: flags });
}

/** Presses Tab until the focus is on the element. Fails if it never is. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const mostPresses = 30;
  for (let presses = 0; !(await hasFocus(target)); presses++) {
    if (presses === mostPresses) throw new Error(`Tab does not lead to ${target}.`);
    await page.keyboard.press("Tab");
  }
}

/** Waits until the element has the focus. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target)).toBe(true);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.matches(":focus"));
}

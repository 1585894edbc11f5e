/** A browser, a user at its keyboard, and what is wrong with a page for users who see little or use no mouse. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
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

/**
 * Tabs to the button and presses it with the space bar. Enter sends the form when the key goes down. If a frame then goes to
 * another site, Playwright waits for a keyup that never arrives.
 */
export async function pressButton(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press("Space");
}

/** Waits until the element has the focus. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target)).toBe(true);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.matches(":focus"));
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds, and whether the page is wider than the window.
 *
 * @param iframes whether axe looks into frames, too
 */
export async function problemsOf(page: Page, iframes = true): Promise<string[]> {
  await page.waitForLoadState(); // before that, its styles may be missing
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify({ runOnly, iframes })})`);
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  const isTooWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  return isTooWide ? [...found, "too wide"] : found;
}

/** The Connect page for users who see little or use no mouse, in a browser. */
import type { Browser, Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createFlinksClient } from "../../src/index.ts";
import { createSandbox, type SandboxQuestion } from "../../src/sandbox/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";
import { expectFocus, problemsOf, startChromium, tabTo } from "./chromium.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await startChromium();
  return () => browser.close();
});

/** Images of one pixel. */
const images = [
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "R0lGODlhAQABAPAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==",
] as const;

const round: SandboxQuestion[] = [
  { Type: "QuestionAndAnswer", Prompt: "Where were you born?", answer: "Montreal" },
  { Type: "MultipleChoice", Prompt: "Which card?", Iterables: ["Debit", "Credit"], answer: "Credit" },
  {
    Type: "MultipleChoiceMultipleAnswers",
    Prompt: "Which accounts?",
    Iterables: ["Chequing", "Savings", "Loan"],
    answer: ["Chequing", "Savings"],
  },
  { Type: "ImageSelection", Prompt: "Which image?", Iterables: images, answer: images[1] },
  { Type: "TextOrCall", Prompt: "Where can we reach you?", Iterables: ["•••-0142", "•••-0117"], answer: "Text" },
  { Type: "QuestionAndAnswer", Prompt: "A new question", Iterables: ["First pet?", "First car?"], answer: "Rex" },
];

/** The Connect page in a narrow window: 320 CSS pixels is what WCAG 2.2 asks for (1.4.10, Reflow). */
async function visit(language: "en" | "fr", colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const server = await createSandboxServer({ sandbox: createSandbox({ rounds: [round] }) });
  const flinks = createFlinksClient({ ...server.options });
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, colorScheme });
  onTestFinished(() => Promise.all([page.close(), server.close()]).then(() => {}));
  await page.goto(await flinks.createConnectUrl({ language, accountSelectorEnable: true }));
  return page;
}

/** Sends the form, with a mouse. */
async function send(page: Page, entered: Record<string, string> = {}): Promise<void> {
  for (const [name, text] of Object.entries(entered)) await page.locator(`[name=${name}]`).fill(text);
  await page.locator("button").click();
}

describe("the Connect page", () => {
  it.each([
    ["en", "light"],
    ["fr", "dark"],
  ] as const)("has no problem that axe finds, in %s and %s", async (language, colorScheme) => {
    const seen: Record<string, string[]> = {};
    const look = async (page: Page) => {
      seen[await page.title()] = await problemsOf(page);
    };
    const asked = await visit(language, colorScheme);
    await asked.locator("summary").click();
    await look(asked);
    await send(asked);
    await look(asked);
    await send(asked, { username: "Greatday", password: "Everyday" });
    await look(asked);
    await send(asked);
    await look(asked);
    const chooses = await visit(language, colorScheme);
    await send(chooses, { username: "greatday_nomfa", password: "Everyday" });
    await look(chooses);
    await chooses.locator("#account").check();
    await send(chooses);
    await chooses.waitForURL("**/v2/connected?**");
    await look(chooses);
    // Without a token.
    await chooses.goto(new URL("/v2/", chooses.url()).href);
    await look(chooses);

    const titles = Object.keys(seen);
    expect(titles).toHaveLength(7);
    expect(seen).toEqual(Object.fromEntries(titles.map((title) => [title, []])));
  });

  it("leads to the end by keyboard alone, past mistakes", async () => {
    const page = await visit("en");
    const { keyboard } = page;
    const alert = page.getByRole("alert");
    const heading = page.getByRole("heading", { level: 1 });
    const field = (name: string) => page.getByRole("textbox", { name });
    const choice = (role: "radio" | "checkbox", name: string) => page.getByRole(role, { name, exact: true });
    const press = (key: string) => keyboard.press(key);

    // A mistake takes the focus, and its link leads to the field.
    await tabTo(page, field("Username"));
    await press("Enter");
    await alert.getByText("Username – required").waitFor();
    await expectFocus(alert);
    await tabTo(page, alert.getByRole("link", { name: "Password" }));
    await press("Enter");
    await expectFocus(field("Password"));
    await keyboard.type("Everyday");
    await press("Shift+Tab");
    await expectFocus(field("Username"));
    await keyboard.type("Greatday");
    await press("Enter");

    await heading.getByText("Answer the security questions").waitFor();
    await expectFocus(heading);
    await tabTo(page, field("Where were you born?"));
    await keyboard.type("Montreal");
    await tabTo(page, choice("radio", "Debit"));
    await press("ArrowDown");
    await tabTo(page, choice("checkbox", "Chequing"));
    await press("Space");
    await tabTo(page, choice("checkbox", "Savings"));
    await press("Space");
    await tabTo(page, choice("checkbox", "Image 1"));
    await press("Space");
    await tabTo(page, choice("radio", "•••-0142"));
    await press("Space");
    await tabTo(page, choice("radio", "Text message"));
    await press("Space");
    await tabTo(page, choice("radio", "First pet?"));
    await press("ArrowDown");
    await tabTo(page, field("Your answer"));
    await keyboard.type("Rex");
    await press("Enter");

    // The wrong image. What was chosen stays.
    await alert.getByText("The answer is wrong. Try again.").waitFor();
    await expectFocus(alert);
    await tabTo(page, choice("checkbox", "Image 1"));
    await press("Space");
    await tabTo(page, choice("checkbox", "Image 2"));
    await press("Space");
    await tabTo(page, page.getByRole("button", { name: "Continue" }));
    await press("Enter");

    await heading.getByText("Choose an account").waitFor();
    await expectFocus(heading);
    await tabTo(page, page.getByRole("radio").first());
    await press("Space");
    await tabTo(page, page.getByRole("button", { name: "Continue" }));
    await press("Space");
    await page.waitForURL(/\/v2\/connected\?.*loginId=.*accountId=/);
    expect(await heading.textContent()).toBe("You are connected");
  });
});

/** The site that `npm run docs` makes: complete, without a dead link, and of one piece. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { startChromium } from "./chromium.ts";

let site: string;
let pages: string[];
let browser: Browser;

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), "flinks-client-site-"));
  await promisify(execFile)("npm", ["run", "docs", "--", "--out", site]);
  pages = (await readdir(site, { recursive: true })).filter((name) => name.endsWith(".html"));
  browser = await startChromium();
  return async () => {
    await browser.close();
    await rm(site, { recursive: true });
  };
}, 120_000);

const read = (page: string) => readFile(join(site, page), "utf8");

it("has every guide, and every name that the main entry exports", async () => {
  const index = await read("modules/flinks-client.html");
  const exported = (await readFile("src/index.ts", "utf8")).replace(/\/\*\*[\s\S]*?\*\/|from "[^"]*"/g, "");
  const names = exported.match(/\b\w+(?=[,\s]*(?:,|\}))/g) ?? [];
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) expect(index).toContain(`>${name}<`.replace(/(?<=[a-z])(?=[A-Z])/g, "<wbr/>"));
  const guides = (await readdir("docs")).filter((name) => name !== "regenerating.md");
  for (const guide of guides) await stat(join(site, "docs", guide));
});

it("has no dead link", async () => {
  const ids = new Map<string, Set<string>>();
  const idsOf = async (page: string) => {
    if (!ids.has(page))
      ids.set(page, new Set([...(await read(page)).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id as string)));
    return ids.get(page) as Set<string>;
  };
  const dead: string[] = [];
  let links = 0;
  for (const page of pages) {
    for (const [, address = ""] of (await read(page)).matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^(?:https:|data:)/.test(address)) continue;
      links++;
      const [path = "", id] = decodeURI(address.replaceAll("&amp;", "&")).split("#");
      const target = path === "" ? page : normalize(join(dirname(page), path.replace(/\?.*$/, "")));
      const exists = await stat(join(site, target)).then(
        () => true,
        () => false,
      );
      if (!exists) dead.push(`${page}: ${address}`);
      else if (id && target.endsWith(".html") && !(await idsOf(target)).has(id)) dead.push(`${page}: ${address}`);
    }
  }
  expect(links).toBeGreaterThan(1_000);
  expect(dead).toEqual([]);
});

it("finds a method by its search box, without a request to anybody", async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(join(site, "index.html")).href);
  await page.locator("#tsd-search-trigger").click();
  await page.locator("#tsd-search-input").fill("waitForAccountsDetail");
  const found = page.locator("#tsd-search-results li").filter({ hasText: "waitForAccountsDetail" });
  await found.first().waitFor();
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
  await page.close();
});

it("is for assistants, too", async () => {
  const index = await read("llms.txt");
  expect(index).toMatch(/^# flinks-client\n\n> .+\n/);
  const links = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) await stat(join(site, link));
  const full = await read("llms-full.txt");
  for (const text of ["# MFA", "# Waiting", "interface FlinksClient ", "class FlinksApiError"])
    expect(full).toContain(text);
});

/** A user in front of the sandbox server's Connect page, by HTTP. */
import { expect, onTestFinished } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";
import { startSandbox } from "./raw-sandbox.ts";

/** A page as a browser would have it: what is told, and what its form would send. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly title: string;
  /** What stands in the list of problems, each with the field that it links to. */
  readonly problems: string[];
  /** Names, types and values of the form's inputs. */
  readonly inputs: { readonly name: string; readonly type: string; readonly value: string }[];
}

export async function readPage(response: Response): Promise<Page> {
  const html = await response.text();
  const [, list = ""] = /<div class="problems"[^>]*>(.*?)<\/div>/s.exec(html) ?? [];
  const items = [...list.matchAll(/<li>(?:<a href="#([\w-]+)">)?(.*?)(?:<\/a>)?<\/li>/g)];
  const inputs = [...html.matchAll(/<input\s([^>]*)>/g)].map(([, attributes = ""]) => {
    const attribute = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    return { name: attribute("name"), type: attribute("type"), value: attribute("value") };
  });
  return {
    status: response.status,
    headers: response.headers,
    html,
    title: decode(/<title>(.*)<\/title>/.exec(html)?.[1] ?? ""),
    problems: items.map(([, field = "", text = ""]) => `${field && `${field}: `}${decode(text)}`),
    inputs,
  };
}

function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** A server, and a user in front of its Connect page. */
export async function startConnect(options: SandboxOptions = {}) {
  const started = startSandbox(options);
  const server = await createSandboxServer({ sandbox: started.sandbox });
  onTestFinished(() => server.close());
  const visit = async (parameters: Record<string, string> = {}, token?: string) => {
    const query = new URLSearchParams({ authorizeToken: token ?? (await started.mint()), ...parameters });
    return readPage(await fetch(`${server.options.connectUrl}?${query}`));
  };
  /** Sends the page's form with what the user enters: a list for check boxes. */
  const send = async (page: Page, entered: Record<string, string | string[]> = {}) => {
    const hidden = page.inputs.filter(({ type }) => type === "hidden").map(({ name, value }) => [name, value]);
    const filled = Object.entries(entered).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
    const body = new URLSearchParams([...hidden, ...filled] as [string, string][]);
    return readPage(await fetch(server.options.connectUrl, { method: "POST", body }));
  };
  const login = async (username = "greatday_nomfa", parameters: Record<string, string> = {}) =>
    send(await visit(parameters), { username, password: "Everyday" });
  return { ...started, server, visit, send, login };
}

/** Where the last page leads. Fails the test if it is another one. */
export function redirectOf({ html }: Page): URL {
  const [, institution, url] = /<p data-institution="([^"]*)" data-redirect-url="([^"]*)">/.exec(html) ?? [];
  expect(institution).toBe("FlinksCapital");
  expect(html).toContain(`<a href="${url}">`);
  return new URL(decode(url as string));
}

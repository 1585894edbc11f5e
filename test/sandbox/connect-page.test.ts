import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { startConnect } from "../helpers/connect-page.ts";

describe("for everybody", () => {
  it.each([
    ["en", "en", "Sign in to FlinksCapital", "Username"],
    ["fr", "fr", "Connexion à FlinksCapital", "Nom d’utilisateur"],
    ["de", "en", "Sign in to FlinksCapital", "Username"],
  ])("speaks by language=%s", async (language, spoken, title, label) => {
    const { visit, send } = await startConnect();
    const page = await visit({ language });
    expect(page.title).toBe(title);
    expect(page.html).toContain(`<html lang="${spoken}">`);
    expect(page.html).toContain(`>${label}</label>`);
    expect((await send(page)).problems[0]).toContain(label);
  });

  it("labels every input, groups choices, and ties errors to their fields", async () => {
    const { visit, login, send } = await startConnect({
      rounds: [[{ Type: "MultipleChoice", Prompt: "Which?", Iterables: ["a", "b"], answer: "b" }]],
    });
    const page = await send(await visit());
    for (const id of ["username", "password"]) {
      expect(page.html).toContain(`<label for="${id}">`);
      expect(page.html).toMatch(
        new RegExp(`<input id="${id}"[^>]* required aria-invalid="true" aria-describedby="${id}-error">`),
      );
      expect(page.html).toContain(`<p class="error" id="${id}-error">`);
    }
    const asked = await send(await login("Greatday"));
    expect(asked.html).toContain('<fieldset aria-describedby="q0-error">\n<legend>Which?</legend>');
    expect(asked.html).toMatch(/<label class="choice"><input id="q0" name="q0" type="radio"\nvalue="0"> a<\/label>/);
    const ids = [...asked.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives the focus to errors, or to the title of a new page, and takes it from nobody at first", async () => {
    const { visit, send } = await startConnect();
    const first = await visit();
    expect(first.html).not.toContain("data-focus");
    const wrong = await send(first);
    expect(wrong.html.match(/<div class="problems" role="alert" tabindex="-1" data-focus>/g)).toHaveLength(1);
    expect(wrong.html.match(/data-focus/g)).toHaveLength(1);
    const asked = await send(first, { username: "Greatday", password: "Everyday" });
    expect(asked.html).toContain('<h1 tabindex="-1" data-focus>Answer the security questions</h1>');
  });
});

describe("the script", () => {
  /** Runs it as a browser would: on a page with these elements, in a frame or not. */
  async function run(elements: Record<string, object>, isFramed: boolean) {
    const { server } = await startConnect();
    const code = await (await fetch(`${server.url}/v2/connect.js`)).text();
    const [postMessage, replace] = [vi.fn(), vi.fn()];
    const window: Record<string, unknown> = { location: { replace }, postMessage };
    window["parent"] = isFramed ? { postMessage } : window;
    const document = { querySelector: (selector: string) => elements[selector] ?? null };
    runInNewContext(code, { window, document });
    return { postMessage, replace };
  }
  const url = "https://app.example/done?loginId=a";
  const done = { "[data-redirect-url]": { dataset: { institution: "FlinksCapital", redirectUrl: url } } };

  it("tells the page around it where it goes, and goes there", async () => {
    const { postMessage, replace } = await run(done, true);
    expect(postMessage.mock.calls).toEqual([[{ step: "REDIRECT", institution: "FlinksCapital", url }, "*"]]);
    expect(replace.mock.calls).toEqual([[url]]);
    expect(postMessage.mock.invocationCallOrder[0]).toBeLessThan(replace.mock.invocationCallOrder[0] as number);
  });

  it("tells nobody if there is no page around it", async () => {
    const { postMessage, replace } = await run(done, false);
    expect(postMessage).not.toHaveBeenCalled();
    expect(replace.mock.calls).toEqual([[url]]);
  });

  it("moves the focus on other pages, and goes nowhere", async () => {
    const focus = vi.fn();
    const { postMessage, replace } = await run({ "[data-focus]": { focus } }, true);
    expect(focus).toHaveBeenCalledOnce();
    expect([postMessage.mock.calls, replace.mock.calls]).toEqual([[], []]);
  });
});

describe("what surrounds the page", () => {
  it("may be framed, loads nothing from elsewhere, and has no code of its own", async () => {
    const { visit, login, server } = await startConnect();
    for (const page of [await visit(), await login(), await visit({}, "unknown")]) {
      expect(page.headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors *",
      );
      expect(page.headers.get("x-frame-options")).toBeNull();
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(page.html).not.toMatch(/<script(?! src="\/v2\/connect\.js"><)|<style|\son\w+=|\sstyle=/);
      for (const [, address] of page.html.matchAll(/(?:src|action)="([^"]+)"|<link[^>]* href="([^"]+)"/g)) {
        expect(address ?? "/v2/").toMatch(/^\/v2\//);
      }
    }
    const files = await Promise.all(["connect.css", "connect.js"].map((name) => fetch(`${server.url}/v2/${name}`)));
    expect(files.map(({ headers }) => headers.get("content-type"))).toEqual([
      "text/css; charset=utf-8",
      "text/javascript; charset=utf-8",
    ]);
    for (const file of files) expect(await file.text()).not.toMatch(/https?:|\/\//);
  });

  it("shows what the URL and the form bring as text", async () => {
    const { visit, send } = await startConnect();
    const evil = `"><script>alert(1)</script>'`;
    const page = await send(await visit({ language: evil, redirectUrl: `https://a.example/${evil}` }), {
      username: evil,
      password: "x",
    });
    expect(page.html).not.toContain("<script>alert");
    expect(page.inputs.find(({ name }) => name === "username")?.value).toBe(
      "&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#39;",
    );
  });

  it("answers other addresses and methods with 404", async () => {
    const { server } = await startConnect();
    for (const [method, path] of [
      ["GET", "/v2/other"],
      ["DELETE", "/v2/"],
      ["POST", "/v2/connect.css"],
    ] as const) {
      expect((await fetch(server.url + path, { method })).status).toBe(404);
    }
  });
});

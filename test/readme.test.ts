/** The README's code runs, and says what it says it does. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { withTable } from "../scripts/runtimes/catalogue.ts";
import { createFlinksClient, FlinksApiError, flinksCodes } from "../src/index.ts";
import { createSandbox } from "../src/sandbox/index.ts";

const readme = await readFile("README.md", "utf8");
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);

/** The README's one block that has this text in it. */
function blockWith(text: string): string {
  const [block, ...others] = blocks.filter((code) => code.includes(text));
  if (block === undefined || others.length > 0) throw new Error(`one block with ${text} was expected`);
  return block;
}

/** Runs a block with what it imports or takes for granted. Gives what it returns, or its `outcome`. */
async function run(block: string, given: object = {}): Promise<unknown> {
  const names = { createFlinksClient, createSandbox, FlinksApiError, ...given };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const body = `${block.replace(/^import .*$/gm, "")}\nreturn typeof outcome === "undefined" ? undefined : outcome;`;
  return new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
}

function recordingConsole() {
  const lines: string[] = [];
  return { lines, console: { log: (...line: unknown[]) => lines.push(line.join(" ")) } };
}

const city = "What city were you born in?";
const sandbox = createSandbox({ random: () => 0 });
const flinks = createFlinksClient({ ...sandbox.options });

describe("README", () => {
  it("the first lines, but for the instance", async () => {
    const { lines, console } = recordingConsole();
    const instead = () => flinks;
    const given = { createFlinksClient: instead, loginId: sandbox.loginIds.greatday, console };
    const askUser = () => ({ [city]: "Montreal" });
    await run(blockWith("process.env.FLINKS_SECRET_KEY"), { ...given, askUser });
    expect(lines).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);
  });

  it("the ten lines", async () => {
    const { lines, console } = recordingConsole();
    const block = blockWith('() => ({ "What city were you born in?": "Montreal" })');
    await run(block, { console });
    expect(lines).toEqual([expect.stringMatching(/^authorized [\da-f-]{36}$/)]);
    expect(block.trim().split("\n").length).toBeLessThanOrEqual(11);
  });

  it.each([
    ["greatday_nomfa", /^[\da-f-]{36}$/],
    ["greatday", /^asked$/],
    ["test_pending", /^later$/],
  ] as const)("the switch, for %s", async (user, returned) => {
    const given = { flinks, ask: () => "asked", pollLater: () => "later", loginId: sandbox.loginIds[user] };
    expect(await run(blockWith("switch (outcome.status)"), given)).toMatch(returned);
  });

  it("MFA over two requests", async () => {
    const stored = new Map<string, string>();
    const store = {
      put: async (id: string, text: string) => stored.set(id, text),
      get: async (id: string) => stored.get(id),
    };
    const [first, later] = blockWith("store.put").split("// later") as [string, string];
    const shown = await run(first, {
      flinks,
      store,
      show: (all: unknown) => all,
      loginId: sandbox.loginIds.greatday,
    });
    expect(shown).toEqual([{ prompt: city, type: "QuestionAndAnswer", choices: [] }]);
    const [requestId] = stored.keys();
    const given = { flinks, store, requestId, prompt: city, answer: "Montreal" };
    expect(await run(`// ${later}\nreturn next;`, given)).toMatchObject({ status: "authorized", requestId });
  });

  it("the error, message and all", async () => {
    const { lines, console } = recordingConsole();
    const request = { Institution: "FlinksCapital", Username: "Greatday", Password: "wrong" };
    const block = blockWith("catch (error)");
    await run(block, { flinks, request, console });
    const told = [...block.matchAll(/^ +\/\/ (.*)$/gm)].map(([, line]) => line).join(" ");
    expect(told).toBe(lines.join(" "));
  });

  it("a token service", async () => {
    const given = { instance: "toolbox", customerId: "c", tokenService: { mint: () => "t" } };
    await run(blockWith("tokenService.mint()"), given);
  });

  it("the clock that is turned", async () => {
    const later = 'return flinks.answerChallenge(outcome, { "What city were you born in?": "Montreal" });';
    const late = run(blockWith("let time = Date.now();") + later);
    await expect(late).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("has no other code", () => {
    expect(blocks).toHaveLength(7);
  });

  it("names codes that there are", () => {
    for (const [, code] of readme.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) {
      expect(Object.keys(flinksCodes)).toContain(code);
    }
  });

  it("has the table of runtimes that `npm run test:runtimes -- --write` writes", () => {
    expect(readme).toBe(withTable(readme));
  });

  it("has its two commands in package.json", async () => {
    const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
    const commands = [...readme.matchAll(/`npm ci && npm (?:run )?(\w+)`/g)].map(
      ([, name]) => name as string,
    );
    expect(commands).toEqual(["demo", "test"]);
    for (const command of commands) expect(scripts).toHaveProperty(command);
  });
});

/** The code of the README and of some guides runs, and does what it says. */
import { readdir, readFile } from "node:fs/promises";
import { transform } from "esbuild";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { withTable } from "../scripts/runtimes/catalogue.ts";
import {
  createFlinksClient,
  FlinksApiError,
  FlinksError,
  flinksCodes,
  type MfaAnswers,
  type MfaQuestion,
  type MfaRequiredOutcome,
} from "../src/index.ts";
import { createSandbox, type SandboxQuestion } from "../src/sandbox/index.ts";
import { createSandboxServer } from "../src/sandbox/server/index.ts";
import { connectOrigin } from "../src/wrappers/connect.ts";
import { createErrors } from "./helpers/examples.ts";
import { blockIn, run } from "./helpers/guides.ts";

const readme = await readFile("README.md", "utf8");
const testing = await readFile("docs/testing.md", "utf8");
const started = await readFile("docs/getting-started.md", "utf8");
const errors = await readFile("docs/handling-errors.md", "utf8");
const mfa = await readFile("docs/mfa.md", "utf8");

const blockWith = (text: string, page = readme) => blockIn(page, text);

function recordingConsole() {
  const lines: string[] = [];
  return { lines, console: { log: (...line: unknown[]) => lines.push(line.join(" ")) } };
}

const city = "What city were you born in?";
const sandbox = createSandbox({ random: () => 0, pendingMs: 0 });
const flinks = createFlinksClient({ ...sandbox.options });

describe("README", () => {
  it("gets from Connect to accounts on its first screen", async () => {
    const given = {
      createFlinksClient: () => flinks,
      loginId: sandbox.loginIds.greatday_nomfa,
      askUser: () => ({ [city]: "Montreal" }),
    };
    const block = blockWith("process.env.FLINKS_SECRET_KEY");
    expect(await run(block, given, "Accounts")).toEqual(
      expect.arrayContaining([expect.objectContaining({ Currency: "CAD" })]),
    );
    expect(readme.indexOf("waitForAccountsDetail")).toBeLessThan(readme.split("\n").slice(0, 45).join("\n").length);
  });

  it("prints balances without a key", async () => {
    const { lines, console } = recordingConsole();
    await run(blockWith("const sandbox = createSandbox();"), { console });
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^[\w -]+ -?\d+(?:\.\d+)?$/);
  });

  it("switches on what a session can be", async () => {
    const block = blockWith("switch (outcome.status)");
    const given = { flinks, ask: () => "asked" };
    expect(await run(block, { ...given, loginId: sandbox.loginIds.greatday_nomfa })).toHaveProperty("Accounts");
    expect(await run(block, { ...given, loginId: sandbox.loginIds.greatday })).toBe("asked");
  });

  it("answers MFA over two requests", async () => {
    const stored = new Map<string, string>();
    const store = {
      put: async (id: string, text: string) => stored.set(id, text),
      take: async (id: string) => stored.get(id),
    };
    const [first, later] = blockWith("store.put").split("// later") as [string, string];
    const show = (questions: unknown) => questions;
    const shown = await run(first, { flinks, store, show, loginId: sandbox.loginIds.greatday });
    expect(shown).toEqual([{ prompt: city, type: "QuestionAndAnswer", choices: [], answerUnder: "prompt" }]);
    const [requestId] = stored.keys();
    const given = { flinks, store, requestId, prompt: city, answer: "Montreal" };
    expect(await run(`// ${later}`, given, "next")).toMatchObject({ status: "authorized", requestId });
  });

  it("shows the error as it is printed", async () => {
    const { lines, console } = recordingConsole();
    const request = { Institution: "FlinksCapital", Username: "Greatday", Password: "wrong" };
    const block = blockWith("catch (error)");
    await run(block, { flinks, request, console });
    const shown = [...block.matchAll(/^ +\/\/ (.*)$/gm)].map(([, line]) => line).join(" ");
    expect(shown).toBe(lines.join(" "));
  });

  it("has at most 150 lines", () => {
    expect(readme.trim().split("\n").length).toBeLessThanOrEqual(150);
  });

  it("names codes that exist", () => {
    for (const [, code] of readme.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) {
      if (!code?.startsWith("FLINKS_")) expect(Object.keys(flinksCodes)).toContain(code);
    }
  });

  it("links to files that exist", async () => {
    const guides = (await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
    for (const page of ["README.md", ...guides]) {
      const text = await readFile(page, "utf8");
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        await readFile(new URL(target, new URL(page, `file://${process.cwd()}/`)));
      }
    }
  });

  it("has the table of runtimes that `npm run test:runtimes -- --write` writes", () => {
    expect(readme).toBe(withTable(readme));
  });

  it("has its two commands in package.json", async () => {
    const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
    const commands = [...readme.matchAll(/`npm ci && npm (?:run )?(\w+)`/g)].map(([, name]) => name as string);
    expect(commands).toEqual(["demo", "test"]);
    for (const command of commands) expect(scripts).toHaveProperty(command);
  });
});

describe("docs/testing.md", () => {
  it("answers the first question", async () => {
    expect(await run(blockWith("random: () => 0", testing), {}, "outcome")).toMatchObject({ status: "authorized" });
  });

  it("turns the clock", async () => {
    const late = run(
      blockWith("let time", testing),
      {},
      `flinks.answerChallenge(outcome, { [outcome.challenge.questions[0].prompt]: "Montreal" })`,
    );
    await expect(late).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  });

  it("asks other questions", async () => {
    const asked = (await run(blockWith("rounds:", testing), {}, "sandbox")) as typeof sandbox;
    const outcome = await createFlinksClient({ ...asked.options }).authorizeWithMfa(
      { LoginId: asked.loginIds.greatday },
      ({ questions: [question] }) =>
        question?.type === "TextOrCall" ? { "•••-0142": "Text" } : { "Enter the code.": "123456" },
    );
    expect(outcome.status).toBe("authorized");
  });

  it("makes requests fail", async () => {
    const failing = (await run(blockWith("faults:", testing), {}, "sandbox")) as typeof sandbox;
    const client = createFlinksClient({ ...failing.options, retry: false });
    const call = client.authorize({ LoginId: failing.loginIds.greatday_nomfa });
    await expect(call).rejects.toMatchObject({ name: "FlinksConnectionError" });
  });

  it("serves over HTTP", async () => {
    const block = blockWith("createSandboxServer", testing).replace(
      "// …",
      "const token = await flinks.generateAuthorizeToken();",
    );
    expect(await run(block, {}, "token")).toMatch(/^[\da-f-]{36}$/);
  });
});

describe("docs/handling-errors.md", () => {
  const rowsOf = (title: string) =>
    [
      ...(new RegExp(`^\\| ${title} \\|[\\s\\S]*?\\n\\n`, "m").exec(errors)?.[0] ?? "").matchAll(/^\| `(\w+)` \|/gm),
    ].map(([, name]) => name);

  it("has every class", async () => {
    const classes = Object.keys(await import("../src/index.ts")).filter((name) => /^Flinks\w+Error$/.test(name));
    expect(rowsOf("class").sort()).toEqual(classes.sort());
  });

  it("has every action", () => {
    const actions = new Set(Object.values(flinksCodes).map(({ action }) => action));
    // For codes that are not known.
    actions.add("contact_support");
    expect(rowsOf("`action`").slice(1).sort()).toEqual([...actions].sort());
  });

  it("does what the action says", async () => {
    const given = { flinks, show: (text: string) => text, connectAgain: () => "again" };
    const block = blockWith("switch (error.action)", errors);
    const outcomeOf = (loginId: string) => run(block, { ...given, loginId });
    expect(await outcomeOf(sandbox.loginIds.test_disabled_account)).toContain("on its own site");
    expect(await outcomeOf("5602459c-f6d0-4ca0-6750-000000000000")).toBe("again");
  });
});

describe("toUserMessage in docs/handling-errors.md", async () => {
  const { code } = await transform(blockIn(errors, "// to-user-message.ts").replaceAll(/^export /gm, ""), {
    loader: "ts",
  });
  const toUserMessage = (await run(code, { FlinksError }, "toUserMessage")) as (error: unknown) => {
    status: number;
    text: string;
  };

  it("has a status for an error of each class", async () => {
    const found = (await createErrors()).map((error) => [error.name, toUserMessage(error).status]);
    expect(Object.fromEntries(found)).toEqual({
      FlinksResponseError: 502,
      FlinksConnectionError: 503,
      FlinksTimeoutError: 504,
      FlinksApiError: 422,
      FlinksUsageError: 500,
      FlinksMfaError: 409,
      FlinksPendingError: 202,
      FlinksWebhookError: 401,
    });
    expect(toUserMessage(new TypeError("a bug"))).toMatchObject({ status: 500 });
  });

  it("has a sentence for every code of the API, which says nothing that is not so", () => {
    const said = (code: keyof typeof flinksCodes) => {
      const facts = { code, status: 400, headers: {}, ...flinksCodes[code] };
      return toUserMessage(new FlinksApiError("refused", facts)).text;
    };
    for (const code of Object.keys(flinksCodes)) expect(said(code as keyof typeof flinksCodes), code).not.toBe("");
    expect(said("INVALID_PASSWORD")).toBe("Please connect your account again.");
    expect(said("TOO_MANY_REQUESTS")).toContain("in a minute");
    expect(said("NO_TRANSACTION")).toContain("no transactions");
    expect(said("DISABLED_INSTITUTION")).toContain("later");
  });

  it("asks for answers that are missing", async () => {
    const asked = (await flinks.authorize({ LoginId: sandbox.loginIds.greatday })) as MfaRequiredOutcome;
    const error = await flinks.answerChallenge(asked, {}).catch((error: unknown) => error);
    expect(toUserMessage(error)).toEqual({ status: 422, text: "Please answer every question." });
  });
});

describe("docs/getting-started.md", () => {
  it("prints balances offline", async () => {
    const { lines, console } = recordingConsole();
    await run(blockWith("greatday_nomfa", started), { console });
    expect(lines.length).toBeGreaterThan(1);
  });

  it("answers the test institution", async () => {
    const given = { createFlinksClient: () => flinks, readAnswer: () => "Montreal" };
    expect(await run(blockWith("FlinksCapital", started), given, "outcome")).toMatchObject({ status: "authorized" });
  });

  describe("a client by environment", () => {
    const names = ["BASE_URL", "CONNECT_URL", "INSTANCE", "CUSTOMER_ID", "SECRET_KEY", "API_KEY"];

    async function configured(variables: Readonly<Record<string, string>>) {
      onTestFinished(() => void vi.unstubAllEnvs());
      for (const name of names) vi.stubEnv(`FLINKS_${name}`, variables[name]);
      const block = blockWith("getConnectOrigin", started).replaceAll(/^export /gm, "");
      const { code } = await transform(block, { loader: "ts" });
      return (await run(code, { connectOrigin }, "{ flinks: getFlinks(), origin: getConnectOrigin() }")) as {
        flinks: typeof flinks;
        origin: string;
      };
    }

    it("is one of the sandbox that `flinks-client sandbox` serves", async () => {
      const server = await createSandboxServer();
      onTestFinished(() => server.close());
      const { baseUrl, connectUrl, customerId, secretKey, apiKey } = server.options;
      const keys = { CUSTOMER_ID: customerId, SECRET_KEY: secretKey, API_KEY: apiKey };
      const { flinks, origin } = await configured({ BASE_URL: baseUrl, CONNECT_URL: connectUrl, ...keys });
      const url = await flinks.createConnectUrl({});
      expect([origin, new URL(url).origin]).toEqual([server.url, server.url]);
    });

    it("is one of an instance", async () => {
      const { origin } = await configured({ INSTANCE: "acme-ca", CUSTOMER_ID: "id", SECRET_KEY: "key" });
      expect(origin).toBe("https://acme-ca-iframe.private.fin.ag");
    });
  });
});

describe("docs/mfa.md", () => {
  const image = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const rounds: SandboxQuestion[][] = [
    [
      { Type: "QuestionAndAnswer", Prompt: "City?", answer: "Montreal" },
      { Type: "QuestionAndAnswer", Prompt: "New question", Iterables: ["First pet?", "First car?"], answer: "Rex" },
      { Type: "MultipleChoice", Prompt: "Card?", Iterables: ["Debit", "Credit"], answer: "Debit" },
      {
        Type: "MultipleChoiceMultipleAnswers",
        Prompt: "Accounts?",
        Iterables: ["Chequing", "Savings", "Loan"],
        answer: ["Chequing", "Savings"],
      },
      { Type: "ImageSelection", Prompt: "__proto__", Iterables: [image], answer: image },
      { Type: "TextOrCall", Prompt: "Where?", Iterables: ["•••-0142", "•••-0117"], answer: "Text" },
    ],
  ];

  it("has a function that makes answers of a form, for every type", async () => {
    const asked = createSandbox({ rounds });
    const client = createFlinksClient({ ...asked.options });
    const block = blockWith("export function readAnswers", mfa).replace("export function", "function");
    const { code } = await transform(block, { loader: "ts" });
    const readAnswers = (await run(code, {}, "readAnswers")) as (
      questions: MfaQuestion[],
      form: FormData,
    ) => MfaAnswers;
    const form = new FormData();
    const entered = ["text0=Montreal", "choice1=0", "text1=Rex", "choice2=0", "choice3=0", "choice3=1", "choice4=0"];
    for (const field of [...entered, "choice5=1", "text5=Text"]) form.append(...(field.split("=") as [string, string]));
    const outcome = await client.authorizeWithMfa({ LoginId: asked.loginIds.greatday }, ({ questions }) =>
      readAnswers(questions, form),
    );
    expect(outcome.status).toBe("authorized");
  });

  it("gets a choice and its answer of every type on the screen", async () => {
    const asked = createSandbox({ rounds });
    const outcome = await createFlinksClient({ ...asked.options }).authorize({ LoginId: asked.loginIds.greatday });
    const { questions } = (outcome as MfaRequiredOutcome).challenge;
    for (const { type, answerUnder } of questions) {
      const rows = mfa.split("\n").filter((line) => line.startsWith(`| \`${type}\``));
      expect(rows.length, type).toBeGreaterThan(0);
      if (answerUnder === "choice") expect(rows.join()).toContain('answerUnder: "choice"');
    }
  });
});

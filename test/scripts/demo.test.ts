import { execFile } from "node:child_process";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { runLive } from "../../scripts/demo/live.ts";
import { openTerminal } from "../../scripts/demo/terminal.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { requestId } from "../helpers/client.ts";
import { listenForSandbox, startServer, startServerWith } from "../helpers/http-server.ts";

function run(...flags: string[]) {
  const tsx = "node_modules/tsx/dist/cli.mjs";
  const { FLINKS_INSTANCE: _, ...env } = process.env;
  return promisify(execFile)(process.execPath, [tsx, "scripts/demo.ts", ...flags], { env });
}

describe("npm run demo", () => {
  it("prints every step of the transcript", async () => {
    const { stdout, stderr } = await run();
    expect(stderr).toBe("");
    const steps = stdout.split("\n# ").slice(1);
    expect(steps.map((step) => step.split("\n")[0])).toEqual([
      expect.stringContaining("A cached session"),
      expect.stringContaining("A live session"),
      expect.stringContaining("A wrong answer"),
      expect.stringContaining("in the background"),
      expect.stringContaining("the user mends"),
      expect.stringContaining("time mends"),
      expect.stringContaining("another client"),
    ]);
    const [cached, live, wrong, pending, credentials, institution, other] = steps;
    for (const step of [cached, live, wrong, other])
      expect(step).toMatch(/ {2}authorized requestId [\da-f-]{36}/);
    expect(live).toMatch(/round 1 .*\?[\s\S]*answer/);
    expect(wrong).toMatch(/Atlantis[\s\S]*rejected +INVALID_SECURITY_RESPONSE[\s\S]*round 2/);
    expect(pending).toContain("OPERATION_DISPATCHED");
    expect(credentials).toContain("action reenter_credentials");
    expect(institution).toContain("action retry_later");
    expect(stdout).not.toMatch(/Yesterday|Everyday|flinks_mfa/);
  });

  it("--help explains it, and --live names what is missing", async () => {
    expect((await run("--help")).stdout).toMatch(/^Usage: npm run demo/);
    expect(await run("--live").catch((error) => error)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("FLINKS_INSTANCE, FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY must be set"),
    });
  });
});

/** Runs the live demo with a terminal that a test types into, as soon as it is asked. */
async function runTyping(baseUrl: string, typed: (string | null)[], { isTTY = false } = {}) {
  const { customerId, secretKey } = createSandbox().options;
  const env = { FLINKS_BASE_URL: baseUrl, FLINKS_CUSTOMER_ID: customerId, FLINKS_SECRET_KEY: secretKey };
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const output = new PassThrough();
  const shown = text(output);
  const lines = [...typed];
  output.on("data", (chunk) => {
    if (!String(chunk).endsWith(": ")) return;
    const line = lines.shift();
    // Ctrl-C, as a terminal in raw mode sends it.
    setImmediate(() => input.write(line === null ? "\u0003" : `${line}\n`));
  });
  const terminal = openTerminal(input, output);
  const code = await runLive(env, terminal).finally(() => terminal.close());
  output.end();
  return { code, shown: await shown, left: lines };
}

async function startSandboxServer() {
  const { baseUrl, close } = await listenForSandbox(createSandbox({ random: () => 0 }));
  onTestFinished(close);
  return baseUrl;
}

describe("npm run demo -- --live", () => {
  it.each([false, true])(
    "opens a session with credentials, MFA and a wrong answer (a terminal: %s)",
    async (isTTY) => {
      const typed = ["", "FlinksCapital", "Greatday", "Everyday", "Paris", "", "Montreal"];
      const { code, shown, left } = await runTyping(await startSandboxServer(), typed, { isTTY });
      expect(left).toEqual([]);
      expect(shown).toContain("What city were you born in?");
      expect(shown).toContain("refused (INVALID_SECURITY_RESPONSE)");
      expect(shown).toMatch(/authorized: requestId [\da-f-]{36}/);
      expect(shown).not.toContain("Everyday");
      expect(code).toBe(0);
      // In a terminal what is typed is echoed, so the password's absence means something.
      expect(shown.includes("Greatday")).toBe(isTTY);
    },
  );

  it("opens a session with a LoginId, and prints a pending one", async () => {
    const { loginIds } = createSandbox();
    const baseUrl = await startSandboxServer();
    expect(await runTyping(baseUrl, [loginIds.greatday_nomfa])).toMatchObject({
      code: 0,
      shown: expect.stringContaining("authorized: requestId"),
    });
    expect(await runTyping(baseUrl, [loginIds.test_pending])).toMatchObject({
      code: 0,
      shown: expect.stringContaining("OPERATION_PENDING: Your operation is still processing"),
    });
  });

  it("prints an error's message and fails", async () => {
    expect(await runTyping(await startSandboxServer(), ["unknown"])).toMatchObject({
      code: 1,
      shown: expect.stringContaining("FlinksApiError: Authorize was refused: INVALID_LOGIN"),
    });
  });

  it("shows choices as a numbered list and asks until it gets their numbers", async () => {
    const SecurityChallenges = [
      { Type: "MultipleChoice", Prompt: "Shape?", Iterables: ["Circle", "Triangle"] },
      { Type: "MultipleChoiceMultipleAnswers", Prompt: "Colours?", Iterables: ["Red", "Green", "Blue"] },
      { Type: "ImageSelection", Prompt: "Picture?", Iterables: ["aGVsbG8=", "d29ybGQ="] },
      { Type: "QuestionAndAnswer", Prompt: "Name?", Iterables: ["Fluffy"] },
    ];
    const server = await startServerWith(
      { body: { Token: "t" } },
      { status: 203, body: { RequestId: requestId, SecurityChallenges } },
      { body: { RequestId: requestId } },
    );
    const typed = ["login", "Triangle", "0", "1,2", "2", "1, 3", "2", "Rex"];
    const { code, shown } = await runTyping(server.baseUrl, typed);
    expect(code).toBe(0);
    expect(shown).toContain("  1. Circle\n  2. Triangle\n");
    expect(shown).toContain("Please give a number from 1 to 2.");
    expect(shown).toContain("  1. an image, 8 characters\n");
    expect(shown).toContain("for instance: Fluffy");
    expect(server.received[2]?.json.SecurityResponses).toEqual({
      "Shape?": ["Triangle"],
      "Colours?": ["Red", "Blue"],
      "Picture?": ["d29ybGQ="],
      "Name?": ["Rex"],
    });
  });

  it("ends cleanly at Ctrl-C, while asking and while waiting", async () => {
    const asking = await runTyping(await startSandboxServer(), ["", null], { isTTY: true });
    expect(asking).toMatchObject({ code: 130, shown: expect.stringContaining("Given up.") });

    const silent = await startServer(() => new Promise<undefined>(() => {}));
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = new PassThrough();
    const terminal = openTerminal(input, output);
    output.on("data", (chunk) => {
      if (String(chunk).startsWith("LoginId")) setImmediate(() => input.write("login\n"));
      if (String(chunk).startsWith("Asking")) setTimeout(() => input.write("\u0003"), 20);
    });
    const env = { FLINKS_BASE_URL: silent.baseUrl, FLINKS_CUSTOMER_ID: "c", FLINKS_SECRET_KEY: "k" };
    expect(await runLive(env, terminal)).toBe(130);
    terminal.close();
  });

  it("ends when its input does", async () => {
    const terminal = openTerminal(new PassThrough().end("\n"), new PassThrough().resume());
    const env = { FLINKS_INSTANCE: "toolbox", FLINKS_CUSTOMER_ID: "c", FLINKS_SECRET_KEY: "k" };
    expect(await runLive(env, terminal)).toBe(130);
  });
});

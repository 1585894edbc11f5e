import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { openTerminal } from "../../scripts/demo/live.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { requestId } from "../helpers/client.ts";
import { listenForSandbox, startServerWith } from "../helpers/http-server.ts";

const demo = ["node_modules/tsx/dist/cli.mjs", "scripts/demo.ts"];

describe("npm run demo", () => {
  it("prints what happens to each session, and no secret", async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, demo);
    expect(stderr).toBe("");
    const [, cached, live, wrong, accounts, error] = stdout.split(/^\d\. /m);
    expect(cached).toContain('"authorized"');
    expect(live).toMatch(/"mfa_required"[\s\S]*The bank asks: .*\?\n[\s\S]*"authorized"/);
    expect(wrong).toMatch(/Atlantis[\s\S]*INVALID_SECURITY_RESPONSE[\s\S]*Round 2[\s\S]*"authorized"/);
    expect(accounts).toMatch(/OPERATION_PENDING[\s\S]*Chequing Account: [\d.]+ CAD, \d+ transactions/);
    expect(error).toMatch(/INVALID_PASSWORD[\s\S]*action reenter_credentials/);
    expect(stdout).not.toMatch(/Yesterday|Everyday|flinks_mfa/);
  });

  it("explains its options", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...demo, "--help"]);
    expect(stdout).toMatch(/^Usage: npm run demo/);
  });
});

/** Runs the live demo, and types the next line whenever it asks. */
async function runLive(env: NodeJS.ProcessEnv, typed: readonly string[] = []) {
  const child = spawn(process.execPath, [...demo, "--live"], { env: { PATH: process.env["PATH"], ...env } });
  onTestFinished(() => void child.kill());
  const lines = [...typed];
  let shown = "";
  child.stderr.on("data", (chunk) => {
    shown += chunk;
  });
  child.stdout.on("data", (chunk) => {
    shown += chunk;
    if (!shown.endsWith(": ")) return;
    if (lines.length > 0) child.stdin.write(`${lines.shift()}\n`);
    else child.stdin.end();
  });
  const [code] = await once(child, "close");
  return { code, shown, left: lines };
}

const { customerId, secretKey } = createSandbox().options;
const keys = { FLINKS_CUSTOMER_ID: customerId, FLINKS_SECRET_KEY: secretKey };

async function startSandbox() {
  const { baseUrl, close } = await listenForSandbox(createSandbox({ random: () => 0 }));
  onTestFinished(close);
  return { ...keys, FLINKS_BASE_URL: baseUrl };
}

describe("npm run demo -- --live", () => {
  it("does not show a password that is typed into a terminal", async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = new PassThrough();
    const { ask, askSecret, close } = openTerminal(input, output);
    const typed = (asked: Promise<string>, line: string) => {
      input.write(`${line}\n`);
      return asked;
    };
    expect(await typed(ask("Username"), "Greatday")).toBe("Greatday");
    expect(await typed(askSecret("Password"), "Everyday")).toBe("Everyday");
    expect(await typed(ask("Answer"), "Montreal")).toBe("Montreal");
    close();
    const shown = await text(output.end());
    expect(shown).toMatch(/Username: [\s\S]*Greatday[\s\S]*Password: [\s\S]*Answer: [\s\S]*Montreal/);
    expect(shown).not.toContain("Everyday");
  });

  it("opens a session with credentials and a second try at the question", async () => {
    const typed = ["", "FlinksCapital", "Greatday", "Everyday", "Paris", "Montreal"];
    const { code, shown, left } = await runLive(await startSandbox(), typed);
    expect(left).toEqual([]);
    expect(shown).toMatch(/What city were you born in\?[\s\S]*rejected: INVALID_SECURITY_RESPONSE/);
    expect(shown).toContain('The outcome is "authorized"');
    expect(code).toBe(0);
  });

  it("asks for numbers where there are choices, until it gets them", async () => {
    const SecurityChallenges = [
      { Type: "MultipleChoice", Prompt: "Shape?", Iterables: ["Circle", "Triangle"] },
      { Type: "ImageSelection", Prompt: "Pictures?", Iterables: ["aGVsbG8=", "d29ybGQ=", "eWVz"] },
    ];
    const server = await startServerWith(
      { body: { Token: "t" } },
      { status: 203, body: { RequestId: requestId, SecurityChallenges } },
      { body: { RequestId: requestId } },
    );
    const typed = ["login", "Triangle", "0", "1,2", "2", "1, 3"];
    const { code, left } = await runLive({ ...keys, FLINKS_BASE_URL: server.baseUrl }, typed);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(server.received[2]?.json.SecurityResponses).toEqual({
      "Shape?": ["Triangle"],
      "Pictures?": ["aGVsbG8=", "eWVz"],
    });
  });

  it.each([
    ["an error", "unknown", "INVALID_LOGIN"],
    ["the end of the input", undefined, "Given up."],
  ])("ends with exit status 1 after %s", async (_, line, message) => {
    const { code, shown } = await runLive(await startSandbox(), line === undefined ? [] : [line]);
    expect(code).toBe(1);
    expect(shown).toContain(message);
  });

  it("says which environment variables it needs", async () => {
    expect(await runLive({ FLINKS_INSTANCE: "toolbox" })).toMatchObject({
      code: 1,
      shown: expect.stringContaining("Set FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY"),
    });
  });
});

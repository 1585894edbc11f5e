import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { run } from "../../src/cli/run.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { createFlinksClient, flinksCodes } from "../../src/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";

/** Runs a command in process. */
async function runHere(args: readonly string[], more: Partial<Terminal> = {}) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const status = await run(args, {
    print: (text) => stdout.push(text),
    complain: (text) => stderr.push(text),
    hasColor: false,
    version: "1.2.3",
    untilInterrupted: async () => {},
    ...more,
  });
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

/** Starts the program as a process of its own, which ends with the test. */
function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/index.ts", ...args]);
  const closed = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk) => {
      output[name] += chunk;
    });
  }
  return { child, output, status: closed.then(([code]) => code as number | null) };
}

/** The variables that a command printed. */
function variablesIn(stdout: string): Record<string, string> {
  return Object.fromEntries([...stdout.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}

/** What a shell would do with a curl line. */
async function send(line: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = [...line.matchAll(/-H '([^:]+): ([^']*)'/g)].map(
    ([, name, value]) => [name, value] as [string, string],
  );
  const body = /-d '([^']*)'/.exec(line)?.[1] ?? null;
  const response = await fetch(line.split(" ").at(-1) as string, { method: "POST", headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("explain", () => {
  it("says what a code means, in any case", async () => {
    expect(await runHere(["explain", "retry_later", "HTTP_404"])).toEqual({
      status: 0,
      stdout: `RETRY_LATER
  category   institution
  action     retry_later
  retryable  yes
  ${flinksCodes.RETRY_LATER.sentence}

HTTP_404
  category   access
  action     fix_integration
  retryable  no
  The address may be wrong. Check instance or baseUrl, and customerId.
`,
      stderr: "",
    });
  });

  it("says what all codes mean if it is given none", async () => {
    const { status, stdout } = await runHere(["explain"]);
    expect(status).toBe(0);
    for (const [code, { sentence }] of Object.entries(flinksCodes)) {
      expect(stdout).toContain(`${code}\n`);
      expect(stdout).toContain(sentence);
    }
  });

  it("prints JSON", async () => {
    const { status, stdout } = await runHere(["explain", "--json", "CARD_IN_USE", "HTTP_503"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { code: "CARD_IN_USE", ...flinksCodes.CARD_IN_USE },
      { code: "HTTP_503", category: "server", action: "retry_later", retryable: true, sentence: expect.any(String) },
    ]);
    const all = JSON.parse((await runHere(["explain", "--json"])).stdout);
    expect(all.map(({ code }: { code: string }) => code)).toEqual(Object.keys(flinksCodes));
  });

  it("names the codes that are near to one that is unknown, on stderr, and fails", async () => {
    const known = await runHere(["explain", "NO_TRANSACTION"]);
    const mixed = await runHere(["explain", "INVALID_PASWORD", "NO_TRANSACTION"]);
    expect([mixed.status, mixed.stdout]).toEqual([1, known.stdout]);
    expect(mixed.stderr).toMatch(
      /^Unknown code "INVALID_PASWORD"\. Did you mean INVALID_PASSWORD(?: or \w+){0,2}\?\n$/,
    );
  });

  it("says where the list is if no code is near", async () => {
    const hint = 'Run "flinks-client explain" to list all codes.\n';
    const { status, stdout, stderr } = await runHere(["explain", "--json", "NOPE", "HTTP_200", "constructor"]);
    expect([status, stdout]).toEqual([1, "[]\n"]);
    expect(stderr).toBe(["NOPE", "HTTP_200", "CONSTRUCTOR"].map((code) => `Unknown code "${code}". ${hint}`).join(""));
  });

  it("has colours only where they are wanted", async () => {
    const bold = "\u001b[1mNEW_ACCOUNT\u001b[22m\n";
    expect((await runHere(["explain", "NEW_ACCOUNT"], { hasColor: true })).stdout).toContain(bold);
    expect((await runHere(["explain", "NEW_ACCOUNT"])).stdout).not.toContain("\u001b");
  });
});

describe("sandbox", () => {
  it("prints its options as variables", async () => {
    let served: Record<string, string> = {};
    const untilInterrupted = async () => {
      served = variablesIn(outcome.join(""));
      const { FLINKS_BASE_URL: baseUrl = "", FLINKS_CUSTOMER_ID: customerId, FLINKS_SECRET_KEY: secretKey } = served;
      const { FLINKS_CONNECT_URL: connectUrl, FLINKS_API_KEY: apiKey, FLINKS_LOGIN_ID: LoginId = "" } = served;
      const flinks = createFlinksClient({ baseUrl, connectUrl, customerId, secretKey, apiKey });
      expect(await flinks.authorize({ LoginId })).toMatchObject({ status: "authorized" });
      expect((await fetch(connectUrl as string)).status).toBe(401);
    };
    const outcome: string[] = [];
    const print = (text: string) => outcome.push(text);
    const { status, stderr } = await runHere(["sandbox", "--port=0", "--host", "localhost"], {
      print,
      untilInterrupted,
    });
    expect([status, stderr]).toEqual([0, ""]);
    const { FLINKS_BASE_URL: url = "" } = served;
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    // It has ended.
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("prints curl lines from a token to accounts, with and without a question", async () => {
    let printed = "";
    const untilInterrupted = async () => {
      const [mint = "", open = "", accounts = "", ask = "", answer = ""] = printed.match(/(?<=^# )curl .*/gm) ?? [];
      const mintToken = async () => (await send(mint)).body["Token"] as string;
      const session = await send(open.replace("TOKEN", await mintToken()));
      expect(session.status).toBe(200);
      const data = await send(accounts.replace("REQUEST_ID", `${session.body["RequestId"]}`));
      expect([data.status, data.body]).toEqual([200, expect.objectContaining({ Accounts: expect.any(Array) })]);

      const token = await mintToken();
      const asked = await send(ask.replace("TOKEN", token));
      expect(asked.status).toBe(203);
      const [{ Prompt }] = asked.body["SecurityChallenges"] as [{ Prompt: string }];
      const answers = [...printed.matchAll(/(\w+) \((\w+)\)[ ,:]/g)];
      const [, right = ""] = answers.find(([, , subject = ""]) => Prompt.includes(subject)) ?? [];
      const filled = answer.replace("TOKEN", token).replace("REQUEST_ID", `${asked.body["RequestId"]}`);
      expect((await send(filled.replace("PROMPT", Prompt).replace("ANSWER", right))).status).toBe(200);
    };
    const print = (text: string) => {
      printed += text;
    };
    expect(await runHere(["sandbox", "--port=0"], { print, untilInterrupted })).toMatchObject({ status: 0 });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends on %s, as a process", async (signal) => {
    const { child, output, status } = start("sandbox", "--port", "0");
    while (!output.stdout.includes("curl")) await once(child.stdout, "data");
    const { FLINKS_BASE_URL: url = "" } = variablesIn(output.stdout);
    expect((await fetch(url)).status).toBe(404);
    child.kill(signal);
    expect([await status, output.stderr]).toEqual([0, ""]);
  });

  it("fails on a port that is taken", async () => {
    const server = await createSandboxServer();
    onTestFinished(() => server.close());
    const { status, stdout, stderr } = await runHere(["sandbox", "--port", new URL(server.url).port]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^The sandbox cannot listen on 127\.0\.0\.1:\d+: listen EADDRINUSE/);
  });
});

describe("the program", () => {
  it("prints its usage on --help, and the package's version on --version", async () => {
    for (const args of [["--help"], ["explain", "--help"], ["sandbox", "--help"]]) {
      const { status, stdout, stderr } = await runHere(args);
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^Usage: flinks-client <command>\n/);
    }
    expect(await runHere(["--version"])).toEqual({ status: 0, stdout: "1.2.3\n", stderr: "" });
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    const { output, status } = start("--version");
    expect([await status, output.stdout]).toEqual([0, `${version}\n`]);
  });

  it.each([
    [[], "A command is needed."],
    [["serve"], 'Unknown command "serve".'],
    [["explain", "--jso"], "Unknown option '--jso'."],
    [["sandbox", "--port"], "Option '--port <value>' argument missing"],
    [["sandbox", "--port", "x"], "--port must be a number from 0 to 65535."],
    [["sandbox", "--port", "65536"], "--port must be a number from 0 to 65535."],
    [["sandbox", "--port", "-1"], "Option '--port' argument is ambiguous.\n"],
    [["explain", "--port", "3"], "Unknown option '--port'.\n"],
    [["sandbox", "4010"], 'Unexpected argument "4010".'],
  ])("is called in a wrong way: %j", async (args, problem) => {
    const { status, stdout, stderr } = await runHere(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.startsWith(problem)).toBe(true);
    expect(stderr).toContain("\n\nUsage: flinks-client <command>\n");
  });

  it("gives its status to the process", async () => {
    const { output, status } = start("explain", "INVALID_LOGEN");
    expect([await status, output.stdout]).toEqual([1, ""]);
    expect(output.stderr).toContain("INVALID_LOGIN");
  });
});

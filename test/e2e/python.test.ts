/** The command line and another language, each as a process of its own. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";

/** Starts `npx flinks-client sandbox`, and gives the variables that it prints. Ends with the test, by Ctrl-C. */
async function startCommand(): Promise<Record<string, string>> {
  // `--no`: the package that was built here, or none. A group of its own, as in a terminal: npx has children.
  const child = spawn("npx", ["--no", "flinks-client", "sandbox", "--port", "0"], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child, "spawn");
  const closed = once(child, "close");
  const interrupt = () => process.kill(-(child.pid as number), "SIGINT");
  // A test run that is given up finishes no test.
  process.once("exit", interrupt);
  onTestFinished(async () => {
    process.off("exit", interrupt);
    if (child.exitCode === null) interrupt();
    await closed;
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  while (!printed.includes("curl")) await Promise.race([once(child.stdout, "data"), closed.then(fail)]);
  return Object.fromEntries([...printed.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}

function fail(): never {
  throw new Error("The sandbox ended before it was ready.");
}

async function runPython(variables: Record<string, string>) {
  const env = { ...process.env, ...variables };
  const { stdout, stderr } = await promisify(execFile)("python3", ["test/e2e/accounts.py"], { env });
  const accounts: { Title: string; AccountNumber: string }[] = JSON.parse(stdout);
  return { accounts, responses: stderr.trimEnd().split("\n") };
}

it("a Python program opens sessions and gets accounts from npx flinks-client sandbox", async () => {
  const variables = await startCommand();
  const printed = await runPython(variables);
  expect(printed.responses).toEqual([
    "POST GenerateAuthorizeToken 200",
    "POST Authorize 200",
    "POST GetAccountsDetail 200",
  ]);
  expect(printed.accounts).toHaveLength(3);

  const asked = await runPython({ ...variables, FLINKS_LOGIN_ID: createSandbox().loginIds.greatday });
  const polls = asked.responses.splice(4);
  expect(asked.responses).toEqual([
    "POST GenerateAuthorizeToken 200",
    "POST Authorize 203",
    "POST Authorize 200",
    "POST GetAccountsDetail 202",
  ]);
  expect([...new Set(polls)]).toEqual(["GET GetAccountsDetailAsync 202", "GET GetAccountsDetailAsync 200"]);
  expect(asked.accounts.map(({ Title }) => Title)).toEqual(["Chequing Account", "Savings Account", "Credit Card"]);
});

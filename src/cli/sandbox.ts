/**
 * `flinks-client sandbox`: the sandbox over HTTP, until Ctrl-C.
 *
 * @module
 */
import { createSandbox, type Sandbox } from "../sandbox/index.ts";
import { createSandboxServer, type SandboxServer } from "../sandbox/server/index.ts";
import { type ExitStatus, misused, type Terminal, withArguments } from "./terminal.ts";

const options = {
  port: { type: "string", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
} as const;

export function serveSandbox(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  return withArguments(args, options, terminal, async ({ values: { port, host }, positionals: [unexpected] }) => {
    if (unexpected !== undefined) return misused(`Unexpected argument "${unexpected}".`, terminal);
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      return misused("--port must be a number from 0 to 65535.", terminal);
    }
    const sandbox = createSandbox();
    let server: SandboxServer;
    try {
      server = await createSandboxServer({ sandbox, port: Number(port), host });
    } catch (error) {
      terminal.complain(`The sandbox cannot listen on ${host}:${port}: ${(error as Error).message}\n`);
      return 1;
    }
    terminal.print(greeting(server, sandbox.loginIds));
    await terminal.untilInterrupted();
    await server.close();
    return 0;
  });
}

/** For a reader and for a shell: what is not a variable is a comment. */
function greeting({ options }: SandboxServer, { greatday, greatday_nomfa, test_pending }: Sandbox["loginIds"]): string {
  const { baseUrl, connectUrl, customerId, secretKey, apiKey } = options;
  const post = (path: string, header: string, body?: object) => {
    const json = body === undefined ? "-X POST" : `-H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
    return `curl -H '${header}' ${json} ${baseUrl}/v3/${customerId}/BankingServices/${path}`;
  };
  const authorize = (body: object) => post("Authorize", "flinks-auth-key: TOKEN", body);
  const open = { LoginId: greatday, RequestId: "REQUEST_ID" };
  return `# The Flinks sandbox, until Ctrl-C. Its keys are those that the vendor publishes for everybody's tests.
FLINKS_BASE_URL=${baseUrl}
FLINKS_CONNECT_URL=${connectUrl}
FLINKS_CUSTOMER_ID=${customerId}
FLINKS_SECRET_KEY=${secretKey}
FLINKS_API_KEY=${apiKey}
# The user greatday_nomfa, whose session opens at once. Others: greatday ${greatday} is asked a
# question, and test_pending ${test_pending} has to wait.
FLINKS_LOGIN_ID=${greatday_nomfa}

# To try it. Each session needs a TOKEN of its own:
# ${post("GenerateAuthorizeToken", `flinks-auth-key: ${secretKey}`)}

# A session (HTTP 200):
# ${authorize({ LoginId: greatday_nomfa })}

# Its accounts, with the REQUEST_ID of the session:
# ${post("GetAccountsDetail", `x-api-key: ${apiKey}`, { RequestId: "REQUEST_ID" })}

# MFA (HTTP 203), with another TOKEN:
# ${authorize({ LoginId: greatday })}

# The answer, with the same TOKEN, and the REQUEST_ID and PROMPT of the question. The ANSWER is one of
# Montreal (city), Canada (country) and Triangle (shape):
# ${authorize({ ...open, MostRecentCached: false, SecurityResponses: { PROMPT: ["ANSWER"] } })}
`;
}

/**
 * `flinks-client sandbox`: the sandbox over HTTP, until Ctrl-C.
 *
 * @module
 */
import { createSandbox } from "../sandbox/index.ts";
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
    terminal.print(greeting(server, sandbox.loginIds.greatday_nomfa));
    await terminal.untilInterrupted();
    await server.close();
    return 0;
  });
}

/** For a reader and for a shell: what is not a variable is a comment. */
function greeting({ options }: SandboxServer, loginId: string): string {
  const { baseUrl, connectUrl, customerId, secretKey, apiKey } = options;
  return `# The Flinks sandbox, until Ctrl-C. Its keys are those that the vendor publishes for everybody's tests.
FLINKS_BASE_URL=${baseUrl}
FLINKS_CONNECT_URL=${connectUrl}
FLINKS_CUSTOMER_ID=${customerId}
FLINKS_SECRET_KEY=${secretKey}
FLINKS_API_KEY=${apiKey}
FLINKS_LOGIN_ID=${loginId}
# To try it:
# curl -X POST -H 'flinks-auth-key: ${secretKey}' ${baseUrl}/v3/${customerId}/BankingServices/GenerateAuthorizeToken
`;
}

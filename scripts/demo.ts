/**
 * Shows the client at work: against the sandbox, or with --live against a real instance.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { runLive } from "./demo/live.ts";
import { openTerminal } from "./demo/terminal.ts";
import { printTranscript } from "./demo/transcript.ts";

const usage = `Usage: npm run demo [-- --live]

Without an option: sessions, MFA and errors against the sandbox, in process. No network, no credentials.

  --live    the same client against a real instance, asking in the terminal. Reads FLINKS_INSTANCE,
            FLINKS_CUSTOMER_ID and FLINKS_SECRET_KEY. The vendor's public toolbox is "toolbox".
  --help    show this text
`;

const { values: flags } = parseArgs({
  options: { live: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});

if (flags.help) {
  process.stdout.write(usage);
} else if (flags.live) {
  const terminal = openTerminal(process.stdin, process.stdout);
  process.exitCode = await runLive(process.env, terminal).finally(() => terminal.close());
} else {
  await printTranscript((line) => console.log(line));
}

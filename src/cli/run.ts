/**
 * `flinks-client <command>`.
 *
 * @module
 */
import { explain } from "./explain.ts";
import { serveSandbox } from "./sandbox.ts";
import { type ExitStatus, misused, type Terminal, usage } from "./terminal.ts";

export async function run([command, ...args]: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  switch (command) {
    case "sandbox":
      return serveSandbox(args, terminal);
    case "explain":
      return explain(args, terminal);
    case "--help":
    case "-h":
      terminal.print(usage);
      return 0;
    case "--version":
      terminal.print(`${terminal.version}\n`);
      return 0;
    default:
      return misused(command === undefined ? "A command is needed." : `Unknown command "${command}".`, terminal);
  }
}

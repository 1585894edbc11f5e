/**
 * The terminal that a command runs in, and its arguments.
 *
 * @module
 */
import { type ParseArgsConfig, parseArgs } from "node:util";

/** Where a command runs. */
export interface Terminal {
  /** Writes to stdout. */
  readonly print: (text: string) => unknown;
  /** Writes to stderr. */
  readonly complain: (text: string) => unknown;
  readonly hasColor: boolean;
  readonly version: string;
  /** Resolves on Ctrl-C. */
  readonly untilInterrupted: () => Promise<unknown>;
}

/** The exit status: 1 if the command failed, 2 if it was called in a wrong way. */
export type ExitStatus = 0 | 1 | 2;

export const usage = `Usage: flinks-client <command>

  sandbox [--port 4010] [--host 127.0.0.1]   serves a stand-in for the API over HTTP, until Ctrl-C
  explain [--json] [CODE…]                   says what the API's codes mean, and what to do; all of them without a CODE

  --help      shows this text
  --version   shows the version
`;

/** Runs a command with its arguments, unless they are wrong or ask for help. */
export async function withArguments<const Known extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Known,
  terminal: Terminal,
  command: (parsed: ReturnType<typeof parse<Known>>) => ExitStatus | Promise<ExitStatus>,
): Promise<ExitStatus> {
  let parsed: ReturnType<typeof parse<Known>>;
  try {
    parsed = parse(args, options);
  } catch (error) {
    // Without Node's advice, which is about other programs.
    return misused(`${(error as Error).message.split(". ")[0]}.`, terminal);
  }
  if ((parsed.values as { help?: boolean }).help) {
    terminal.print(usage);
    return 0;
  }
  return command(parsed);
}

function parse<const Known extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: Known) {
  return parseArgs({
    args: [...args],
    options: { ...options, help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
}

export function misused(problem: string, { complain }: Terminal): ExitStatus {
  complain(`${problem}\n\n${usage}`);
  return 2;
}

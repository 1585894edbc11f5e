/**
 * Runs the client for long and with many calls at once, and sees that nothing is left of them.
 *
 * @module
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { build, compile, reply, start } from "./bench/processes.ts";

const usage = `Usage: npm run soak [-- --built]

Builds the package, and runs 10 000 calls at once and 200 000 in a row over a stub, and 10 000 at once and 50 000 by
turns over connections to a server on this machine: each with one signal for all calls, and without. Then 10 000
that are aborted while they wait. Says what they left in memory, timers and listeners, and whether Node warned.
Takes some three minutes. Exit status 1 if anything is left.

10 000 calls at once are 10 000 connections: both processes need to open that many files (ulimit -n).

  --built    takes dist/ as it is
  --help     show this text
`;

const { values: flags } = parseArgs({
  options: { built: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});

if (flags.help) process.stdout.write(usage);
else await soak();

async function soak(): Promise<void> {
  if (!flags.built) build();
  await compile();
  const server = start({ file: "server", cpu: 1 });
  try {
    const origin = `http://127.0.0.1:${await reply<number>(server)}`;
    const client = start({ file: "soak", args: [origin], flags: ["--expose-gc", "--no-warnings"], cpu: 0 });
    const [code] = await once(client, "exit");
    process.exitCode = code ?? 1;
  } finally {
    server.kill();
  }
}

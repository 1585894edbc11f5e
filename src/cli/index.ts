#!/usr/bin/env node
/**
 * `npx flinks-client`, as a process.
 *
 * @module
 */
import { once } from "node:events";
import { createRequire } from "node:module";
import { run } from "./run.ts";

const { stdout, stderr, env, argv } = process;

process.exitCode = await run(argv.slice(2), {
  print: (text) => stdout.write(text),
  complain: (text) => stderr.write(text),
  // Only where somebody looks at it, and does not say otherwise: no-color.org.
  hasColor: stdout.isTTY === true && !env["NO_COLOR"],
  version: createRequire(import.meta.url)("flinks-client/package.json").version,
  untilInterrupted: () => Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]),
});

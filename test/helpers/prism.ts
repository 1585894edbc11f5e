/** Prism's command line on a free port of 127.0.0.1: a mock of a document, or a proxy that checks against one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Prism {
  readonly baseUrl: string;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);
const manifest = "@stoplight/prism-cli/package.json";
const bin = join(dirname(require.resolve(manifest)), require(manifest).bin.prism);

/** Prism starts within two seconds; a busy machine takes longer. */
const startLimitMs = 60_000;

/** Answers with the document's examples. */
export function startMock(document: string): Promise<Prism> {
  return start("mock", document);
}

/** Passes requests on to `upstream`, and responds with an error in place of what is not valid by the document. */
export function startProxy(document: string, upstream: string): Promise<Prism> {
  return start("proxy", document, upstream, "--errors");
}

async function start(...command: string[]): Promise<Prism> {
  // Without CORS, which answers OPTIONS requests itself, and without a child process of Prism's own.
  const args = [bin, ...command, "--port=0", "--host=127.0.0.1", "--cors=false", "--multiprocess=false"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  const kill = () => child.kill();
  // A test run that is given up closes nothing.
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  const timer = setTimeout(kill, startLimitMs);
  let output = "";
  const baseUrl = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const [, url] = /Prism is listening on (http:\S+)\s/.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    exited.then(() => reject(new Error(`prism ${command.join(" ")} did not start:\n${output}`)), reject);
  }).finally(() => clearTimeout(timer));
  // It goes on to log every request, and would wait for a reader.
  for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners("data").resume();
  return {
    baseUrl,
    async close() {
      kill();
      await exited;
    },
  };
}

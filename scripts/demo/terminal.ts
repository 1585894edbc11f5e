/** Questions in a terminal: a line, a line that is not echoed, a numbered choice. Ctrl-C ends the wait. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

export interface Terminal {
  print(line: string): void;
  ask(question: string): Promise<string>;
  /** As `ask`, but what is typed is not shown. */
  askSecretly(question: string): Promise<string>;
  /** Aborted by Ctrl-C, and by the end of the input. */
  readonly interrupted: AbortSignal;
  close(): void;
}

export function openTerminal(
  input: NodeJS.ReadableStream & { isTTY?: boolean },
  output: NodeJS.WritableStream,
): Terminal {
  let echo = true;
  const echoed = new Writable({
    write(chunk, encoding, done) {
      if (echo) output.write(chunk, encoding);
      done();
    },
  });
  const lines = createInterface({ input, output: echoed, terminal: input.isTTY === true });
  const interruption = new AbortController();
  const interrupted = interruption.signal;
  lines.on("SIGINT", () => interruption.abort());
  lines.on("close", () => interruption.abort());

  // Lines that are piped in arrive before they are asked for, and must not be lost.
  const typed = lines[Symbol.asyncIterator]();

  async function read(question: string, secretly: boolean): Promise<string> {
    interrupted.throwIfAborted();
    output.write(`${question}: `);
    echo = !secretly;
    try {
      const { value, done } = await Promise.race([typed.next(), aborted(interrupted)]);
      if (done === true) throw interrupted.reason;
      // A password may begin or end with a blank.
      return secretly ? value : value.trim();
    } finally {
      echo = true;
      if (secretly) output.write("\n");
    }
  }

  return {
    print: (line) => void output.write(`${line}\n`),
    ask: (question) => read(question, false),
    askSecretly: (question) => read(question, true),
    interrupted,
    close: () => lines.close(),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

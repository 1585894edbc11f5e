/** The code of a page, to be run. */
import { createFlinksClient, FlinksApiError } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createSandboxServer } from "../../src/sandbox/server/index.ts";

/** The one block of a page that has this text in it. */
export function blockIn(page: string, text: string): string {
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
  const [block, ...others] = blocks.filter((code) => code.includes(text));
  if (block === undefined || others.length > 0) throw new Error(`One block with ${text} was expected.`);
  return block;
}

/** Runs a block with what it imports or takes for granted. Returns what it returns, or the last of `names`. */
export async function run(block: string, given: object = {}, result = "undefined"): Promise<unknown> {
  const names = { createFlinksClient, createSandbox, createSandboxServer, FlinksApiError, ...given };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const body = `${block.replace(/^import [^;]*;$/gm, "")}\nreturn ${result};`;
  return new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
}

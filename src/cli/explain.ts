/**
 * `flinks-client explain CODE…`: what the one table of codes says.
 *
 * @module
 */
import { nearest } from "../sandbox/nearest.ts";
import { type FlinksCodeFacts, factsOf, flinksCodes, isKnownFlinksCode } from "../wrappers/codes.ts";
import { type ExitStatus, type Terminal, withArguments } from "./terminal.ts";

export function explain(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  return withArguments(args, { json: { type: "boolean" } }, terminal, ({ values, positionals }) => {
    const known = Object.keys(flinksCodes);
    const codes = positionals.length > 0 ? positionals.map((code) => code.toUpperCase()) : known;
    const explained = codes.filter(isExplainable).map((code) => ({ code, ...factsOf(code, statusOf(code)) }));
    const text = explained.map((facts) => toText(facts, terminal.hasColor)).join("\n");
    terminal.print(values.json ? `${JSON.stringify(explained, null, 2)}\n` : text);

    const unknown = codes.filter((code) => !isExplainable(code));
    for (const code of unknown) {
      const near = nearest(code, known).slice(0, 3).join(" or ");
      const hint = near === "" ? `Run "flinks-client explain" to list all codes.` : `Did you mean ${near}?`;
      terminal.complain(`Unknown code "${code}". ${hint}\n`);
    }
    return unknown.length > 0 ? 1 : 0;
  });
}

/** `HTTP_<status>` stands for a response without a code. */
function isExplainable(code: string): boolean {
  return isKnownFlinksCode(code) || statusOf(code) > 0;
}

function statusOf(code: string): number {
  return Number(/^HTTP_([45]\d\d)$/.exec(code)?.[1] ?? 0);
}

function toText({ code, ...facts }: FlinksCodeFacts & { code: string }, hasColor: boolean): string {
  return `${hasColor ? `\u001b[1m${code}\u001b[22m` : code}
  category   ${facts.category}
  action     ${facts.action}
  retryable  ${facts.retryable ? "yes" : "no"}
  ${facts.sentence}
`;
}

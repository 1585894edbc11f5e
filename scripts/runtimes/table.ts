/** The README's table of runtimes. */
import type { Runtime, Way } from "./catalogue.ts";

const [begin, end] = ["<!-- runtimes -->", "<!-- /runtimes -->"];

/** The text with the table of these runtimes between its two comments. */
export function withTable(readme: string, runtimes: readonly Runtime[]): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} … ${end}.`);
  return `${before}${begin}\n${tableOf(runtimes)}\n${end}${after}`;
}

function tableOf(runtimes: readonly Runtime[]): string {
  const cell = ({ ways }: Runtime, way: Way) => (ways.includes(way) ? "✓" : "");
  const rows = runtimes.map((runtime) => {
    const ways = (["import", "require", "bundle"] as const).map((way) => cell(runtime, way));
    return `| ${[runtime.title, runtime.version, ...ways].join(" | ")} |`;
  });
  return [
    "| runtime | version | `import` | `require` | esbuild, `platform: neutral` |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** The vendor's words in our Markdown: always as code, so that no name can write into a report. */
/** A pull request takes 65 536 characters. */
const most = { rows: 100, characters: 300 };
const words = { major: "**breaking**", minor: "not breaking", patch: "no change" };

export type Change = { readonly impact: keyof typeof words; readonly where: readonly string[]; readonly what: string };

export function code(text: string): string {
  const short = text.length > most.characters ? `${text.slice(0, most.characters)} …` : text;
  // What is invisible could hide what is shown, or turn it around.
  const plain = short
    .replaceAll(/[\s\p{C}]+/gu, " ")
    .replaceAll("`", "'")
    .replaceAll("|", "\\|");
  return `\`${plain.replaceAll("<", "&lt;").replaceAll("@", "@\u200b").trim() || " "}\``;
}

export function list(title: string, advice: string, items: readonly string[]): string {
  const lines = items.map((item) => `- ${code(item)}`);
  return lines.length === 0 ? "" : section(title, advice, lines);
}

/** A section with the most severe changes first. Without changes, only the advice, if any. */
export function table(title: string, changes: readonly Change[], advice = ""): string {
  if (changes.length === 0) return advice && section(title, advice, []);
  const ranks = Object.keys(words);
  const rows = changes.toSorted((one, other) => ranks.indexOf(one.impact) - ranks.indexOf(other.impact));
  const lines = rows.map(({ impact, where, what }) => {
    return `| ${words[impact]} | ${where.map(code).join(" › ") || "the document"} | ${what} |`;
  });
  return section(title, advice, ["| For users' code | Where | What |", "| --- | --- | --- |", ...lines]);
}

function section(title: string, advice: string, lines: readonly string[]): string {
  const more = lines.length > most.rows ? [`\n… and ${lines.length - most.rows} more.`] : [];
  return [`### ${title}`, advice, [...lines.slice(0, most.rows), ...more].join("\n")].filter(Boolean).join("\n\n");
}

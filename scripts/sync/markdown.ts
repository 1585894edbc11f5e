/** Words of the vendor's in Markdown of ours: always as code, so that no name can write into a report. */
export interface Change {
  readonly impact: "major" | "minor" | "patch";
  /** Operation, status, field. */
  readonly where: readonly string[];
  /** Markdown. */
  readonly what: string;
}

/** A pull request takes 65 536 characters. */
const most = { rows: 100, characters: 300 };
const words = { major: "**breaking**", minor: "not breaking", patch: "no change" };

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
  const lines = items.map((item) => `- ${item}`);
  return lines.length === 0 ? "" : section(title, advice, lines);
}

export function table(title: string, changes: readonly Change[], advice?: string): string {
  if (changes.length === 0) return advice === undefined ? "" : section(title, advice, []);
  const rows = (["major", "minor", "patch"] as const).flatMap((impact) =>
    changes.filter((row) => row.impact === impact),
  );
  const lines = rows.map(({ impact, where, what }) => {
    return `| ${words[impact]} | ${where.map(code).join(" › ") || "the document"} | ${what} |`;
  });
  return section(title, advice, ["| For users' code | Where | What |", "| --- | --- | --- |", ...lines]);
}

function section(title: string, advice: string | undefined, lines: readonly string[]): string {
  const more = lines.length > most.rows ? [`\n… and ${lines.length - most.rows} more.`] : [];
  return [`### ${title}`, advice, [...lines.slice(0, most.rows), ...more].join("\n")].filter(Boolean).join("\n\n");
}

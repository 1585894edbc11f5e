/**
 * What `npm run docs` does that typedoc does not: guides are called by their titles, the vendor's descriptions are shown,
 * errors are linked from every entry, and assistants get `llms.txt` and `llms-full.txt` (https://llmstxt.org).
 */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Converter, ReflectionKind } from "typedoc";

const heading = /(?:^|\n)# (.*)\n([\s\S]*)$/;

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    // A page is a list of parts, text and code. Text before the title is a note to maintainers, and is dropped.
    const place = document.content.findIndex(({ text }) => heading.test(text));
    if (place === -1) throw new Error(`${document.name} has no title.`);
    const [, title, rest] = heading.exec(document.content[place].text);
    document.name = title;
    document.content.splice(0, place + 1, { kind: "text", text: rest });
  });

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const errors = project.getReflectionsByKind(ReflectionKind.Class);
    for (const { comment } of Object.values(project.reflections)) {
      // typedoc looks for the classes of `@throws` only in the entry itself.
      for (const part of comment?.blockTags.flatMap(({ content }) => content) ?? []) {
        if (part.kind === "inline-tag") part.target ??= errors.find(({ name }) => name === part.text);
      }
      const description = comment?.getTag("@description");
      if (description === undefined) continue;
      comment.summary.push(...description.content);
      comment.removeTags("@description");
    }
  });

  app.renderer.postRenderAsyncJobs.push(async ({ outputDirectory }) => {
    const pages = [
      "README.md",
      ...app.options.getValue("projectDocuments").map((path) => path.replace(`${process.cwd()}/`, "")),
    ];
    await writeForAssistants(pages, outputDirectory);
  });
}

/** The types of the client, in the order of their use. The schema would be ten times as long as all of this. */
const types = ["options", "outcomes", "methods", "errors/errors", "webhooks", "connect"].map(
  (name) => `src/wrappers/${name}.ts`,
);

async function writeForAssistants(pages, out) {
  const entries = [];
  const texts = [];
  for (const path of pages) {
    const text = await readFile(path, "utf8");
    await mkdir(join(out, dirname(path)), { recursive: true });
    await copyFile(path, join(out, path));
    texts.push(text);
    entries.push(`- [${/^# (.*)$/m.exec(text)?.[1]}](${path})`);
  }
  const { description } = JSON.parse(await readFile("package.json", "utf8"));
  const head = `# flinks-client\n\n> ${description}\n`;
  const full = "- [All pages and the types of the client in one file](llms-full.txt)";
  await writeFile(join(out, "llms.txt"), `${head}\n## Guides\n\n${entries.join("\n")}\n\n## Optional\n\n${full}\n`);
  for (const path of types) texts.push(`# ${basename(path)}\n\n\`\`\`ts\n${await readFile(path, "utf8")}\`\`\`\n`);
  await writeFile(join(out, "llms-full.txt"), `${head}\n${texts.join("\n")}`);
}

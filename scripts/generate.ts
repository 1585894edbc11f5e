/**
 * Makes everything in this repository that is made: `openapi/flinks.yaml`, `src/generated/`, `docs/errors.md`.
 *
 * @module
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { bundleDocument } from "./generate/document.ts";
import { errorsPage } from "./generate/errors-page.ts";
import { generateSchema } from "./generate/schema.ts";
import { generateServer } from "./generate/server.ts";

const usage = `Usage: npm run generate [-- --check]

Makes openapi/flinks.yaml (the vendor's document with openapi/corrections.yaml applied), src/generated/ from
it, and docs/errors.md from src/wrappers/codes.ts.

  --check   change nothing; fail if anything made is stale or was edited by hand
  --help    show this text
`;

const { values: flags } = parseArgs({
  options: { check: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});

if (flags.help) {
  process.stdout.write(usage);
} else {
  await run(flags.check).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function run(check: boolean): Promise<void> {
  const document = await bundleDocument();
  const made = new Map([
    ["openapi/flinks.yaml", document],
    ["src/generated/schema.ts", await generateSchema(document)],
    ["src/generated/server.ts", generateServer(document)],
    ["docs/errors.md", errorsPage()],
  ]);

  const stale: string[] = [];
  for (const [path, content] of made) {
    if ((await readIfThere(path)) === content) continue;
    stale.push(path);
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`made ${path}`);
  }
  if (check && stale.length > 0) {
    throw new Error(
      `Stale or edited by hand: ${stale.join(", ")}\n` +
        "Run `npm run generate` and commit what it writes. To change these files, change what they are made " +
        "from: openapi/upstream, openapi/corrections.yaml, src/wrappers/codes.ts or scripts/generate.",
    );
  }
  if (stale.length === 0) console.log("everything that is made is up to date");
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

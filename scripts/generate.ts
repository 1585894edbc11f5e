/** Makes everything in this repository that is made: `openapi/flinks.yaml`, `src/generated/`, `docs/errors.md`. */
import { parseArgs } from "node:util";
import { makeFiles, readInputs, updateFiles } from "./generate/make.ts";

const usage = `Usage: npm run generate [-- --check]

Makes openapi/flinks.yaml (the documents that openapi/sources.yaml lists, bundled, with openapi/corrections.yaml
applied), src/generated/ from it, and docs/errors.md from src/wrappers/codes.ts.

  --check   change nothing; fail if anything made is stale or was edited by hand
  --help    show this text
`;

async function run(isCheck: boolean): Promise<void> {
  const { files } = await makeFiles(await readInputs());
  const stale = await updateFiles(files, isCheck);
  if (isCheck && stale.length > 0) {
    throw new Error(
      `Stale or edited by hand: ${stale.join(", ")}\nRun \`npm run generate\` and commit what it writes. To change ` +
        "these files, change what they are made from: openapi/, src/wrappers/codes.ts or scripts/generate.",
    );
  }
  for (const path of stale) console.log(`made ${path}`);
  if (stale.length === 0) console.log("everything that is made is up to date");
}

const flag = { type: "boolean", default: false } as const;
const { values: flags } = parseArgs({ options: { check: flag, help: flag } });
try {
  if (flags.help) process.stdout.write(usage);
  else await run(flags.check);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

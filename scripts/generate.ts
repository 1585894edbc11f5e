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
  const stale = await updateFiles((await makeFiles(await readInputs())).files, isCheck);
  if (isCheck && stale.length > 0) {
    throw new Error(
      `Stale or edited by hand: ${stale.join(", ")}\nRun \`npm run generate\` and commit what it writes.`,
    );
  }
  for (const path of stale) console.log(`made ${path}`);
  if (stale.length === 0) console.log("everything that is made is up to date");
}

try {
  const { values: flags } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (flags.help) process.stdout.write(usage);
  else await run(flags.check === true);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** Fails if the types of the built package make the compiler do too much work. A part of `npm run size`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

const limit = 10_000;

const program = `import { createFlinksClient } from "flinks-client";
const flinks = createFlinksClient({ instance: "toolbox", customerId: "c", secretKey: "k" });
const outcome = await flinks.authorize({ LoginId: "l" });
if (outcome.status === "authorized") console.log(outcome.requestId);
const { data } = await flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
  params: { path: { customerId: "c" }, header: { "flinks-auth-key": "token" } },
  body: { LoginId: "l", MostRecentCached: true },
});
console.log(data?.RequestId);
`;
const compilerOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
  module: "nodenext",
};

// Within this package, where the compiler finds it by its own name.
const folder = "reports/type-cost";
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/program.mts`, program);
writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["program.mts"] }));
const tsc = ["node_modules/typescript/bin/tsc", "-p", folder, "--extendedDiagnostics"];
const { status, stdout } = spawnSync(process.execPath, tsc, { encoding: "utf8" });
const instantiations = Number(/^Instantiations: +(\d+)$/m.exec(stdout)?.[1]);
if (status !== 0 || Number.isNaN(instantiations)) throw new Error(stdout);
console.log(`  Types of one authorize and one http.POST: ${instantiations} instantiations, at most ${limit}`);
if (instantiations > limit) process.exitCode = 1;

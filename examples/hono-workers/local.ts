/** The Worker on your machine: workerd by Miniflare. `wrangler dev` does the same for a project with its configuration. */
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const { outputFiles } = await build({ entryPoints: ["worker.ts"], bundle: true, format: "esm", write: false });
const names = ["BASE_URL", "INSTANCE", "CUSTOMER_ID", "SECRET_KEY", "API_KEY", "LOGIN_ID"].map(
  (name) => `FLINKS_${name}`,
);

const miniflare = new Miniflare({
  modules: true,
  script: outputFiles[0]?.text ?? "",
  compatibilityDate: "2026-04-01",
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 8787),
  cf: false,
  bindings: Object.fromEntries(names.map((name) => [name, process.env[name] ?? ""])),
  kvNamespaces: ["SESSIONS"],
  queueProducers: { PENDING: "pending" },
  queueConsumers: { pending: { maxBatchTimeout: 0, maxRetries: 100 } },
});
console.log(`Listening on ${(await miniflare.ready).origin}`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => miniflare.dispose().then(() => process.exit()));

/** A script that made a call exits by itself, at once, whatever became of the call. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestId } from "../helpers/client.ts";
import { startServer } from "../helpers/http-server.ts";

const root = resolve(import.meta.dirname, "../..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flinks-client-exits-"));
});
afterAll(() => rm(folder, { recursive: true }));

const script = (call: string) => `
import { createFlinksClient } from ${JSON.stringify(join(root, "src/index.ts"))};
const controller = new AbortController();
const flinks = createFlinksClient({ baseUrl: process.argv[2], customerId: "c", authorizeToken: () => "t" });
const minting = createFlinksClient({ baseUrl: process.argv[2], customerId: "c", secretKey: "k", prefetch: 8 });
const started = performance.now();
process.on("exit", () => console.log("lived", performance.now() - started));
${call}
`;

it.each([
  ["succeeded", 'await flinks.authorize({ LoginId: "session" });'],
  ["was refused", 'await flinks.authorize({ LoginId: "refused" }).catch(() => {});'],
  [
    "timed out",
    'await flinks.authorize({ LoginId: "silence" }, { timeoutMs: 50, retry: false }).catch(() => {});',
  ],
  [
    "was given up",
    'setTimeout(() => controller.abort(), 50); await flinks.authorize({ LoginId: "silence" }, controller).catch(() => {});',
  ],
  [
    "was given up in a wait between tries",
    'setTimeout(() => controller.abort(), 50); await flinks.authorize({ LoginId: "later" }, controller).catch(() => {});',
  ],
  ["succeeded with tokens minted ahead", 'await minting.authorize({ LoginId: "session" });'],
  [
    "succeeded while a token for another hangs",
    'await minting.authorize({ LoginId: "session", Tag: "hangs" });',
  ],
])("after a call that %s", async (_, call) => {
  let minted = 0;
  const server = await startServer(({ json }) => {
    // Minting has no body. The first token is the call's own.
    if (json === undefined) {
      return call.includes("hangs") && minted++ > 0
        ? new Promise<undefined>(() => {})
        : { body: { Token: "t" } };
    }
    switch (json.LoginId) {
      case "session":
        return { body: { RequestId: requestId } };
      case "later":
        return { status: 503, headers: { "retry-after": "30" } };
      case "refused":
        return { status: 400, body: { FlinksCode: "INVALID_LOGIN" } };
      default:
        return new Promise<undefined>(() => {});
    }
  });
  const file = join(folder, "script.mts");
  await writeFile(file, script(call.replace(", controller)", ", { signal: controller.signal })")));
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, file, server.baseUrl]);
  const [, lived] = stdout.split(" ");
  // The default limit is 240 s and the wait 30 s: a timer left behind would show.
  expect(Number(lived)).toBeLessThan(call.includes("hangs") ? 8_000 : 4_000);
  expect(server.received.filter(({ json }) => json !== undefined)).toHaveLength(1);
});

/** Calls servers that fail, with the platform's `fetch`, and prints what the client says about each. For any runtime. */
import process from "node:process";
import { createFlinksClient, type FlinksConnectionError } from "../../src/index.ts";

const urls: Record<string, string> = JSON.parse(process.argv[2] ?? "{}");
const told: Record<string, object> = {};
for (const [name, baseUrl] of Object.entries(urls)) {
  const options = { baseUrl, customerId: "c", authorizeToken: "t", retry: false, timeoutMs: 20_000 } as const;
  try {
    await createFlinksClient(options).authorize({ LoginId: "l" });
    told[name] = { code: "none" };
  } catch (error) {
    const { code, mayHaveBeenSent, message } = error as FlinksConnectionError;
    told[name] = { code, mayHaveBeenSent, message };
  }
}
process.stdout.write(JSON.stringify(told));
process.exit();

/**
 * Calls servers that fail, with the platform's `fetch`, and prints what the client says about each. For any runtime. Its
 * arguments are the module with the client, and the servers' URLs by name.
 */
import process from "node:process";

const [module, urls] = process.argv.slice(2);
const { createFlinksClient } = await import(module);

async function failureOf(baseUrl) {
  // Node's own limit for connecting is 10 s.
  const options = { baseUrl, customerId: "c", authorizeToken: "t", retry: false, timeoutMs: 15_000 };
  try {
    await createFlinksClient(options).authorize({ LoginId: "l" });
    return { code: "none" };
  } catch ({ code, mayHaveBeenSent, message }) {
    return { code, mayHaveBeenSent, message };
  }
}

const told = Object.entries(JSON.parse(urls)).map(async ([name, url]) => [name, await failureOf(url)]);
process.stdout.write(JSON.stringify(Object.fromEntries(await Promise.all(told))));
process.exit();

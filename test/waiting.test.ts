/** The code of docs/waiting.md does what the guide says. */
import { readFile } from "node:fs/promises";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFlinksClient, FlinksPendingError, flinksCodes, type PendingOutcome } from "../src/index.ts";
import { createSandbox } from "../src/sandbox/index.ts";
import { blockIn, run as runBlock } from "./helpers/guides.ts";
import { pending } from "./helpers/wire.ts";
import { detail, finish, requestId, type Scripted, scripted } from "./wrappers/accounts/support.ts";

const guide = await readFile("docs/waiting.md", "utf8");
const blockWith = (text: string) => blockIn(guide, text);

/** Runs a block against these responses, and gives what it made of them. */
async function run(block: string, replies: readonly Scripted[], given: object = {}) {
  const api = scripted(replies);
  const lines: string[] = [];
  const saved: unknown[] = [];
  const jobs: { job: unknown; options: unknown }[] = [];
  const stored = new Map<string, string>();
  const names = {
    flinks: api.flinks,
    requestId,
    FlinksPendingError,
    console: { log: (...words: unknown[]) => lines.push(words.join(" ")) },
    store: {
      set: async (key: string, text: string) => stored.set(key, text),
      get: async (key: string) => stored.get(key),
    },
    queue: { send: async (job: unknown, options: unknown) => jobs.push({ job, options }) },
    save: async (accounts: unknown) => saved.push(accounts),
    ...given,
  };
  const { outputText } = ts.transpileModule(block, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const returned = 'return typeof work === "undefined" ? undefined : work;';
  const work = new AsyncFunction(...Object.keys(names), `${outputText}\n${returned}`)(...Object.values(names));
  return { work: await finish(work as Promise<(job: unknown) => Promise<void>>), api, lines, saved, jobs, stored };
}

const { Accounts } = detail.body as { Accounts: unknown };

describe("docs/waiting.md", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits in one call", async () => {
    const { api } = await run(blockWith("waitForAccountsDetail({ RequestId: requestId });"), [pending(), detail]);
    expect(api.log()).toEqual(["POST GetAccountsDetail at 0", "GET GetAccountsDetailAsync at 10000"]);
  });

  it("tells pending from ready", async () => {
    const block = blockWith('outcome.status === "pending"');
    expect((await run(block, [pending()])).lines).toEqual([]);
    expect((await run(block, [detail])).lines).toEqual(["1"]);
  });

  it("sets limits", async () => {
    const { lines, api } = await run(blockWith("onPending"), [pending("OPERATION_DISPATCHED"), detail]);
    expect(lines).toEqual(["not yet OPERATION_DISPATCHED"]);
    expect(api.sent[0]?.json).toEqual({ RequestId: requestId, WithTransactions: true });
  });

  it("stores a pending outcome, and goes on with it", async () => {
    const { stored, saved } = await run(blockWith('store.set("pending"'), [pending()]);
    expect(saved).toEqual([]);
    const { store, saved: later, api } = await goOn(stored);
    expect([store, later]).toEqual([1, [Accounts]]);
    expect(api.log()).toEqual(["GET GetAccountsDetailAsync at 0"]);
  });

  async function goOn(stored: ReadonlyMap<string, string>) {
    const store = { get: async (key: string) => stored.get(key) };
    return { store: stored.size, ...(await run(blockWith('store.get("pending"'), [detail], { store })) };
  }

  it.each(["greatday_nomfa", "test_pending"] as const)("lets a page wait for %s", async (user) => {
    const sandbox = createSandbox({ now: () => Date.now() });
    const flinks = createFlinksClient(sandbox.options);
    const stored = new Map<string, string>();
    const store = {
      set: async (key: string, text: string) => stored.set(key, text),
      get: async (key: string) => stored.get(key),
    };
    const given = { flinks, store, userId: "ada", signedInUser: () => "ada", FlinksPendingError };
    const names = { ...given, loginId: sandbox.loginIds[user] };
    const functionOf = (text: string, name: string, others = {}) => {
      const code = blockWith(text).replace("export ", "");
      return runBlock(ts.transpile(code, { target: ts.ScriptTarget.ES2022 }), { ...names, ...others }, name);
    };

    await runBlock(blockWith("JSON.stringify({ RequestId"), names);
    const route = (await functionOf("function GET", "GET")) as (request: object) => Promise<Response>;
    const statuses: number[] = [];
    const fetch = async () => {
      const response = await route({});
      statuses.push(response.status);
      return response;
    };
    const getAccounts = (await functionOf("function getAccounts", "getAccounts", { fetch })) as () => Promise<unknown>;
    expect(await finish(getAccounts())).toEqual(expect.arrayContaining([expect.objectContaining({ Currency: "CAD" })]));

    const sent = sandbox.requests.map(({ method, url }) => `${method} ${/Services\/(\w+)/.exec(url)?.[1]}`).slice(2);
    const isPending = user === "test_pending";
    expect(statuses).toEqual(isPending ? [202, 200] : [200]);
    expect(sent).toEqual(["POST GetAccountsDetail", ...(isPending ? ["GET GetAccountsDetailAsync"] : [])]);
  });

  it("lets a queue wait: one request for each job", async () => {
    const block = blockWith("queue.send");
    const first = await run(block, [pending()]);
    const { job } = first.jobs[0] as { job: object };
    expect(job).toEqual({ RequestId: requestId, WithTransactions: true });
    await finish(first.work(job));
    const { job: again, options } = first.jobs[1] as { job: PendingOutcome; options: unknown };
    expect(again).toMatchObject({ status: "pending", requestId, operation: "getAccountsDetail" });
    expect(options).toEqual({ delaySeconds: 10 });
    expect(first.api.log()).toEqual(["POST GetAccountsDetail at 0"]);

    const second = await run(block, [detail]);
    await finish(second.work(again));
    expect(second.saved).toEqual([Accounts]);
    expect(second.api.log()).toEqual(["GET GetAccountsDetailAsync at 0"]);
  });

  it("names codes and defaults that there are", async () => {
    for (const [, code] of guide.matchAll(/`([A-Z]+_[A-Z_]+)`/g)) expect(Object.keys(flinksCodes)).toContain(code);
    const { api } = await run("await flinks.waitForAccountsDetail({ RequestId: requestId }).catch(() => {})", [
      pending(),
    ]);
    const times = api.sent.map(({ at }) => at.toLocaleString("en").replaceAll(",", " "));
    expect(guide).toContain(`| \`pollIntervalMs\` | ${times[1]} |`);
    expect(guide).toContain(`| \`maxWaitMs\` | ${times.at(-1)} |`);
  });
});

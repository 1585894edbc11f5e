/**
 * How the package behaves, for any runtime: no Node, no test runner. It is given the package's modules, so that
 * the same cases run for `import`, `require` and a bundle.
 */
import type * as flinksModule from "../../src/index.ts";
import type * as sandboxModule from "../../src/sandbox/index.ts";
import { httpWorld, readState, sandboxWorld, type World } from "./worlds.ts";

export type Modules = typeof flinksModule & typeof sandboxModule;

export interface Result {
  readonly name: string;
  /** What went wrong, if something did. */
  readonly problem?: string;
}

type Case = (world: World, modules: Modules) => Promise<void>;

const city = "What city were you born in?";
const credentials = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
const wrongPassword = "s3cret-Everyday";

const inBothWorlds: Record<string, Case> = {
  "a session at once": async ({ options }, { createFlinksClient, createSandbox }) => {
    const { loginIds } = createSandbox();
    const outcome = await createFlinksClient(options).authorize({ LoginId: loginIds.greatday_nomfa });
    equal(outcome.status, "authorized");
    equal(/^[\da-f-]{36}$/.test(outcome.requestId), true);
  },

  "MFA in two halves, a wrong answer between": async ({ options }, modules) => {
    const { createFlinksClient } = modules;
    const outcome = await createFlinksClient(options).authorize(credentials);
    if (outcome.status !== "mfa_required") throw new Error(`The outcome is ${outcome.status}.`);
    const open = JSON.parse(JSON.stringify(outcome)) as typeof outcome;
    const flinks = createFlinksClient(options);
    const again = await flinks.answerChallenge(open, { [city]: "Québec" });
    if (again.status !== "mfa_required") throw new Error(`The outcome is ${again.status}.`);
    equal(again.challenge.rejected?.code, "INVALID_SECURITY_RESPONSE");
    const done = await flinks.answerChallenge(again, { [city]: "Montreal" });
    equal([done.status, done.requestId], ["authorized", outcome.requestId]);
  },

  "MFA in one call": async ({ options }, { createFlinksClient }) => {
    const answers = ({ questions }: flinksModule.MfaChallenge) =>
      Object.fromEntries(questions.map(({ prompt }) => [prompt, "Montreal"]));
    const { status } = await createFlinksClient(options).authorizeWithMfa(credentials, answers);
    equal(status, "authorized");
  },

  pending: async ({ options }, { createFlinksClient, createSandbox }) => {
    const { loginIds } = createSandbox();
    const outcome = await createFlinksClient(options).authorize({ LoginId: loginIds.test_pending });
    equal([outcome.status, outcome.status === "pending" && outcome.code], ["pending", "OPERATION_PENDING"]);
  },

  "accounts that are pending at first": async ({ options }, { createFlinksClient, createSandbox }) => {
    const flinks = createFlinksClient(options);
    const { requestId } = await flinks.authorize({ LoginId: createSandbox().loginIds.test_pending });
    const pending: string[] = [];
    const { Accounts } = await flinks.waitForAccountsDetail(
      { RequestId: requestId },
      { pollIntervalMs: 20, onPending: ({ operation }) => pending.push(operation) },
    );
    equal([typeof Accounts[0]?.Id, pending[0]], ["string", "getAccountsDetail"]);
  },

  "an error of the API": async ({ options }, { createFlinksClient, FlinksApiError, FlinksError }) => {
    const call = createFlinksClient(options).authorize({ ...credentials, Password: wrongPassword });
    const error = await rejection(FlinksApiError, call);
    equal(error instanceof FlinksError && error instanceof Error, true);
    const { name, status, code, category, action, retryable } = error;
    const facts = [name, status, code, category, action, retryable];
    equal(facts, ["FlinksApiError", 401, "INVALID_PASSWORD", "credentials", "reenter_credentials", false]);
    equal(`${error} ${error.stack} ${JSON.stringify(error)}`.includes(wrongPassword), false);
  },

  "a request that makes no sense": async ({ options }, { createFlinksClient, FlinksUsageError }) => {
    const request = { LoginId: "l", Username: "u" } as unknown as flinksModule.AuthorizeInput;
    await rejection(FlinksUsageError, createFlinksClient(options).authorize(request));
  },

  "the generated client": async ({ options }, { createFlinksClient, createSandbox }) => {
    const flinks = createFlinksClient(options);
    const customerId = `${options.customerId}`;
    const { data, response } = await flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
      params: {
        path: { customerId },
        header: { "flinks-auth-key": await flinks.generateAuthorizeToken() },
      },
      body: { LoginId: createSandbox().loginIds.greatday_nomfa, MostRecentCached: true },
    });
    equal([response.status, typeof data?.RequestId], [200, "string"]);
  },

  "no answer in time": (world, modules) => runsOut(world, "silent", modules),
  "half an answer in time": (world, modules) => runsOut(world, "stalled", modules),

  "a call aborted on its way": async (world, { createFlinksClient }) => {
    const controller = new AbortController();
    const reason = { why: "the user left" };
    const call = createFlinksClient(world.in("silent")).authorize(credentials, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 300);
    equal((await thrownBy(call)) === reason, true);
    await isLeft(world);
  },

  "a call aborted before": async ({ options }, { createFlinksClient }) => {
    const signal = AbortSignal.abort();
    equal((await thrownBy(createFlinksClient(options).authorize(credentials, { signal }))) === signal.reason, true);
  },

  "a refused redirect": async (world, { createFlinksClient, FlinksConnectionError }) => {
    const call = createFlinksClient(world.in("redirecting")).authorize(credentials);
    const error = await rejection(FlinksConnectionError, call);
    equal([error.code, error.retryable], ["redirected", false]);
    equal((await world.state()).elsewhere, 0);
  },
};

/** What only a connection can show. */
const overHttp: Record<string, (server: string, world: World, modules: Modules) => Promise<void>> = {
  "a request with its length, or in chunks": async (server, { options }, { createFlinksClient }) => {
    await createFlinksClient(options).authorize({ ...credentials, Tag: "é" });
    const { length, chunked, bytes } = await readState(server);
    equal([length, chunked], "Deno" in globalThis ? [null, true] : [`${bytes}`, false]);
  },

  "a cut connection, and nothing sent twice": async (server, world, modules) => {
    const { cut } = await readState(server);
    const call = modules.createFlinksClient(world.in("cutting")).authorize(credentials);
    const error = await rejection(modules.FlinksConnectionError, call);
    equal(error.cause === undefined, false);
    equal((await readState(server)).cut, cut + 1);
  },

  "a gateway's page": async (_, world, { createFlinksClient, FlinksResponseError }) => {
    const call = createFlinksClient(world.in("html")).authorize(credentials);
    const { status, bodyExcerpt } = await rejection(FlinksResponseError, call);
    equal([status, bodyExcerpt], [502, "<h1>Bad Gateway</h1>"]);
  },

  "a cached call, tried again": async (_, world, { createFlinksClient, createSandbox }) => {
    const flinks = createFlinksClient({ ...world.in("busy-once"), retry: { retries: 1 } });
    const { status } = await flinks.authorize({ LoginId: createSandbox().loginIds.greatday_nomfa });
    equal(status, "authorized");
  },
};

/** Runs all cases, one after the other. `server` is the address of server.ts. */
export async function runSuite(modules: Modules, server: string): Promise<Result[]> {
  const sandbox = modules.createSandbox({ random: () => 0, pendingMs: 50 });
  const http = httpWorld(server, sandbox);
  const cases = [sandboxWorld(sandbox), http].flatMap((world) =>
    Object.entries(inBothWorlds).map(([name, run]) => ({
      name: `${name}, ${world.name}`,
      run: () => run(world, modules),
    })),
  );
  for (const [name, run] of Object.entries(overHttp)) {
    cases.push({ name: `${name}, ${http.name}`, run: () => run(server, http, modules) });
  }
  const results: Result[] = [];
  for (const { name, run } of cases) results.push(await resultOf(name, run));
  return results;
}

async function resultOf(name: string, run: () => Promise<void>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("It took more than 10 s.")), 10_000);
    });
    await Promise.race([run(), late]);
    return { name };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return { name, problem: `${error}${cause === undefined ? "" : ` (${cause})`}` };
  } finally {
    clearTimeout(timer);
  }
}

async function runsOut(world: World, trouble: "silent" | "stalled", modules: Modules): Promise<void> {
  const { createFlinksClient, FlinksTimeoutError, FlinksConnectionError } = modules;
  const call = createFlinksClient(world.in(trouble)).authorize(credentials, { timeoutMs: 300 });
  const error = await rejection(FlinksTimeoutError, call);
  equal([error instanceof FlinksConnectionError, error.timeoutMs], [true, 300]);
  await isLeft(world);
}

/** A call that ended must not keep its connection. */
async function isLeft(world: World): Promise<void> {
  for (let tries = 0; (await world.state()).waiting > 0; tries++) {
    if (tries === 40) throw new Error("The connection was kept.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error("An error was expected, but there was none.");
    },
    (error: unknown) => error,
  );
}

async function rejection<T>(type: abstract new (...args: never[]) => T, call: Promise<unknown>): Promise<T> {
  const error = await thrownBy(call);
  if (error instanceof type) return error;
  throw new Error(`${type.name} was expected.`, { cause: error });
}

function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${is} should be ${should}.`);
}

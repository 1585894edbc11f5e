/** What the `@example`s leave out, because a reader has it in mind. */
import { Agent, ProxyAgent } from "undici7";
import * as client from "../../src/index.ts";
import * as sandboxEntry from "../../src/sandbox/index.ts";
import * as server from "../../src/sandbox/server/index.ts";
import * as connect from "../../src/wrappers/connect.ts";
import { createUndiciFetch, type UndiciFetchOptions } from "../../src/wrappers/undici.ts";
import * as webhooks from "../../src/wrappers/webhooks.ts";

/** What the entries export, and what examples import from undici. */
export const exportedValues = {
  ...{ ...client, ...sandboxEntry, ...server, ...connect, ...webhooks, Agent, ProxyAgent },
  // Without a dispatcher it loads undici, which is installed here under another name.
  createUndiciFetch: ({ dispatcher = new Agent() }: UndiciFetchOptions = {}) => createUndiciFetch({ dispatcher }),
};

/** What examples leave out: a client of a sandbox, a session, and the reader's own functions. */
export async function createGivenNames() {
  let time = Date.now();
  const sandbox = sandboxEntry.createSandbox({ random: () => 0, now: () => time });
  const { loginIds } = sandbox;
  const options: client.FlinksClientOptions = sandbox.options;
  const flinks = client.createFlinksClient(options);

  const outcome = (await flinks.authorize({ LoginId: loginIds.greatday_nomfa })) as client.AuthorizedOutcome;
  const { challenge, continuation } = (await flinks.authorize({
    LoginId: loginIds.greatday,
  })) as client.MfaRequiredOutcome;
  const { requestId: pendingId } = await flinks.authorize({ LoginId: loginIds.test_pending });
  const pending = (await flinks.getAccountsDetail({ RequestId: pendingId })) as client.PendingOutcome;
  time += 5_000; // By now its data is ready.

  const secret = "shared with the vendor";
  let webhook: RequestInit = {};
  const receive = async (_url: string, init: RequestInit) => {
    webhook = init;
    return { status: 200 };
  };
  await sandbox.deliverWebhook("https://shop.example/webhooks", { secret, fetch: receive });
  const headers = webhook.headers as Record<string, string>;

  const answers: client.MfaAnswers = { "What city were you born in?": "Montreal" };
  const write = (..._what: unknown[]) => {};
  return {
    ...{ sandbox, options, flinks, outcome, challenge, continuation, pending, answers, secret, headers },
    oldSecret: "the secret before that",
    ...{ loginId: loginIds.greatday_nomfa, requestId: outcome.requestId, body: webhook.body as string },
    log: { info: write, warn: write, error: write },
    show: write,
    save: async (..._what: unknown[]) => {},
    queue: { add: async (_job: object) => {} },
    store: {
      get: async (key: string) => JSON.stringify(key.startsWith("pending/") ? pending : { challenge, continuation }),
      take: async (_key: string) => JSON.stringify({ challenge, continuation }),
      put: async (_key: string, _text: string) => {},
    },
    ask: async (_prompt: string) => "Montreal",
    askUser: async (_challenge: client.MfaChallenge) => answers,
    app: { request: async (_url: string, _init: RequestInit) => ({ status: 200 }) },
    error: undefined as unknown,
  };
}

export type GivenNames = Awaited<ReturnType<typeof createGivenNames>>;

/** One error of each class. */
export async function createErrors(): Promise<client.FlinksError[]> {
  const sandbox = sandboxEntry.createSandbox({
    random: () => 0,
    faults: [
      { operation: "authorize", fault: "html" },
      { operation: "authorize", fault: "reset" },
      { operation: "authorize", fault: "silence" },
    ],
  });
  const flinks = client.createFlinksClient({ ...sandbox.options, retry: false });
  const { greatday, greatday_nomfa: LoginId, test_disabled_account, test_pending } = sandbox.loginIds;
  const open = () => flinks.authorize({ LoginId }, { timeoutMs: 20 });
  const calls: (() => Promise<unknown>)[] = [
    ...[open, open, open],
    () => flinks.authorize({ LoginId: test_disabled_account }),
    () => flinks.authorize({} as client.AuthorizeInput),
    () =>
      flinks.authorizeWithMfa(
        { LoginId: greatday },
        ({ questions: [question] }) => ({ [`${question?.prompt}`]: "?" }),
        { maxRounds: 1 },
      ),
    async () => {
      const { requestId } = await flinks.authorize({ LoginId: test_pending });
      await flinks.waitForAccountsDetail({ RequestId: requestId }, { maxWaitMs: 0 });
    },
    () => webhooks.readWebhook({ body: "{}", signature: undefined, secret: "any" }),
  ];
  const errors: client.FlinksError[] = [];
  for (const call of calls) await call().catch((error: unknown) => errors.push(error as client.FlinksError));
  return errors;
}

import { createFlinksClient, type FlinksClient, FlinksUsageError, type PendingOutcome } from "flinks-client";
import { Hono } from "hono";

interface Env {
  readonly FLINKS_BASE_URL?: string;
  readonly FLINKS_INSTANCE?: string;
  readonly FLINKS_CUSTOMER_ID: string;
  readonly FLINKS_SECRET_KEY: string;
  readonly FLINKS_API_KEY: string;
  readonly FLINKS_LOGIN_ID: string;
  /** Continuations and accounts. Continuations are secrets: KV is encrypted at rest, and no route reads them out. */
  readonly SESSIONS: KVNamespace;
  /** Operations that go on at Flinks. */
  readonly PENDING: Queue<PendingOutcome>;
}

const app = new Hono<{ Bindings: Env }>();

app.post("/sessions", async ({ env, json }) => {
  const flinks = clientOf(env);
  return json(await proceed(env, flinks, await flinks.authorize({ LoginId: env.FLINKS_LOGIN_ID })));
});

app.post("/sessions/:id/rounds/:round/answers", async ({ env, req, json }) => {
  const key = `challenge:${req.param("id")}:${req.param("round")}`;
  // What is not JSON is refused like other answers that do not fit. The parser's error would quote it in the log.
  const answers = await req.json().catch(() => undefined);
  const open = await env.SESSIONS.get(key);
  if (open === null) return json({ status: "unknown" }, 404);
  // For one request, as far as KV can tell: an answer that is sent twice could lock the user out. A Durable Object is strict.
  await env.SESSIONS.delete(key);
  const flinks = clientOf(env);
  try {
    return json(await proceed(env, flinks, await flinks.answerChallenge(JSON.parse(open), answers)));
  } catch (error) {
    if (!(error instanceof FlinksUsageError)) throw error;
    // Nothing was sent, so the user may answer again.
    await env.SESSIONS.put(key, open, { expirationTtl: 480 });
    return json({ status: "invalid_answers", prompts: error.prompts }, 422);
  }
});

app.get("/sessions/:id/accounts", async ({ env, req, json }) => {
  const accounts = await env.SESSIONS.get(`accounts:${req.param("id")}`, "json");
  return accounts === null ? json({ status: "pending" }, 202) : json({ status: "ready", accounts });
});

/** What the browser gets to know. */
async function proceed(env: Env, flinks: FlinksClient, outcome: Awaited<ReturnType<FlinksClient["authorize"]>>) {
  const { requestId: id } = outcome;
  if (outcome.status === "mfa_required") {
    const { challenge, continuation } = outcome;
    // Flinks ends a session after eight minutes in which nobody answers.
    const { round, questions } = challenge;
    const open = JSON.stringify({ challenge, continuation });
    await env.SESSIONS.put(`challenge:${id}:${round}`, open, { expirationTtl: 480 });
    return { id, status: "mfa_required", round, questions };
  }
  const data = await flinks.getAccountsDetail({ RequestId: id });
  if (data.status === "pending") await env.PENDING.send(data, { delaySeconds: 10 });
  else await keep(env, id, data.data.Accounts);
  return { id, status: data.status };
}

function keep(env: Env, id: string, accounts: object[]): Promise<void> {
  return env.SESSIONS.put(`accounts:${id}`, JSON.stringify(accounts), { expirationTtl: 3600 });
}

// The waiting is done by the queue, which asks again every ten seconds. A Worker that slept would be ended.
async function queue({ messages }: MessageBatch<PendingOutcome>, env: Env): Promise<void> {
  for (const message of messages) {
    const { requestId } = message.body;
    const data = await clientOf(env).getAccountsDetailAsync(requestId);
    if (data.status === "pending") message.retry({ delaySeconds: 10 });
    else await keep(env, requestId, data.data.Accounts);
  }
}

function clientOf(env: Env): FlinksClient {
  return createFlinksClient({
    ...(env.FLINKS_BASE_URL ? { baseUrl: env.FLINKS_BASE_URL } : { instance: env.FLINKS_INSTANCE }),
    customerId: env.FLINKS_CUSTOMER_ID,
    secretKey: env.FLINKS_SECRET_KEY,
    apiKey: env.FLINKS_API_KEY,
  });
}

export default { fetch: app.fetch, queue };

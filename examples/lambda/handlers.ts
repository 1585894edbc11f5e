/**
 * API Gateway ends a request after 29 seconds, but a live session can take 210, and its accounts minutes. So `start`
 * hands the work over to a queue, `work` does it, and the browser asks `poll` until it is done.
 */
import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event, SQSEvent } from "aws-lambda";
import { FlinksApiError, FlinksError, FlinksPendingError, FlinksUsageError, type MfaAnswers } from "flinks-client";
import { flinks } from "./flinks.ts";
import { type Job, moveJob, queue, readJob, writeJob } from "./jobs.ts";

const { FLINKS_LOGIN_ID: loginId = "" } = process.env;

/** POST /refreshes */
export async function start(event: Event) {
  const jobId = randomUUID();
  await writeJob(jobId, { user: userOf(event), loginId, status: "queued" });
  await queue.send({ jobId });
  return json(202, { id: jobId });
}

/** GET /refreshes/{id} */
export async function poll(event: Event) {
  const job = await jobOf(event);
  if (!job) return json(404, {});
  const { status, open, accounts, error } = job;
  return json(200, { status, round: open?.challenge.round, questions: open?.challenge.questions, accounts, error });
}

/** POST /refreshes/{id}/answers: the round that was polled, and the answers */
export async function answer(event: Event) {
  // The parser's error would quote the answers in the log.
  const { round, answers } = (await new Response(event.body).json().catch(() => null)) ?? {};
  if (!round || !answers) return json(400, {});
  const { id: jobId = "" } = event.pathParameters ?? {};
  // Only one request gets the job, and none that is late: an answer that is sent twice could lock the user out.
  if (!(await jobOf(event)) || !(await moveJob(jobId, "mfa_required", "queued", round))) return json(404, {});
  await queue.send({ jobId, answers });
  return json(202, { id: jobId });
}

/** Tasks of the queue. The function's timeout is 15 minutes. */
export async function work({ Records }: Pick<SQSEvent, "Records">) {
  for (const { body } of Records) {
    const { jobId, answers } = JSON.parse(body);
    const job = await moveJob(jobId, "queued", "running");
    if (!job) continue;
    const next = await proceed(job, answers);
    await writeJob(jobId, next);
    // Not ready within this function's time: another run goes on with the wait.
    if (next.status === "queued") await queue.send({ jobId });
  }
}

async function proceed(job: Job, answers: MfaAnswers | undefined): Promise<Job> {
  const { user, loginId, open, pending } = job;
  try {
    if (pending) return await finish(pending);
    const outcome =
      open && answers
        ? await flinks.answerChallenge(open, answers)
        : await flinks.authorize({ LoginId: loginId, MostRecentCached: false });
    if (outcome.status === "mfa_required") return { user, loginId, status: "mfa_required", open: outcome };
    return await finish({ RequestId: outcome.requestId });
  } catch (error) {
    if (error instanceof FlinksPendingError) return { user, loginId, status: "queued", pending: error.pending };
    if (error instanceof FlinksUsageError && open) return { ...job, status: "mfa_required" };
    if (!(error instanceof FlinksError)) throw error;
    const action = error instanceof FlinksApiError ? { action: error.action } : {};
    return { user, loginId, status: "failed", error: { code: error.code, ...action } };
  }

  async function finish(request: Parameters<typeof flinks.waitForAccountsDetail>[0]): Promise<Job> {
    const { Accounts } = await flinks.waitForAccountsDetail(request, { maxWaitMs: 8 * 60_000 });
    return { user, loginId, status: "ready", accounts: Accounts };
  }
}

async function jobOf(event: Event): Promise<Job | undefined> {
  const job = await readJob(event.pathParameters?.["id"] ?? "");
  return job?.user === userOf(event) ? job : undefined;
}

const userOf = (event: Event) => String(event.requestContext.authorizer.jwt.claims["sub"]);
const json = (statusCode: number, body: object) => ({ statusCode, body: JSON.stringify(body) });

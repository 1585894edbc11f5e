/** What the functions share. In memory here; in production a DynamoDB table, encrypted, and an SQS queue. */
import type { Account, MfaAnswers, OpenChallenge, PendingOutcome } from "flinks-client";

export interface Job {
  readonly user: string;
  readonly loginId: string;
  readonly status: "queued" | "running" | "mfa_required" | "ready" | "failed";
  /** Holds the continuation, so it never leaves the server. */
  readonly open?: OpenChallenge;
  readonly pending?: PendingOutcome;
  readonly accounts?: Account[];
  readonly error?: { readonly code: string; readonly action?: string };
}

export interface Task {
  readonly jobId: string;
  readonly answers?: MfaAnswers;
}

const jobs = new Map<string, Job>();
export const readJob = async (id: string) => jobs.get(id);
export const writeJob = async (id: string, job: Job) => void jobs.set(id, job);

/**
 * Moves a job on, for one caller only: users click twice, and SQS may deliver a task twice. In DynamoDB, an update with a
 * condition.
 */
export async function moveJob(id: string, from: Job["status"], to: Job["status"], round?: number) {
  const job = jobs.get(id);
  if (job?.status !== from || (round && job.open?.challenge.round !== round)) return undefined;
  jobs.set(id, { ...job, status: to });
  return job;
}

/** gateway.ts replaces this with its own delivery. */
export const queue = { send: async (_task: Task): Promise<void> => {} };

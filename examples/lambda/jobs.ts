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

/** SQS may deliver a task twice. Only one delivery gets the job: in DynamoDB, an update with a condition. */
export async function claimJob(id: string): Promise<Job | undefined> {
  const job = jobs.get(id);
  if (job?.status !== "queued") return undefined;
  jobs.set(id, { ...job, status: "running" });
  return job;
}

/** Set by whoever delivers tasks: see gateway.ts. */
export const queue = { send: async (_task: Task): Promise<void> => {} };

/**
 * The test institution and its users, as the vendor publishes them for everybody's tests.
 *
 * @module
 */

import type { operations } from "../generated/operations.ts";
import type { SandboxQuestion, SandboxUser } from "./types.ts";

/** What the API calls the test institution. */
export const institution = {
  InstitutionName: "FlinksCapital",
  InstitutionId: 14,
  Institution: "FlinksCapital",
};

/** The public toolbox customer. Published by the vendor; not secrets. */
export const toolbox = {
  customerId: "43387ca6-0391-4c82-857d-70d95f087ecb",
  secretKey: "c4569c54-e167-4d34-8de6-f4113bc82414",
  apiKey: "3d5266a8-b697-48d4-8de6-52e2e2662acc",
};

/** Every user's password. */
export const password = "Everyday";

/** A LoginId for each user, as Flinks Connect would have given. */
export const loginIds: Readonly<Record<SandboxUser, string>> = {
  greatday: "396fc774-7f7a-4c31-7c44-08da172863b5",
  greatday_nomfa: "5e115eac-1209-4f19-641c-08d6d484e2fe",
  test_disabled_account: "0e9c5d4c-1b1d-4a52-9d0e-08da172863b6",
  test_service_unavailable: "5b0b4a4e-6b0f-4c39-8c0b-08da172863b7",
  test_dispatched: "7d3c2f6a-93c5-4e36-a1a4-08da172863b8",
  test_pending: "b9f0c7de-21f7-4d84-b2c1-08da172863b9",
};

/** Usernames are matched without case. */
export function findUser(username: string): SandboxUser | undefined {
  const name = username.toLowerCase();
  return Object.hasOwn(loginIds, name) ? (name as SandboxUser) : undefined;
}

/** What `Greatday` is asked, one of them in each session. */
export const questions: readonly SandboxQuestion[] = [
  { Type: "QuestionAndAnswer", Prompt: "What city were you born in?", answer: "Montreal" },
  { Type: "QuestionAndAnswer", Prompt: "What is the best country on earth?", answer: "Canada" },
  { Type: "QuestionAndAnswer", Prompt: "What shape do people like most?", answer: "Triangle" },
];

/**
 * Which data calls go on in the background at first, for a user's sessions: 202, and the result once the clock has
 * moved. Statements never do, since they have no operation that could be polled.
 */
export const inBackground: Readonly<Record<SandboxUser, readonly (keyof typeof operations)[]>> = {
  greatday: ["getAccountsDetail"],
  greatday_nomfa: [],
  test_disabled_account: [],
  test_service_unavailable: [],
  test_dispatched: ["getAccountsSummary", "getAccountsDetail"],
  test_pending: ["getAccountsSummary", "getAccountsDetail"],
};

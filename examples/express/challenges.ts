/** The questions that users have not answered yet. Use Redis or a table where there is more than one process. */
import { randomUUID } from "node:crypto";
import type { OpenChallenge } from "flinks-client";

// Flinks ends a session after eight minutes in which nobody answers.
const lifetimeMs = 8 * 60_000;
const challenges = new Map<string, { user: string; open: OpenChallenge }>();

export function keepChallenge(user: string, open: OpenChallenge, id: string = randomUUID()): string {
  challenges.set(id, { user, open });
  setTimeout(() => challenges.delete(id), lifetimeMs).unref();
  return id;
}

/** The challenge, if it is this user's. Only one request gets it: an answer that is sent twice could lock the user out. */
export function takeChallenge(user: string, id: string): OpenChallenge | undefined {
  const kept = challenges.get(id);
  if (kept?.user !== user) return undefined;
  challenges.delete(id);
  return kept.open;
}

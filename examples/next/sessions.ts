/** What the server knows about its users. With more than one process, use Redis. */
import type { AuthorizeOutcome } from "flinks-client";
import { cookies } from "next/headers";

// Pages and actions are bundled apart, and share nothing but the process.
const shared = globalThis as { sessions?: Map<string, AuthorizeOutcome> };
shared.sessions ??= new Map();
const { sessions } = shared;

/** Takes the challenge of this round, so that only one request gets it. */
export async function readSession(round?: unknown): Promise<AuthorizeOutcome | undefined> {
  const id = (await cookies()).get("session")?.value ?? "";
  const session = sessions?.get(id);
  if (session?.status === "mfa_required" && round === `${session.challenge.round}`) sessions?.delete(id);
  return session;
}

/** The cookie is an id. The outcome with its continuation stays here. */
export async function writeSession(outcome: AuthorizeOutcome): Promise<void> {
  const id = crypto.randomUUID();
  sessions?.set(id, outcome);
  // On HTTPS, add secure.
  (await cookies()).set("session", id, { httpOnly: true, sameSite: "lax" });
}

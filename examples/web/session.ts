/** What the server knows about a user. Nothing of it but questions and accounts ever reaches the browser. */
import { randomUUID } from "node:crypto";
import { type Account, type AuthorizeOutcome, FlinksApiError, type MfaRequiredOutcome } from "flinks-client";
import { flinks } from "./flinks.ts";

export type State =
  | { readonly name: "connect" }
  | { readonly name: "questions"; readonly id: string; readonly open: MfaRequiredOutcome }
  | { readonly name: "waiting" }
  | { readonly name: "accounts"; readonly accounts: readonly Account[] }
  | { readonly name: "failed"; readonly action: string };

export class Session {
  language: "en" | "fr" = "en";
  state: State = { name: "connect" };

  /** Follows a call to its end. The browser asks for the state meanwhile. */
  async proceed(call: Promise<AuthorizeOutcome>): Promise<void> {
    const waiting: State = { name: "waiting" };
    this.state = waiting;
    const next = await stateAfter(call);
    // Unless the user has begun again meanwhile.
    if (this.state === waiting) this.state = next;
  }
}

async function stateAfter(call: Promise<AuthorizeOutcome>): Promise<State> {
  try {
    const outcome = await call;
    if (outcome.status === "mfa_required") return { name: "questions", id: randomUUID(), open: outcome };
    const { Accounts } = await flinks.waitForAccountsSummary({ RequestId: outcome.requestId });
    return { name: "accounts", accounts: Accounts };
  } catch (error) {
    console.error(error);
    return { name: "failed", action: error instanceof FlinksApiError ? error.action : "retry_later" };
  }
}

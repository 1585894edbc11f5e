/** What the server knows about a user. Nothing of it but questions and accounts ever reaches the browser. */
import { type Account, type AuthorizeOutcome, FlinksApiError, type MfaRequiredOutcome } from "flinks-client";
import { flinks } from "./flinks.ts";

export type State =
  | { readonly name: "connect" }
  | { readonly name: "questions"; readonly open: MfaRequiredOutcome }
  | { readonly name: "waiting" }
  | { readonly name: "accounts"; readonly accounts: readonly Account[] }
  | { readonly name: "failed"; readonly action: string };

export class Session {
  language: "en" | "fr" = "en";
  state: State = { name: "connect" };

  /** Follows a call to its end. The browser asks for the state meanwhile. */
  async proceed(call: Promise<AuthorizeOutcome>): Promise<void> {
    this.state = { name: "waiting" };
    try {
      const outcome = await call;
      if (outcome.status === "mfa_required") {
        this.state = { name: "questions", open: outcome };
      } else {
        const { Accounts } = await flinks.waitForAccountsSummary({ RequestId: outcome.requestId });
        this.state = { name: "accounts", accounts: Accounts };
      }
    } catch (error) {
      console.error(error);
      this.state = { name: "failed", action: error instanceof FlinksApiError ? error.action : "retry_later" };
    }
  }
}

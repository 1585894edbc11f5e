import { Body, Controller, Inject, Injectable, NotFoundException, Param, Post } from "@nestjs/common";
import type { AuthorizeOutcome, FlinksClient, MfaAnswers, OpenChallenge } from "flinks-client";
import { FlinksUsageError } from "flinks-client";
import { FLINKS } from "./flinks.module.ts";

@Injectable()
export class AccountsService {
  readonly #flinks: FlinksClient;
  // Continuations are secrets: they stay here. With several processes, use Redis.
  readonly #open = new Map<string, OpenChallenge>();

  constructor(@Inject(FLINKS) flinks: FlinksClient) {
    this.#flinks = flinks;
  }

  async open(loginId: string) {
    return this.#proceed(await this.#flinks.authorize({ LoginId: loginId }));
  }

  async answer(requestId: string, answers: MfaAnswers) {
    const open = this.#open.get(requestId);
    // Only one request gets it: an answer that is sent twice could lock the user out.
    if (!open || !this.#open.delete(requestId)) throw new NotFoundException();
    try {
      return await this.#proceed(await this.#flinks.answerChallenge(open, answers));
    } catch (error) {
      // Nothing was sent, so the user may answer again.
      if (error instanceof FlinksUsageError) this.#open.set(requestId, open);
      throw error;
    }
  }

  async #proceed(outcome: AuthorizeOutcome) {
    const { requestId } = outcome;
    if (outcome.status === "mfa_required") {
      this.#open.set(requestId, outcome);
      return { requestId, questions: outcome.challenge.questions };
    }
    const summary = await this.#flinks.waitForAccountsSummary({ RequestId: requestId });
    return { requestId, accounts: summary.Accounts };
  }
}

@Controller("logins")
export class AccountsController {
  readonly #accounts: AccountsService;

  constructor(@Inject(AccountsService) accounts: AccountsService) {
    this.#accounts = accounts;
  }

  // In your application, a guard makes sure that the login is the user's.
  @Post(":loginId/accounts")
  open(@Param("loginId") loginId: string) {
    return this.#accounts.open(loginId);
  }

  @Post(":loginId/accounts/:requestId/answers")
  answer(@Param("requestId") requestId: string, @Body() answers: MfaAnswers) {
    return this.#accounts.answer(requestId, answers);
  }
}

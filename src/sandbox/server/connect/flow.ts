/**
 * The way of one user through the Connect page: sign in, answer, choose an account, and go back.
 *
 * @module
 */
import { answer, connect } from "../../authorize.ts";
import { institution } from "../../institution.ts";
import { wanted } from "../../payloads.ts";
import type { Reply } from "../../replies.ts";
import type { SandboxSession, SandboxState } from "../../state.ts";
import { missing, type Problem, type Question, readAnswers } from "./fields.ts";
import { type Language, type Texts, texts } from "./texts.ts";

/** What the page's URL asks for. */
export interface ConnectParameters {
  readonly language: Language;
  readonly redirectUrl: string;
  readonly accountSelectorEnable: boolean;
}

/** Where the user is. */
export type Step =
  | { readonly name: "login" }
  | { readonly name: "questions"; readonly requestId: string; readonly questions: readonly Question[] }
  | { readonly name: "accounts"; readonly session: SandboxSession }
  | { readonly name: "done"; readonly url: string };

export class ConnectFlow {
  readonly parameters: ConnectParameters;
  step: Step = { name: "login" };
  readonly #token: string;
  readonly #state: SandboxState;

  /** @param token is spent: it belongs to this flow */
  constructor(token: string, parameters: ConnectParameters, state: SandboxState) {
    this.#token = token;
    this.parameters = parameters;
    this.#state = state;
  }

  /** Takes what was entered. The step is another one afterwards, unless there are problems. */
  advance(form: URLSearchParams): readonly Problem[] {
    const said = texts[this.parameters.language];
    switch (this.step.name) {
      case "login":
        return this.#signIn(form, said);
      case "questions":
        return this.#answer(this.step, form, said);
      case "accounts":
        return this.#choose(this.step.session, form, said);
      case "done":
        return [];
    }
  }

  #signIn(form: URLSearchParams, said: Texts): readonly Problem[] {
    const problems = (["username", "password"] as const)
      .filter((field) => !form.get(field))
      .map((field) => ({ field, text: missing(said[field], said) }));
    if (problems.length > 0) return problems;
    const credentials = { Username: `${form.get("username")}`, Password: `${form.get("password")}` };
    const { Institution } = institution;
    return this.#take(
      connect(this.#token, { Institution, ...credentials, MostRecentCached: false }, this.#state),
      said,
    );
  }

  #answer({ questions, requestId }: Step & { name: "questions" }, form: URLSearchParams, said: Texts) {
    const { responses, problems } = readAnswers(questions, form, said);
    if (problems.length > 0) return problems;
    const request = { RequestId: requestId, MostRecentCached: false, SecurityResponses: responses };
    return this.#take(answer(this.#token, request, this.#state), said);
  }

  #choose(session: SandboxSession, form: URLSearchParams, said: Texts): readonly Problem[] {
    const accountId = form.get("account") ?? "";
    if (wanted(session, [accountId]).length === 0) return [{ field: "account", text: missing(said.account, said) }];
    this.#finish(session, accountId);
    return [];
  }

  /** Goes where the API's reply leads. */
  #take({ status, body }: Reply, said: Texts): readonly Problem[] {
    const {
      RequestId = "",
      SecurityChallenges,
      FlinksCode = "",
    } = body as {
      RequestId?: string;
      SecurityChallenges?: readonly Question[];
      FlinksCode?: string;
    };
    if (SecurityChallenges !== undefined) {
      this.step = { name: "questions", requestId: RequestId, questions: SecurityChallenges };
      return status === 203 ? [] : [{ text: said.wrongAnswer }];
    }
    // An operation that goes on in the background (202) has its LoginId already.
    const session = this.#state.find(RequestId);
    if (session !== undefined) {
      if (this.parameters.accountSelectorEnable) this.step = { name: "accounts", session };
      else this.#finish(session);
      return [];
    }
    this.step = { name: "login" };
    return [{ text: said[failures[FlinksCode] ?? "startOver"] }];
  }

  #finish({ loginId }: SandboxSession, accountId?: string): void {
    const url = new URL(this.parameters.redirectUrl);
    url.searchParams.set("loginId", loginId);
    url.searchParams.set("institution", institution.Institution);
    if (accountId !== undefined) url.searchParams.set("accountId", accountId);
    this.step = { name: "done", url: url.href };
  }
}

const failures: Readonly<Record<string, "credentials" | "disabled" | "unavailable">> = {
  INVALID_USERNAME: "credentials",
  INVALID_PASSWORD: "credentials",
  DISABLED_LOGIN: "disabled",
  RETRY_LATER: "unavailable",
};

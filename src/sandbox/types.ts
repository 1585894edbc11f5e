/**
 * What users of the sandbox pass in and get.
 *
 * @module
 */
import type { operations } from "../generated/operations.ts";
import type { MfaQuestionType } from "../wrappers/outcomes.ts";

/**
 * A user of the test institution, by the username in lower case.
 *
 * @example
 * const users: SandboxUser[] = ["greatday_nomfa", "test_pending"];
 * for (const user of users) await flinks.authorize({ LoginId: sandbox.loginIds[user] });
 */
export type SandboxUser =
  | "greatday"
  | "greatday_nomfa"
  | "test_disabled_account"
  | "test_service_unavailable"
  | "test_dispatched"
  | "test_pending";

/**
 * What `createSandbox` takes.
 *
 * @example
 * const options: SandboxOptions = { random: () => 0, pendingMs: 0, logins: { "a-login-of-ours": "greatday" } };
 * const sandbox = createSandbox(options);
 */
export interface SandboxOptions {
  /** The time in milliseconds since 1970. Default: `Date.now`. Turn it forward to let things expire or finish. */
  readonly now?: (() => number) | undefined;
  /**
   * Numbers from 0 up to 1, for ids and for which question is asked. Default: `Math.random`. With a constant 0
   * the question is always "What city were you born in?", and its answer "Montreal".
   */
  readonly random?: (() => number) | undefined;
  /** More LoginIds, each with the user whom it stands for. Those of {@link Sandbox.loginIds} stay. */
  readonly logins?: Readonly<Record<string, SandboxUser>> | undefined;
  /**
   * What `Greatday` is asked instead of one of the three questions: round by round, the questions of a round at once.
   * Without any round, `Greatday` is asked nothing.
   *
   * @example
   * const sandbox = createSandbox({
   *   rounds: [
   *     [{ Type: "TextOrCall", Prompt: "Where can we reach you?", Iterables: ["•••-0142"], answer: "Text" }],
   *     [{ Type: "QuestionAndAnswer", Prompt: "Which code did you get?", answer: "123456" }],
   *   ],
   * });
   */
  readonly rounds?: readonly (readonly SandboxQuestion[])[] | undefined;
  /** What goes wrong, in order. See {@link SandboxFault}. */
  readonly faults?: readonly SandboxFault[] | undefined;
  /** How long an operation goes on in the background, in milliseconds by `now`. Default: 5 000. */
  readonly pendingMs?: number | undefined;
}

/**
 * A question of a round, as it travels, with its answer.
 *
 * @example
 * const question: SandboxQuestion = { Type: "QuestionAndAnswer", Prompt: "First pet?", answer: "Rex" };
 * const sandbox = createSandbox({ rounds: [[question]] });
 */
export interface SandboxQuestion {
  /** The question in the bank's words. A round has no two that are the same. */
  readonly Prompt: string;
  /** What kind of answer it takes. */
  readonly Type: MfaQuestionType;
  /** The choices: texts; for `ImageSelection` images in base64, without a `data:` prefix. */
  readonly Iterables?: readonly string[] | undefined;
  /** What has to be answered; of several, all of them in any order. For `TextOrCall`: `Text` or `Call`. */
  readonly answer: string | readonly string[];
  /**
   * The one of `Iterables` that the answer has to stand under, for `TextOrCall` and a `QuestionAndAnswer` with choices.
   * Default: any of them. The prompt is always accepted, too.
   */
  readonly answerUnder?: string | undefined;
}

/**
 * What goes wrong instead of a response. The first request of the operation uses it up, or the first `times` of them.
 *
 * @example
 * const faults: SandboxFault[] = [
 *   { operation: "getAccountsDetail", fault: { status: 429, headers: { "retry-after": "1" } } },
 *   { operation: "authorize", times: 2, fault: "reset" },
 * ];
 * const sandbox = createSandbox({ faults });
 */
export interface SandboxFault {
  /** The `operationId`, which is the name of the client's method. Default: any. */
  readonly operation?: keyof typeof operations | undefined;
  /** How many requests it is for. Default: 1. */
  readonly times?: number | undefined;
  /**
   * - a response: `body` is sent as JSON, or as it is if it is a string;
   * - `"html"`: a gateway's 502 with a page;
   * - `"silence"`: no response, until the caller gives up;
   * - `"reset"`: the connection is reset before a response;
   * - `"cut"`: the operation is carried out, and the connection ends in the middle of its response.
   */
  readonly fault: SandboxFaultResponse | "html" | "silence" | "reset" | "cut";
}

/**
 * A response that stands in for the API's. Any status, header and body that a gateway may send.
 *
 * @example
 * const fault: SandboxFaultResponse = { status: 503, headers: { "retry-after": "2" }, body: "<h1>Back soon</h1>" };
 * const sandbox = createSandbox({ faults: [{ operation: "authorize", times: 3, fault }] });
 */
export interface SandboxFaultResponse {
  /** From 200 to 599. */
  readonly status: number;
  /** A body that is an object also has `content-type: application/json`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** An object is sent as JSON, a string as it is. Default: empty. */
  readonly body?: object | string | undefined;
}

/**
 * A request as it arrived.
 *
 * @example
 * const pathOf = ({ method, url }: SandboxRequest) => `${method} ${new URL(url).pathname}`;
 * log.info(sandbox.requests.map(pathOf));
 */
export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed if it was JSON, otherwise the text; `undefined` if there was none. */
  readonly body: unknown;
}

/**
 * What `deliverWebhook` takes.
 *
 * @example
 * const webhook: SandboxWebhook = { secret, type: "GetStatements", fetch: app.request };
 * await sandbox.deliverWebhook("https://shop.example/webhooks", webhook); // → 200
 */
export interface SandboxWebhook {
  /** What the body is signed with: HMAC-SHA256, in the header `flinks-authenticity-key`. */
  readonly secret: string;
  /** Whose data it is. Default: that of `greatday_nomfa`. */
  readonly loginId?: string | undefined;
  /** The `ResponseType`. Default: `GetAccountsDetail`. */
  readonly type?: "GetAccountsDetail" | "GetAccountsSummary" | "GetStatements" | undefined;
  /** What sends it, for a receiver without a socket. Default: `globalThis.fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<{ readonly status: number }>) | undefined;
}

/**
 * A stand-in for the API. Created by {@link createSandbox}.
 *
 * @example
 * const sandbox: Sandbox = createSandbox();
 * const flinks = createFlinksClient({ ...sandbox.options });
 * await flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa });
 * sandbox.requests.length; // → 2
 */
export interface Sandbox {
  /** What a client needs to talk to this sandbox: `createFlinksClient({ ...sandbox.options })`. */
  readonly options: {
    readonly baseUrl: string;
    readonly connectUrl: string;
    readonly customerId: string;
    readonly secretKey: string;
    readonly apiKey: string;
    readonly fetch: typeof globalThis.fetch;
  };
  /** Answers a request as the API does, at whatever host it is addressed to. */
  readonly fetch: typeof globalThis.fetch;
  /** What arrived, oldest first. Holds passwords and tokens as they were sent. */
  readonly requests: readonly SandboxRequest[];
  /**
   * A LoginId for each user, for cached mode: `loginIds.greatday_nomfa` opens a session at once,
   * `loginIds.greatday` asks MFA although it is cached, the others answer as their names say.
   */
  readonly loginIds: Readonly<Record<SandboxUser, string>>;
  /**
   * Sends a webhook with a user's data, signed as the vendor signs it, and resolves to the receiver's status. It is
   * sent once. Needs Web Crypto.
   *
   * @example
   * const status = await sandbox.deliverWebhook("http://127.0.0.1:3000/webhooks", { secret: "whsec" });
   *
   * @throws {@link FlinksUsageError} the URL is not `http:` or `https:`, or an option is wrong
   * @throws what `fetch` rejects with if there is no receiver
   */
  deliverWebhook(url: string | URL, webhook: SandboxWebhook): Promise<number>;
}

/** A user's program, compiled against the tarball. Each `@ts-expect-error` fails where a type became `any`. */
import {
  type AuthorizeOutcome,
  createFlinksClient,
  FlinksApiError,
  type FlinksClientOptions,
  FlinksError,
  FlinksTimeoutError,
  flinksCodes,
  type MfaAnswers,
  type MfaChallenge,
} from "flinks-client";
import { createSandbox, type Sandbox } from "flinks-client/sandbox";

const sandbox: Sandbox = createSandbox({ random: () => 0, now: Date.now });
const options: FlinksClientOptions = {
  instance: "toolbox",
  customerId: sandbox.options.customerId,
  authorizeToken: async ({ reason }) => (reason === "retry" ? "another" : "one"),
  fetch: globalThis.fetch,
};
export const clients = [options, { ...sandbox.options }].map(createFlinksClient);
const flinks = createFlinksClient({ ...sandbox.options, retry: { retries: 1 }, timeoutMs: 1000 });

// @ts-expect-error A fetch is a function.
createFlinksClient({ ...sandbox.options, fetch: 1 });
// @ts-expect-error Exactly one of instance and baseUrl.
createFlinksClient({ customerId: "c", secretKey: "k" });
// @ts-expect-error A misspelt user.
createSandbox({ logins: { id: "greatday_nomfaa" } });

function answer({ questions }: MfaChallenge): MfaAnswers {
  return Object.fromEntries(questions.map(({ prompt, choices }) => [prompt, choices.slice(0, 1)]));
}

function read(outcome: AuthorizeOutcome): string | undefined {
  // @ts-expect-error Only one of the three has it.
  outcome.challenge;
  switch (outcome.status) {
    case "authorized": {
      const id: string | undefined = outcome.session.Login?.Id;
      // @ts-expect-error A session has no such field.
      outcome.session.NoSuchField;
      return id;
    }
    case "mfa_required": {
      const { challenge, continuation } = outcome;
      // @ts-expect-error A text.
      const round: number = continuation;
      return challenge.questions[0]?.prompt ?? `${round}`;
    }
    case "pending":
      return outcome.message;
    default: {
      const none: never = outcome;
      return none;
    }
  }
}

export async function program(): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const outcome = await flinks.authorize({ LoginId: "l", Language: "fr" }, { signal, timeoutMs: 1 });
  read(outcome);
  if (outcome.status === "mfa_required") await flinks.answerChallenge(outcome, { prompt: "answer" });
  const done = await flinks.authorizeWithMfa(
    { Institution: "FlinksCapital", Username: "u", Password: "p" },
    async (challenge) => answer(challenge),
    { maxRounds: 2, retry: false },
  );
  // @ts-expect-error No challenge is left.
  if (done.status === "mfa_required") return;
  // @ts-expect-error Misspelt.
  await flinks.authorize({ LogindId: "l" });
  // @ts-expect-error No signal.
  await flinks.authorize({ LoginId: "l" }, { signal: 1 });
  // @ts-expect-error A token is a text.
  const token: number = await flinks.generateAuthorizeToken();

  const { data, error, response } = await flinks.http.POST("/v3/{customerId}/BankingServices/Authorize", {
    params: { path: { customerId: "c" }, header: { "flinks-auth-key": `${token}` } },
    body: { LoginId: "l", MostRecentCached: true },
  });
  const requestId: string | undefined = data?.RequestId;
  // @ts-expect-error A text or nothing.
  const wrong: number = data?.RequestId;
  // @ts-expect-error A `Response`.
  response.status.length;
  const type: string | null = response.headers.get("content-type");
  // @ts-expect-error No path of the document.
  await flinks.http.POST("/v3/nothing");
  void [requestId, wrong, type, error];
}

export function explain(error: unknown): string {
  if (error instanceof FlinksTimeoutError) return `${error.timeoutMs?.toFixed()} ${error.cause}`;
  if (error instanceof FlinksApiError) {
    // @ts-expect-error A number.
    const status: string = error.status;
    const { code, category, fields, headers } = error;
    // @ts-expect-error No category.
    if (category === "credential") return status;
    return code === "INVALID_PASSWORD" ? (headers["date"] ?? "") : `${fields?.["Tag"]?.join()}`;
  }
  if (error instanceof FlinksError) return error.code;
  return flinksCodes.INVALID_PASSWORD.action;
}

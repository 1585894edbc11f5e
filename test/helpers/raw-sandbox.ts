/** Raw requests to a sandbox, past the client, with a clock to turn. */
import { operations } from "../../src/generated/operations.ts";
import { createSandbox, type Sandbox, type SandboxOptions, type SandboxUser } from "../../src/sandbox/index.ts";

/** A response, with its body parsed if it is JSON. */
export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
  readonly body: any;
}

export const live = { Institution: "FlinksCapital", Password: "Everyday", MostRecentCached: false } as const;
export const city = "What city were you born in?";

/** Sends one request to an operation: a body for a POST, the RequestId for a GET. */
export async function call(
  { fetch, options }: Pick<Sandbox, "fetch" | "options">,
  operation: keyof typeof operations,
  content: unknown = "",
  headers: Record<string, string> = {},
): Promise<Answered> {
  const { method, path } = operations[operation];
  const url = `${options.baseUrl}${path}`.replace("{customerId}", options.customerId);
  const response =
    method === "GET"
      ? await fetch(url.replace("{requestId}", String(content)), { method, headers })
      : await fetch(url, { method, headers, body: typeof content === "string" ? content : JSON.stringify(content) });
  return { status: response.status, body: await response.json() };
}

/** A sandbox whose clock stands still, and which always asks the same question. */
export function startSandbox(options: SandboxOptions = {}) {
  let time = Date.UTC(2026, 0, 21, 20, 47, 47, 145);
  const sandbox = createSandbox({ now: () => time, random: () => 0, ...options });

  async function mint(): Promise<string> {
    const key = { "flinks-auth-key": sandbox.options.secretKey };
    return (await call(sandbox, "generateAuthorizeToken", "", key)).body.Token;
  }

  /** Opens a session with a token of its own. Gives the response, the token, and a way to answer. */
  async function authorize(request: object) {
    const key = { "flinks-auth-key": await mint() };
    const opened = await call(sandbox, "authorize", request, key);
    const { RequestId } = opened.body;
    const answer = (SecurityResponses: Record<string, string[]>, more: object = {}) =>
      call(sandbox, "authorize", { RequestId, MostRecentCached: false, SecurityResponses, ...more }, key);
    return { ...opened, RequestId: RequestId as string, answer };
  }

  /** The RequestId of an open session, with the question answered. */
  async function open(user: SandboxUser, more: object = {}): Promise<string> {
    const { status, RequestId, answer } = await authorize({ LoginId: sandbox.loginIds[user], ...more });
    if (status === 203) await answer({ [city]: ["Montreal"] }, more);
    return RequestId;
  }

  return {
    sandbox,
    mint,
    authorize,
    open,
    call: (operation: keyof typeof operations, content?: unknown, headers?: Record<string, string>) =>
      call(sandbox, operation, content, headers),
    pass: (ms: number) => {
      time += ms;
    },
    now: () => time,
  };
}

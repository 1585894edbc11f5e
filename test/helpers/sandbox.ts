/** A sandbox with a clock to turn, its client, and requests that go past the client. */
import { createFlinksClient, type FlinksClient } from "../../src/index.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

export const minute = 60_000;
/** A live session of the user who is asked, and the one question that {@link startSandbox} asks. */
export const live = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
export const prompt = "What city were you born in?";

export function startSandbox(options: SandboxOptions = {}): {
  sandbox: Sandbox;
  flinks: FlinksClient;
  pass: (ms: number) => void;
} {
  let time = Date.UTC(2026, 0, 21, 20, 47, 47, 145);
  const sandbox = createSandbox({ now: () => time, random: () => 0, ...options });
  const pass = (ms: number) => {
    time += ms;
  };
  return { sandbox, flinks: createFlinksClient(sandbox.options), pass };
}

export function mintToken(sandbox: Sandbox): Promise<string> {
  return createFlinksClient(sandbox.options).generateAuthorizeToken();
}

/** Sends what the client would not: a string as it is, anything else as JSON. */
export async function post(
  sandbox: Sandbox,
  body: unknown,
  { token = "", path = "Authorize", method = "POST", customerId = sandbox.options.customerId } = {},
): Promise<{ status: number; body: { RequestId?: string } }> {
  const response = await sandbox.fetch(`https://any.host/v3/${customerId}/BankingServices/${path}`, {
    method,
    headers: token === "" ? {} : { "flinks-auth-key": token },
    ...(method !== "GET" && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { RequestId?: string } };
}

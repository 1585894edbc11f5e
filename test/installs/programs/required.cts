/** As program.ts, by the way that CommonJS has in TypeScript. */
import flinks = require("flinks-client");
import sandbox = require("flinks-client/sandbox");

const { options }: sandbox.Sandbox = sandbox.createSandbox();
const client: flinks.FlinksClient = flinks.createFlinksClient({ ...options });

export async function program(): Promise<string> {
  const outcome = await client.authorize({ LoginId: "l" });
  // @ts-expect-error Only one of the three has it.
  outcome.challenge;
  return outcome.status === "mfa_required" ? outcome.continuation : outcome.requestId;
}

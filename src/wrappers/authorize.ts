/**
 * `authorize`: request → token → exchange → outcome. One answer of the API, MFA left to the caller.
 *
 * @module
 */
import { throwIfAborted } from "./abortable.ts";
import type { FlinksCode } from "./codes.ts";
import { sealContinuation } from "./continuation.ts";
import { FlinksApiError } from "./errors.ts";
import type { Operations } from "./http.ts";
import type { Call } from "./options.ts";
import { type AuthorizeOutcome, readOutcome } from "./outcome.ts";
import { type AuthorizeInput, readAuthorizeInput, readRepeatedFields } from "./request.ts";
import { isTransientFailure, noRetry, waitToRetry } from "./retry.ts";
import type { TokenSource } from "./token.ts";

/** Codes that may be gone a little later, whatever the status they come with. */
const transientCodes: readonly FlinksCode[] = ["TOO_MANY_REQUESTS", "RETRY_LATER", "CONCURRENT_SESSION"];

export async function authorize(
  input: AuthorizeInput,
  call: Call,
  { operations, tokens }: { operations: Operations; tokens: TokenSource },
): Promise<AuthorizeOutcome> {
  const body = readAuthorizeInput(input);
  // Before a token is taken: a call that was given up must not spend one.
  throwIfAborted(call.signal);
  // A live call reaches the bank: sending it twice can lock the user out.
  const mayRepeat = body.MostRecentCached === true && tokens.isRenewable;
  const thisCall = mayRepeat ? call : { ...call, retry: noRetry };
  let token = await tokens.take({ reason: "authorize" }, call);
  for (let tries = 0; ; tries++) {
    const continuation = () => sealContinuation({ token, fields: readRepeatedFields({ ...body }) });
    try {
      return readOutcome(await operations.authorize(token, body, thisCall), { round: 1, continuation });
    } catch (error) {
      await waitToRetry(error, tries, isTransient, thisCall);
    }
    token = await tokens.take({ reason: "retry" }, call);
  }
}

function isTransient(error: unknown): boolean {
  return (
    isTransientFailure(error) || (error instanceof FlinksApiError && transientCodes.includes(error.code))
  );
}

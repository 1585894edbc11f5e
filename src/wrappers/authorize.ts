/**
 * `authorize`: request → token → exchange → outcome. One answer of the API, MFA left to the caller.
 *
 * @module
 */
import { sealContinuation } from "./continuation.ts";
import type { Operations } from "./http.ts";
import type { Call } from "./options.ts";
import { type AuthorizeOutcome, readOutcome } from "./outcome.ts";
import { type AuthorizeInput, readAuthorizeInput, readRepeatedFields } from "./request.ts";
import type { TokenSource } from "./token.ts";

export async function authorize(
  input: AuthorizeInput,
  call: Call,
  { operations, takeToken }: { operations: Operations; takeToken: TokenSource },
): Promise<AuthorizeOutcome> {
  const body = readAuthorizeInput(input);
  // Before a token is taken: a call that was given up must not spend one.
  call.signal?.throwIfAborted();
  const token = await takeToken({ reason: "authorize" }, call);
  const answer = await operations.authorize(token, body, call);
  const continuation = () => sealContinuation({ token, fields: readRepeatedFields({ ...body }) });
  return readOutcome(answer, { round: 1, continuation });
}

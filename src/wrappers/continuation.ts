/**
 * The continuation: what an MFA answer needs besides the challenge, as one string that survives a database
 * or a queue. Encoded, not encrypted: it is a secret, as it holds the session's token.
 *
 * @module
 */
import { assertObject, assertString } from "./assert.ts";
import { FlinksUsageError } from "./errors.ts";
import { checkedKey } from "./options.ts";
import { type RepeatedFields, readRepeatedFields } from "./request.ts";

/** What a session's answers have in common. */
export interface Continuation {
  readonly token: string;
  readonly fields: RepeatedFields;
}

/** Tells the format, and lets scanners for leaked secrets find one. */
const prefix = "flinks_mfa_1.";

const what = "continuation";

export function sealContinuation({ token, fields }: Continuation): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ token, fields }));
  return prefix + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** @throws {FlinksUsageError} that does not show the continuation */
export function openContinuation(continuation: unknown): Continuation {
  assertString(continuation, what);
  const encoded = continuation.startsWith(prefix) ? continuation.slice(prefix.length) : "";
  try {
    const bytes = Uint8Array.from(atob(encoded), (unit) => unit.charCodeAt(0));
    const opened: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    assertObject(opened, what);
    assertObject(opened["fields"], what);
    return { token: checkedKey(opened["token"], what), fields: readRepeatedFields(opened["fields"]) };
  } catch {
    // Without a cause: decoders and parsers quote what they could not read.
    throw new FlinksUsageError(
      `${what} is malformed: pass on the string that came with the challenge, whole and unchanged.`,
    );
  }
}

/**
 * The continuation: what an MFA answer needs besides the challenge, as one string that survives a database
 * or a queue. Encoded, not encrypted: it is a secret, as it holds the session's token.
 *
 * @module
 */
import { assertObject } from "./assert.ts";
import { FlinksUsageError } from "./errors.ts";
import { assertKey } from "./options.ts";
import { type RepeatedFields, readRepeatedFields } from "./request.ts";

/** What a session's answers have in common. */
export interface Continuation {
  readonly token: string;
  readonly fields: RepeatedFields;
}

/** Tells the format, and lets scanners for leaked secrets find one. */
const prefix = "flinks_mfa_1.";

export function sealContinuation(continuation: Continuation): string {
  // In ASCII, as `btoa` takes no more.
  return prefix + btoa(encodeURIComponent(JSON.stringify(continuation)));
}

/** @throws {FlinksUsageError} that does not show the continuation */
export function openContinuation(continuation: unknown): Continuation {
  try {
    const [, encoded = ""] = (continuation as string).split(prefix);
    const { token, fields } = JSON.parse(decodeURIComponent(atob(encoded)));
    assertKey(token, "");
    assertObject(fields, "");
    return { token, fields: readRepeatedFields(fields) };
  } catch {
    // Without a cause: decoders and parsers quote what they could not read.
    throw new FlinksUsageError("continuation must be the string that came with the challenge, whole.");
  }
}

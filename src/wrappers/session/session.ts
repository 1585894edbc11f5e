/**
 * A session as a value: its token, the fields that every MFA answer repeats, and what no error about it may show.
 * The continuation holds the token and the fields as a string, for a database or a queue.
 *
 * @module
 */
import { assert, assertHeaderValue, assertObject } from "../errors/assert.ts";
import { FlinksUsageError } from "../errors/errors.ts";
import { type RepeatedFields, readRepeatedFields } from "./input.ts";

/** Never changed: an MFA answer creates a new one, with more secrets. */
export interface Session {
  readonly token: string;
  readonly fields: RepeatedFields;
  readonly secrets: readonly (string | undefined)[];
}

/** Names the format, and lets secret scanners recognise it. */
const prefix = "flinks_mfa_1.";

/** The continuation of a session. Encoded, not encrypted: it holds the token, so it is a secret. */
export function toContinuation({ token, fields }: Omit<Session, "secrets">): string {
  // Escaped first, because `btoa` takes Latin-1 only.
  return prefix + btoa(encodeURIComponent(JSON.stringify({ token, fields })));
}

/** @throws {@link FlinksUsageError} that does not show the continuation */
export function fromContinuation(continuation: unknown): Session {
  try {
    const { token, fields } = JSON.parse(decodeURIComponent(atob(`${continuation}`.slice(prefix.length))));
    assertHeaderValue(token, "");
    assertObject(fields, "");
    const session = { token, fields: readRepeatedFields(fields), secrets: [] };
    // The exact string: nothing before, behind or inside it.
    assert(toContinuation(session) === continuation, "");
    return session;
  } catch {
    // Without a cause: decoders and parsers quote what they could not read.
    throw new FlinksUsageError("continuation must be the unmodified string that came with the challenge.", {
      code: "invalid_continuation",
    });
  }
}

/**
 * What a caller asks for → the body of the first `/Authorize` of a session.
 *
 * @module
 */
import {
  assertKnownFields,
  assertObject,
  assertOptionalBoolean,
  assertOptionalString,
  assertString,
  defined,
  type Fields,
} from "./assert.ts";
import { FlinksUsageError } from "./errors.ts";
import type { AuthorizeRequest } from "./wire.ts";

/** The type of a field where it is set. */
type Given<Field extends keyof AuthorizeRequest> = NonNullable<AuthorizeRequest[Field]>;

/** Fields that go with every kind of session. */
interface SessionFields {
  /** The language of the bank's questions: `en` (the API's default) or `fr`. */
  readonly Language?: AuthorizeRequest["Language"] | undefined;
  /** Whether the vendor keeps data and credentials. The API's default is `true`. */
  readonly Save?: AuthorizeRequest["Save"] | undefined;
  /** Any text of yours, attached to the request. */
  readonly Tag?: AuthorizeRequest["Tag"] | undefined;
}

/** Opens a session on the data that was fetched last. */
export interface CachedAuthorizeInput extends SessionFields {
  /** The id that Flinks Connect gave when the user connected the account. */
  readonly LoginId: Given<"LoginId">;
  readonly MostRecentCached?: true | undefined;
  readonly Institution?: undefined;
  readonly Username?: undefined;
  readonly Password?: undefined;
}

/** Fetches the data of a known login anew. */
export interface RefreshAuthorizeInput extends SessionFields {
  /** The id that Flinks Connect gave when the user connected the account. */
  readonly LoginId: Given<"LoginId">;
  readonly MostRecentCached: false;
  readonly Institution?: undefined;
  readonly Username?: undefined;
  readonly Password?: undefined;
}

/** Connects to a bank with the user's credentials. */
export interface CredentialsAuthorizeInput extends SessionFields {
  /** The institution's name, such as `FlinksCapital`. */
  readonly Institution: Given<"Institution">;
  readonly Username: Given<"Username">;
  readonly Password: Given<"Password">;
  readonly MostRecentCached?: false | undefined;
  readonly LoginId?: undefined;
}

/** What `authorize` takes: the generated {@link AuthorizeRequest}, narrowed to what makes sense. */
export type AuthorizeInput = CachedAuthorizeInput | RefreshAuthorizeInput | CredentialsAuthorizeInput;

/** The fields that an MFA answer repeats. Never `Username` or `Password`. */
export type RepeatedFields = Pick<AuthorizeRequest, "LoginId" | "Language" | "Save" | "Tag">;

const credentialFields = [
  "Institution",
  "Username",
  "Password",
] as const satisfies readonly (keyof AuthorizeRequest)[];
const answerFields = [
  "RequestId",
  "SecurityResponses",
] as const satisfies readonly (keyof AuthorizeRequest)[];
const sessionFields = [
  "LoginId",
  "MostRecentCached",
  ...credentialFields,
  "Language",
  "Save",
  "Tag",
  ...answerFields,
] as const;

/** @throws {FlinksUsageError} that names the field at fault */
export function readAuthorizeInput(input: AuthorizeInput): AuthorizeRequest {
  const given: unknown = input;
  assertObject(given, "The request");
  for (const field of answerFields) {
    if (given[field] !== undefined) {
      throw new FlinksUsageError(
        `${field} belongs to an MFA answer: call answerChallenge() with the challenge, its continuation and the answers.`,
      );
    }
  }
  assertKnownFields(given, sessionFields, "The request");
  assertOptionalBoolean(given["MostRecentCached"], "MostRecentCached");
  const repeated = readRepeatedFields(given);
  const { LoginId } = repeated;
  const credentials = credentialFields.filter((field) => given[field] !== undefined);
  if (LoginId !== undefined && credentials.length > 0) {
    throw new FlinksUsageError(
      `LoginId stands for stored credentials: leave out ${credentials.join(", ")}, or LoginId.`,
    );
  }
  if (LoginId !== undefined) {
    return { ...repeated, LoginId, MostRecentCached: given["MostRecentCached"] ?? true };
  }
  const { Institution, Username, Password } = readCredentials(given);
  return { ...repeated, Institution, Username, Password, MostRecentCached: false };
}

/** @throws {FlinksUsageError} that names the field at fault */
export function readRepeatedFields({ LoginId, Language, Save, Tag }: Fields): RepeatedFields {
  assertOptionalString<Given<"LoginId">>(LoginId, "LoginId");
  assertOptionalString<Given<"Language">>(Language, "Language");
  assertOptionalBoolean(Save, "Save");
  assertOptionalString<Given<"Tag">>(Tag, "Tag");
  return defined<RepeatedFields>({ LoginId, Language, Save, Tag });
}

function readCredentials(given: Fields): Pick<CredentialsAuthorizeInput, (typeof credentialFields)[number]> {
  const { Institution, Username, Password } = given;
  const missing = credentialFields.filter((field) => given[field] === undefined);
  if (missing.length > 0) {
    throw new FlinksUsageError(
      missing.length === credentialFields.length
        ? "The request needs a LoginId, or Institution, Username and Password."
        : `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing: a live session needs Institution, Username and Password.`,
    );
  }
  if (given["MostRecentCached"] === true) {
    throw new FlinksUsageError(
      "MostRecentCached: true goes with a LoginId. With credentials leave it out: the session is live.",
    );
  }
  assertString<Given<"Institution">>(Institution, "Institution");
  assertString<Given<"Username">>(Username, "Username");
  assertString<Given<"Password">>(Password, "Password");
  return { Institution, Username, Password };
}

/**
 * What a caller asks for → the body of the first `/Authorize` of a session.
 *
 * @module
 */
import { assertFields, assertString, type Fields, must } from "./assert.ts";
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

const fields: readonly (keyof AuthorizeRequest)[] = [
  "LoginId",
  "MostRecentCached",
  "Institution",
  "Username",
  "Password",
  "Language",
  "Save",
  "Tag",
  "RequestId",
  "SecurityResponses",
];

/** @throws {FlinksUsageError} that names the field at fault */
export function readAuthorizeInput(input: AuthorizeInput): AuthorizeRequest {
  const given: unknown = input;
  assertFields(given, fields, "The request");
  const { MostRecentCached, Institution, Username, Password, RequestId, SecurityResponses } = given;
  must(
    (RequestId ?? SecurityResponses) === undefined,
    "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().",
  );
  assertBoolean(MostRecentCached, "MostRecentCached");
  const repeated = readRepeatedFields(given);
  if (repeated.LoginId !== undefined) {
    must(
      (Institution ?? Username ?? Password) === undefined,
      "LoginId stands for stored credentials: leave out Institution, Username and Password, or LoginId.",
    );
    return { ...repeated, MostRecentCached: MostRecentCached ?? true };
  }
  const hint = "of a request without a LoginId";
  assertString<Given<"Institution">>(Institution, `Institution ${hint}`);
  assertString<Given<"Username">>(Username, `Username ${hint}`);
  assertString<Given<"Password">>(Password, `Password ${hint}`);
  must(MostRecentCached !== true, "MostRecentCached: true goes with a LoginId.");
  return { ...repeated, Institution, Username, Password, MostRecentCached: false };
}

/** @throws {FlinksUsageError} that names the field at fault */
export function readRepeatedFields({ LoginId, Language, Save, Tag }: Fields): RepeatedFields {
  if (LoginId !== undefined) assertString<Given<"LoginId">>(LoginId, "LoginId");
  if (Language !== undefined) assertString<Given<"Language">>(Language, "Language");
  assertBoolean(Save, "Save");
  if (Tag !== undefined) assertString<Given<"Tag">>(Tag, "Tag");
  // Those that are undefined do not survive JSON.
  return { LoginId, Language, Save, Tag } as RepeatedFields;
}

function assertBoolean(value: unknown, what: string): asserts value is boolean | undefined {
  must(value === undefined || typeof value === "boolean", what, " must be true or false.");
}

/**
 * What a caller asks for → the body of a session's first `/Authorize`, checked.
 *
 * @module
 */
import { assert, assertBoolean, assertFields, assertObject, assertString } from "../errors/assert.ts";
import type { AuthorizeRequest } from "../wire.ts";

/** The type of a field where it is set. */
type Given<Field extends keyof AuthorizeRequest> = NonNullable<AuthorizeRequest[Field]>;

interface SessionFields {
  /** The language of the bank's questions. Default: the API's, `en`. */
  readonly Language?: "en" | "fr" | undefined;
  /** Whether the vendor keeps data and credentials. Default: the API's, `true`. */
  readonly Save?: AuthorizeRequest["Save"] | undefined;
  /** Any text, attached to the request. */
  readonly Tag?: AuthorizeRequest["Tag"] | undefined;
}

/**
 * Opens a session on the data that was fetched last.
 *
 * @example
 * const request: CachedAuthorizeInput = { LoginId: loginId, Language: "fr", Tag: "loan-1027" };
 * const outcome = await flinks.authorize(request);
 */
export interface CachedAuthorizeInput extends SessionFields {
  /** The id that Flinks Connect returned when the user connected the account. */
  readonly LoginId: Given<"LoginId">;
  readonly MostRecentCached?: true | undefined;
  readonly Institution?: undefined;
  readonly Username?: undefined;
  readonly Password?: undefined;
}

/**
 * Fetches the data of a known login again, from the bank.
 *
 * @example
 * const request: RefreshAuthorizeInput = { LoginId: loginId, MostRecentCached: false };
 * const outcome = await flinks.authorize(request); // the bank may ask the user something
 */
export interface RefreshAuthorizeInput extends SessionFields {
  /** The id that Flinks Connect returned when the user connected the account. */
  readonly LoginId: Given<"LoginId">;
  /** `false` makes the session live: it is never repeated, can take 210 s, and the bank may ask the user something. */
  readonly MostRecentCached: false;
  readonly Institution?: undefined;
  readonly Username?: undefined;
  readonly Password?: undefined;
}

/**
 * Connects to a bank with the user's credentials.
 *
 * @example
 * const login = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
 * const request: CredentialsAuthorizeInput = { ...login, Language: "fr", Save: false };
 * const outcome = await flinks.authorize(request);
 */
export interface CredentialsAuthorizeInput extends SessionFields {
  /** The institution's name, such as `FlinksCapital`. */
  readonly Institution: Given<"Institution">;
  readonly Username: Given<"Username">;
  readonly Password: Given<"Password">;
  readonly MostRecentCached?: false | undefined;
  readonly LoginId?: undefined;
}

/**
 * What `authorize` takes: the generated `AuthorizeRequest`, narrowed to what makes sense.
 *
 * @example
 * const inputFor = (loginId: string, isFresh: boolean): AuthorizeInput =>
 *   isFresh ? { LoginId: loginId, MostRecentCached: false } : { LoginId: loginId };
 * const outcome = await flinks.authorize(inputFor(loginId, false));
 */
export type AuthorizeInput = CachedAuthorizeInput | RefreshAuthorizeInput | CredentialsAuthorizeInput;

// biome-ignore format: a list
const fieldNames: readonly (keyof AuthorizeRequest)[] = [
  "LoginId", "MostRecentCached", "Institution", "Username", "Password", "Language", "Save", "Tag",
];

const code = "invalid_request";

/** @throws {@link FlinksUsageError} that names the field */
export function readAuthorizeInput(input: AuthorizeInput): AuthorizeRequest {
  const given: unknown = input;
  assertObject(given, "The request", code);
  const { LoginId, MostRecentCached, Institution, Username, Password } = given;
  const { RequestId, SecurityResponses } = given;
  assert(
    RequestId === undefined && SecurityResponses === undefined,
    "RequestId and SecurityResponses belong to an MFA answer: call answerChallenge().",
    code,
  );
  assertFields(given, fieldNames, "the request", code);
  assertBoolean(MostRecentCached, "MostRecentCached", code);
  const repeated = readRepeatedFields(given);
  if (LoginId !== undefined) {
    assert(
      Institution === undefined && Username === undefined && Password === undefined,
      "Pass either LoginId or Institution, Username and Password, not both.",
      code,
    );
    return { ...repeated, MostRecentCached: MostRecentCached ?? true };
  }
  assert(
    Institution !== undefined || Username !== undefined || Password !== undefined,
    "Set LoginId, or Institution, Username and Password.",
    code,
  );
  assertString(Institution, "Institution", code);
  assertString(Username, "Username", code);
  assertString(Password, "Password", code);
  assert(MostRecentCached !== true, "MostRecentCached: true requires a LoginId.", code);
  return { ...repeated, Institution, Username, Password, MostRecentCached: false };
}

/** The fields that every MFA answer repeats. Never `Username` or `Password`. */
export type RepeatedFields = Pick<AuthorizeRequest, "LoginId" | "Language" | "Save" | "Tag">;

/** @throws {@link FlinksUsageError} that names the field */
export function readRepeatedFields(given: { readonly [Field in keyof RepeatedFields]?: unknown }): RepeatedFields {
  const { LoginId, Language, Save, Tag } = given;
  if (LoginId !== undefined) assertString(LoginId, "LoginId", code);
  assert(Language === undefined || Language === "en" || Language === "fr", 'Language must be "en" or "fr".', code);
  assertBoolean(Save, "Save", code);
  assert(Tag === undefined || typeof Tag === "string", "Tag must be a string.", code);
  // JSON leaves out what is undefined.
  return { LoginId, Language, Save, Tag } as RepeatedFields;
}

/**
 * The generated types by short names, and what the client needs of the document as values. Every name of a
 * field, path or header that the wrappers read comes through here, so that a document that renames one does
 * not compile.
 *
 * @module
 */
import type { operations, paths } from "../generated/schema.ts";

type Authorize = operations["authorize"];
type GenerateAuthorizeToken = operations["generateAuthorizeToken"];
/** The body with which an operation answers under a status, whichever schema the document names for it. */
type Body<
  Operation extends Authorize | GenerateAuthorizeToken,
  Status extends keyof Operation["responses"],
> = Operation["responses"][Status] extends { content: { "application/json": infer Json } } ? Json : never;

/** The body of `/Authorize`, as the API's document has it. */
export type AuthorizeRequest = NonNullable<Authorize["requestBody"]>["content"]["application/json"];
/** A session: the body of a 200. `Login` is absent after an MFA answer. */
export type AuthorizeResponse200 = Body<Authorize, 200>;
/** Work that goes on in the background: the body of a 202. */
export type AuthorizeResponse202 = Body<Authorize, 202>;
/** An MFA challenge: the body of a 203. */
export type AuthorizeResponse203 = Body<Authorize, 203>;
/** The body of a 401: an error, with the challenge asked anew when an MFA answer was wrong. */
export type AuthorizeResponse401 = Body<Authorize, 401>;
/** The body of other failures. */
export type ErrorBody = Body<Authorize, 400 | 405 | 429 | "5XX">;
/** The body that carries an authorize token. */
export type GenerateAuthorizeTokenResponse200 = Body<GenerateAuthorizeToken, 200>;

type SecurityChallengeItem = AuthorizeResponse203["SecurityChallenges"][number];
/** One MFA question as it travels. */
export type SecurityQuestion = Extract<SecurityChallengeItem, { Prompt: unknown }>;
/** MFA questions in the form that the vendor's document describes: prompts as keys. */
export type DocumentedChallenge = Exclude<SecurityChallengeItem, SecurityQuestion>;

export const authorizePath = "/v3/{customerId}/BankingServices/Authorize" satisfies keyof paths;
export const generateAuthorizeTokenPath =
  "/v3/{customerId}/BankingServices/GenerateAuthorizeToken" satisfies keyof paths;

/** The header that carries the secret key to one operation and the authorize token to the other. */
export const keyHeader = "flinks-auth-key" satisfies keyof (
  | NonNullable<Authorize["parameters"]["header"]>
  | NonNullable<GenerateAuthorizeToken["parameters"]["header"]>
);

declare const documented: unique symbol;

/**
 * What a server sent where the document promises a `T`. Not to be believed, so only the readers below open it;
 * and they say which types they read, so that a document that changes one does not compile.
 */
export interface Claimed<T> {
  readonly [documented]: T;
}

/** The fields of `T` as a server may send them: any of them missing, none of them to be believed yet. */
export type Unverified<T> = { readonly [Field in keyof T]?: Claimed<Exclude<T[Field], undefined>> };

/** Reads a JSON value as the fields of `T`. Anything but an object has none of them. */
export function fieldsOf<T>(value: unknown): Unverified<T> {
  return typeof value === "object" && value && !Array.isArray(value) ? (value as Unverified<T>) : {};
}

/** A code, an id or a message: a text that may be missing, and is of no use if it is empty. */
export function textOf(value: Claimed<string | null> | undefined): string | undefined {
  return isText(value) ? value : undefined;
}

/** A text without which an answer is none. */
export const idOf: (value: Claimed<string> | undefined) => string | undefined = textOf;

export function numberOf(value: Claimed<number | null> | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function listOf(value: Claimed<readonly unknown[]> | undefined): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Any text, the empty one included. */
export function stringOf(value: Claimed<string> | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function stringsOf(value: Claimed<readonly string[] | null> | undefined): string[] | undefined {
  return isStrings(value) ? value : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Without the fields that are `undefined`, which a program means to leave out. */
export function defined<T extends object>(fields: { readonly [Field in keyof T]: T[Field] | undefined }): T {
  const result: Partial<T> = {};
  for (const field in fields) {
    const value = fields[field];
    if (value !== undefined) result[field] = value;
  }
  return result as T;
}

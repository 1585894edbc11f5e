/**
 * The generated types by short names, and what the client needs of the document as values. Every name of a
 * field, path or header that the wrappers read comes through here, so that a document that renames one does
 * not compile.
 *
 * @module
 */
import type { components, operations, paths } from "../generated/schema.ts";

type Schemas = components["schemas"];

/** The body of `/Authorize`, as the API's document has it. */
export type AuthorizeRequest = Schemas["AuthorizeRequest"];
/** A session: the body of a 200. `Login` is absent after an MFA answer. */
export type AuthorizeResponse200 = Schemas["AuthorizeResponse200"];
/** Work that goes on in the background: the body of a 202. */
export type AuthorizeResponse202 = Schemas["AuthorizeResponse202"];
/** An MFA challenge: the body of a 203. */
export type AuthorizeResponse203 = Schemas["AuthorizeResponse203"];
/** The body of a 401: an error, with the challenge asked anew when an MFA answer was wrong. */
export type AuthorizeResponse401 = Schemas["AuthorizeResponse401"];
/** The body of other failures. */
export type ErrorBody = Schemas["Error"];
/** The body that carries an authorize token. */
export type GenerateAuthorizeTokenResponse200 = Schemas["GenerateAuthorizeTokenResponse200"];
/** One MFA question as it travels. */
export type SecurityQuestion = Schemas["SecurityQuestion"];

export const authorizePath = "/v3/{customerId}/BankingServices/Authorize" satisfies keyof paths;
export const generateAuthorizeTokenPath =
  "/v3/{customerId}/BankingServices/GenerateAuthorizeToken" satisfies keyof paths;

/** The header that carries the secret key to one operation and the authorize token to the other. */
export const keyHeader = "flinks-auth-key" satisfies keyof (
  | operations["authorize"]["parameters"]["header"]
  | operations["generateAuthorizeToken"]["parameters"]["header"]
);

/** The fields of `T` as a server may send them: any of them missing, none of them to be believed yet. */
export type Unverified<T> = { readonly [Field in keyof T]?: unknown };

/** Reads a JSON value as the fields of `T`. Anything but an object has none of them. */
export function fieldsOf<T>(value: unknown): Unverified<T> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Unverified<T>) : {};
}

/** An id, a code or a message that is there. */
export function isFilledString(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

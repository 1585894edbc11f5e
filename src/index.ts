export type { MfaAnswers } from "./wrappers/answers.ts";
export type { MfaChallenge, MfaQuestion, MfaQuestionType } from "./wrappers/challenge.ts";
export { type AuthorizeWithMfaOptions, createFlinksClient, type FlinksClient } from "./wrappers/client.ts";
export {
  type FlinksCode,
  type FlinksCodeFacts,
  type FlinksErrorAction,
  type FlinksErrorCategory,
  flinksCodes,
  type KnownFlinksCode,
} from "./wrappers/codes.ts";
export {
  FlinksApiError,
  type FlinksApiErrorDetails,
  FlinksConnectionError,
  FlinksError,
  FlinksMfaError,
  FlinksResponseError,
  type FlinksResponseErrorDetails,
  FlinksTimeoutError,
  FlinksUsageError,
} from "./wrappers/errors.ts";
export type { FlinksHttpClient } from "./wrappers/http.ts";
export type { ChallengeHandler, OpenChallenge } from "./wrappers/mfa.ts";
export type {
  AuthorizeTokenContext,
  AuthorizeTokenFunction,
  CallOptions,
  FlinksClientOptions,
  RetryOptions,
} from "./wrappers/options.ts";
export type {
  AuthorizedOutcome,
  AuthorizeOutcome,
  MfaRequiredOutcome,
  PendingOutcome,
} from "./wrappers/outcome.ts";
export type {
  AuthorizeInput,
  CachedAuthorizeInput,
  CredentialsAuthorizeInput,
  RefreshAuthorizeInput,
} from "./wrappers/request.ts";
export type {
  AuthorizeRequest,
  AuthorizeResponse200,
  AuthorizeResponse202,
  AuthorizeResponse203,
  AuthorizeResponse401,
  ErrorBody,
  GenerateAuthorizeTokenResponse200,
  SecurityQuestion,
} from "./wrappers/wire.ts";

/**
 * The client, its types and its errors.
 *
 * @module flinks-client
 */
export { createFlinksClient } from "./wrappers/client.ts";
export {
  type FlinksCode,
  type FlinksCodeFacts,
  type FlinksErrorAction,
  type FlinksErrorCategory,
  flinksCodes,
  isKnownFlinksCode,
  type KnownFlinksCode,
} from "./wrappers/codes.ts";
export {
  type AnyFlinksError,
  FlinksApiError,
  FlinksConnectionError,
  FlinksError,
  FlinksMfaError,
  FlinksPendingError,
  FlinksResponseError,
  FlinksTimeoutError,
  FlinksUsageError,
  FlinksWebhookError,
  type UsageErrorCode,
  type WebhookErrorCode,
} from "./wrappers/errors/errors.ts";
export type {
  FlinksExchangeEvent,
  FlinksFetch,
  FlinksFetchInit,
  FlinksFetchResponse,
} from "./wrappers/http/call.ts";
export type { FlinksHttpClient } from "./wrappers/http/user-client.ts";
export type { FlinksClient, OpenChallenge } from "./wrappers/methods.ts";
export type {
  AuthorizeWithMfaOptions,
  CallOptions,
  FlinksClientOptions,
  RetryOptions,
  WaitOptions,
} from "./wrappers/options.ts";
export type {
  AuthorizedOutcome,
  AuthorizeOutcome,
  DataOutcome,
  MfaAnswers,
  MfaChallenge,
  MfaQuestion,
  MfaQuestionType,
  MfaRequiredOutcome,
  PendingOutcome,
  ReadyOutcome,
} from "./wrappers/outcomes.ts";
export type { ChallengeHandler } from "./wrappers/session/authorize.ts";
export type { ConnectParameters } from "./wrappers/session/connect-url.ts";
export type {
  AuthorizeInput,
  CachedAuthorizeInput,
  CredentialsAuthorizeInput,
  RefreshAuthorizeInput,
} from "./wrappers/session/input.ts";
export type { AuthorizeTokenContext, AuthorizeTokenFunction } from "./wrappers/session/token.ts";
export type {
  Account,
  AccountsDetail,
  AccountsDetailRequest,
  AccountsSummary,
  AccountsSummaryRequest,
  AuthorizeRequest,
  AuthorizeResponse200,
  AuthorizeResponse202,
  AuthorizeResponse203,
  AuthorizeResponse401,
  ErrorBody,
  GenerateAuthorizeTokenResponse200,
  SecurityQuestion,
  Statements,
  StatementsRequest,
  Transaction,
} from "./wrappers/wire.ts";

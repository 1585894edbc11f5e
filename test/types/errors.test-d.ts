import { describe, expectTypeOf, it } from "vitest";
import {
  type AnyFlinksError,
  FlinksApiError,
  FlinksConnectionError,
  type FlinksErrorAction,
  type FlinksErrorCategory,
  type FlinksMfaError,
  type FlinksPendingError,
  type FlinksResponseError,
  FlinksTimeoutError,
  type FlinksUsageError,
  type FlinksWebhookError,
  isKnownFlinksCode,
  type KnownFlinksCode,
  type MfaChallenge,
  type PendingOutcome,
} from "../../src/index.ts";

describe("AnyFlinksError", () => {
  it("is told apart by name, and a switch can be exhaustive", () => {
    const error = {} as AnyFlinksError;
    expectTypeOf(error.code).toExtend<string>();
    expectTypeOf(error.retryable).toEqualTypeOf<boolean>();
    expectTypeOf(error.operation).toEqualTypeOf<string | undefined>();
    expectTypeOf(error.attempts).toEqualTypeOf<number | undefined>();
    switch (error.name) {
      case "FlinksUsageError":
        expectTypeOf(error).toEqualTypeOf<FlinksUsageError>();
        expectTypeOf(error.prompts).toEqualTypeOf<readonly string[] | undefined>();
        break;
      case "FlinksApiError":
        expectTypeOf(error).toEqualTypeOf<FlinksApiError>();
        expectTypeOf(error.status).toEqualTypeOf<number>();
        expectTypeOf(error.fields).toEqualTypeOf<Readonly<Record<string, string[]>> | undefined>();
        expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
        break;
      case "FlinksResponseError":
        expectTypeOf(error).toEqualTypeOf<FlinksResponseError>();
        expectTypeOf(error.code).toEqualTypeOf<"invalid_response">();
        break;
      case "FlinksTimeoutError":
        expectTypeOf(error).toEqualTypeOf<FlinksTimeoutError>();
        expectTypeOf(error.timeoutMs).toEqualTypeOf<number | undefined>();
        break;
      case "FlinksConnectionError":
        expectTypeOf(error.mayHaveBeenSent).toEqualTypeOf<boolean>();
        // @ts-expect-error only a timeout has it
        error.timeoutMs;
        break;
      case "FlinksMfaError":
        expectTypeOf(error).toEqualTypeOf<FlinksMfaError>();
        expectTypeOf(error.challenge).toEqualTypeOf<MfaChallenge>();
        expectTypeOf(error.continuation).toEqualTypeOf<string>();
        break;
      case "FlinksPendingError":
        expectTypeOf(error).toEqualTypeOf<FlinksPendingError>();
        expectTypeOf(error.pending).toEqualTypeOf<PendingOutcome>();
        break;
      case "FlinksWebhookError":
        expectTypeOf(error).toEqualTypeOf<FlinksWebhookError>();
        break;
      default:
        expectTypeOf(error).toBeNever();
    }
  });

  it("holds every class", () => {
    expectTypeOf<FlinksUsageError | FlinksApiError | FlinksResponseError | FlinksMfaError>().toExtend<AnyFlinksError>();
    expectTypeOf<FlinksConnectionError | FlinksTimeoutError>().toExtend<AnyFlinksError>();
    expectTypeOf<FlinksTimeoutError>().toExtend<FlinksConnectionError>();
  });

  it("instanceof narrows an unknown error", () => {
    const error = {} as unknown;
    if (error instanceof FlinksTimeoutError) expectTypeOf(error.timeoutMs).toEqualTypeOf<number | undefined>();
    if (error instanceof FlinksConnectionError) expectTypeOf(error.mayHaveBeenSent).toEqualTypeOf<boolean>();
    if (error instanceof FlinksApiError) expectTypeOf(error.requestId).toEqualTypeOf<string | undefined>();
  });
});

it("isKnownFlinksCode narrows a code, for a table of messages", () => {
  const { code } = {} as FlinksApiError;
  const messages = {} as Record<KnownFlinksCode, string>;
  // @ts-expect-error the list of codes is open
  messages[code].length;
  if (isKnownFlinksCode(code)) expectTypeOf(messages[code]).toEqualTypeOf<string>();
  expectTypeOf<"INVALID_LOGIN">().toExtend<KnownFlinksCode>();
  expectTypeOf<"NEW_CODE">().not.toExtend<KnownFlinksCode>();
});

it("category and action are closed unions", () => {
  expectTypeOf<FlinksErrorCategory>().toEqualTypeOf<
    | "credentials"
    | "mfa"
    | "account"
    | "institution"
    | "session"
    | "rate_limit"
    | "access"
    | "request"
    | "server"
    | "unknown"
  >();
  expectTypeOf<FlinksErrorAction>().toEqualTypeOf<
    | "reenter_credentials"
    | "answer_again"
    | "contact_institution"
    | "start_over"
    | "retry_later"
    | "fix_integration"
    | "contact_support"
  >();
});

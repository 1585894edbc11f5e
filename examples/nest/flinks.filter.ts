import { type ArgumentsHost, Catch, HttpStatus, Logger } from "@nestjs/common";
import { BaseExceptionFilter } from "@nestjs/core";
import { FlinksApiError, FlinksError, type FlinksErrorCategory, FlinksUsageError } from "flinks-client";

const statuses: Record<FlinksErrorCategory, HttpStatus> = {
  // The user has to do something.
  credentials: HttpStatus.UNPROCESSABLE_ENTITY,
  mfa: HttpStatus.UNPROCESSABLE_ENTITY,
  account: HttpStatus.CONFLICT,
  session: HttpStatus.CONFLICT,
  // Later.
  institution: HttpStatus.SERVICE_UNAVAILABLE,
  rate_limit: HttpStatus.SERVICE_UNAVAILABLE,
  server: HttpStatus.BAD_GATEWAY,
  // This program has a bug or a wrong key. That is not the user's fault.
  access: HttpStatus.INTERNAL_SERVER_ERROR,
  request: HttpStatus.INTERNAL_SERVER_ERROR,
  unknown: HttpStatus.BAD_GATEWAY,
};

/** What the browser gets for an error of the client: a code, who has to act, and nothing else. */
@Catch(FlinksError)
export class FlinksExceptionFilter extends BaseExceptionFilter {
  readonly #logger = new Logger("Flinks");

  override catch(error: FlinksError, host: ArgumentsHost): void {
    const status = statusOf(error);
    if (status >= 500) this.#logger.error(error.message);
    const action = error instanceof FlinksApiError ? { action: error.action } : {};
    host
      .switchToHttp()
      .getResponse()
      .status(status)
      .json({ statusCode: status, error: error.code, ...action });
  }
}

function statusOf(error: FlinksError): HttpStatus {
  if (error instanceof FlinksApiError) return statuses[error.category];
  if (error instanceof FlinksUsageError) {
    return error.code === "invalid_answers" ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.INTERNAL_SERVER_ERROR;
  }
  return HttpStatus.BAD_GATEWAY;
}

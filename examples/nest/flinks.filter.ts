import { type ArgumentsHost, Catch, HttpStatus, Logger } from "@nestjs/common";
import { BaseExceptionFilter } from "@nestjs/core";
import { FlinksApiError, FlinksError } from "flinks-client";

/** By the category of what the API refused, or the code of any other error. */
const statuses: Readonly<Record<string, HttpStatus>> = {
  // The user has to do something.
  credentials: HttpStatus.UNPROCESSABLE_ENTITY,
  mfa: HttpStatus.UNPROCESSABLE_ENTITY,
  invalid_answers: HttpStatus.UNPROCESSABLE_ENTITY,
  account: HttpStatus.CONFLICT,
  session: HttpStatus.CONFLICT,
  // The user can try again later.
  institution: HttpStatus.SERVICE_UNAVAILABLE,
  rate_limit: HttpStatus.SERVICE_UNAVAILABLE,
  // This program has a bug or a wrong key.
  access: HttpStatus.INTERNAL_SERVER_ERROR,
  request: HttpStatus.INTERNAL_SERVER_ERROR,
  invalid_request: HttpStatus.INTERNAL_SERVER_ERROR,
};

/** What the browser gets for an error of the client: a code, who has to act, and nothing else. */
@Catch(FlinksError)
export class FlinksExceptionFilter extends BaseExceptionFilter {
  override catch(error: FlinksError, host: ArgumentsHost): void {
    const { category, action } = error instanceof FlinksApiError ? error : { category: error.code };
    const statusCode = statuses[category] ?? HttpStatus.BAD_GATEWAY;
    if (statusCode >= 500) new Logger("Flinks").error(error.message);
    host.switchToHttp().getResponse().status(statusCode).json({ statusCode, error: error.code, action });
  }
}

/**
 * `flinks-client/webhooks`: verifies and reads a webhook. Web Crypto only, so it runs wherever the client does.
 *
 * @module flinks-client/webhooks
 */
import { assert, assertFields, isStrings } from "./errors/assert.ts";
import { FlinksWebhookError, type WebhookErrorCode } from "./errors/errors.ts";
import type { AccountsDetail, AccountsSummary, Statements } from "./wire.ts";

export { FlinksWebhookError, type WebhookErrorCode };

/**
 * What `readWebhook` takes.
 *
 * @example
 * const signature = headers["flinks-authenticity-key"];
 * const webhook: WebhookInput = { body, signature, secret: [secret, oldSecret] };
 * const event = await readWebhook(webhook);
 */
export interface WebhookInput {
  /** The request's body, exactly as it was received. A body that was parsed and written again has another signature. */
  readonly body: string | Uint8Array | ArrayBuffer;
  /** The value of the header `flinks-authenticity-key`. */
  readonly signature: string | readonly string[] | null | undefined;
  /** The secret that signs your webhooks, or several while one replaces another. */
  readonly secret: string | readonly string[] | undefined;
}

/**
 * What each type of webhook holds. The body of `KYC` is not documented.
 *
 * @example
 * type Handlers = { [Type in keyof WebhookPayloads]?: (data: WebhookPayloads[Type]) => Promise<void> };
 * const handlers: Handlers = { GetAccountsDetail: ({ Accounts }) => save(Accounts) };
 */
export interface WebhookPayloads {
  GetAccountsDetail: AccountsDetail;
  GetAccountsSummary: AccountsSummary;
  GetStatements: Statements;
  KYC: unknown;
}

/**
 * What a webhook adds to the payload of a data call.
 *
 * @example
 * const labelOf = ({ ResponseType, Tag }: WebhookFields<string>) => `${ResponseType}, ${Tag ?? "without a tag"}`;
 * const event = await readWebhook({ body, signature: headers["flinks-authenticity-key"], secret });
 * if (event.type === "GetAccountsDetail") log.info(labelOf(event.data));
 */
export interface WebhookFields<Type extends string> {
  ResponseType: Type;
  /** The `Tag` of the request that led to the webhook. */
  Tag?: string | null;
}

/**
 * Stands for every type that {@link WebhookPayloads} does not list. At run time it is any string. The type is narrower,
 * so that TypeScript can tell the events apart. Compare it as a `string`.
 *
 * @example
 * const event = await readWebhook({ body, signature: headers["flinks-authenticity-key"], secret });
 * const type: string = event.type;
 * if (type === "ATypeOfNextYear") log.info(event.data);
 */
export type UnlistedWebhookType = `${string} (not listed)`;

/**
 * A webhook, told apart by `type`. The list is open.
 *
 * @example
 * async function keep(event: WebhookEvent): Promise<void> {
 *   switch (event.type) {
 *     case "GetAccountsDetail":
 *       return save(event.data.Accounts);
 *     default:
 *       log.info("a webhook was ignored", event.type);
 *   }
 * }
 * await keep(await readWebhook({ body, signature: headers["flinks-authenticity-key"], secret }));
 */
export type WebhookEvent =
  | {
      [Type in keyof WebhookPayloads]: {
        /** The body's `ResponseType`. */
        type: Type;
        /** The whole body as it came. */
        data: WebhookPayloads[Type] & WebhookFields<Type>;
      };
    }[keyof WebhookPayloads]
  | { type: UnlistedWebhookType; data: unknown };

/**
 * Verifies the signature of a webhook and reads its body.
 *
 * @throws {@link FlinksWebhookError} the signature is missing or wrong, or the body is not a webhook's; shows nothing of the body
 * @throws {@link FlinksUsageError} the body is neither a string nor bytes, or there is no secret
 * @example
 * const event = await readWebhook({ body, signature: headers["flinks-authenticity-key"], secret });
 * event.type; // → "GetAccountsDetail"
 */
export async function readWebhook(webhook: WebhookInput): Promise<WebhookEvent> {
  assertFields(webhook, ["body", "signature", "secret"], "the argument of readWebhook()", "invalid_request");
  const { body, signature, secret } = webhook as WebhookInput;
  const secrets = readSecrets(secret);
  const signatures = readSignatures(signature);
  const bytes = readBytes(body);
  if (!(await isSigned(bytes, signatures, secrets))) {
    throw webhookError(
      "invalid_signature",
      "The webhook's signature does not fit its body. Check the secret, and pass the body as it was received: a JSON body parser changes it.",
    );
  }
  return readEvent(bytes);
}

function readSecrets(secret: unknown): string[] {
  const secrets: unknown[] = [secret].flat();
  assert(
    isStrings(secrets) && secrets.length > 0 && !secrets.includes(""),
    "secret must be a non-empty string, or a list of them. Is FLINKS_WEBHOOK_SECRET set?",
  );
  return secrets;
}

/** A copy, so that what is read is what was verified. Checked by shape: test environments have classes of their own. */
function readBytes(body: unknown): Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  assert(
    Object.prototype.toString.call(body) === "[object ArrayBuffer]",
    "body must be a string, Uint8Array or ArrayBuffer. Is a JSON body parser in front?",
    "invalid_request",
  );
  return new Uint8Array(body as ArrayBuffer).slice();
}

/** A limit, because each signature costs a pass over the body. */
const maxSignatures = 10;

/** 32 bytes in Base64. The last character has two spare bits, which must be 0: one signature has one spelling. */
const signaturePattern = /^[A-Za-z\d+/]{42}[AEIMQUYcgkosw048]=?$/;

/** The signatures that can be right. A header that was sent several times is a list, or is joined with commas. */
function readSignatures(signature: unknown): Uint8Array<ArrayBuffer>[] {
  const values: unknown[] = [signature ?? []].flat();
  assert(isStrings(values), "signature must be a string, or a list of them.", "invalid_request");
  // A comma at the end separates nothing: it belongs to a signature that is wrong.
  const signatures = values.flatMap((value) => value.split(/, ?(?=.)/)).filter((value) => value !== "");
  if (signatures.length === 0) {
    throw webhookError(
      "missing_signature",
      "The webhook has no signature. The vendor's support enables signing for an instance.",
    );
  }
  return signatures
    .filter((value) => signaturePattern.test(value))
    .slice(0, maxSignatures)
    .map((value) => Uint8Array.from(atob(value), (character) => character.charCodeAt(0)));
}

/** Compares in constant time, as `verify` does. */
async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  secrets: readonly string[],
): Promise<boolean> {
  const { subtle } = globalThis.crypto ?? {};
  assert(subtle, "readWebhook() requires globalThis.crypto.subtle.");
  for (const secret of secrets) {
    const secretBytes = new TextEncoder().encode(secret);
    const key = await subtle.importKey("raw", secretBytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    for (const signature of signatures) {
      if (await subtle.verify("HMAC", key, signature, bytes)) return true;
    }
  }
  return false;
}

function readEvent(bytes: Uint8Array): WebhookEvent {
  try {
    const data = JSON.parse(new TextDecoder().decode(bytes));
    // `null` throws here, and an array has no ResponseType.
    if (typeof data.ResponseType === "string" && data.ResponseType !== "") return { type: data.ResponseType, data };
  } catch {
    // The SyntaxError quotes the body, so it is not kept as a cause.
  }
  throw webhookError("invalid_body", "The webhook's body is not a JSON object with a ResponseType.");
}

function webhookError(code: WebhookErrorCode, message: string): FlinksWebhookError {
  return new FlinksWebhookError(message, { code });
}

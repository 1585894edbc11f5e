/**
 * Webhooks, signed as the vendor signs them: Base64(HMAC-SHA256(secret, raw body)).
 *
 * @module
 */
import { assert, assertString } from "../wrappers/errors/assert.ts";
import { toBase64 } from "./base64.ts";
import { dataCalls } from "./data-calls.ts";
import { loginIds } from "./institution.ts";
import { assertKnown, assertKnownFields } from "./options.ts";
import type { SandboxState } from "./state.ts";
import type { SandboxWebhook } from "./types.ts";

const types = {
  GetAccountsDetail: "getAccountsDetail",
  GetAccountsSummary: "getAccountsSummary",
  GetStatements: "getStatements",
} as const;

export async function deliverWebhook(url: string | URL, webhook: SandboxWebhook, state: SandboxState): Promise<number> {
  assertKnownFields(webhook, ["secret", "loginId", "type", "fetch"], "deliverWebhook");
  const { secret, loginId = loginIds.greatday_nomfa, type = "GetAccountsDetail", fetch = globalThis.fetch } = webhook;
  assertString(secret, "secret");
  assertKnown(type, Object.keys(types), "deliverWebhook: type");
  assert(typeof fetch === "function", "deliverWebhook: fetch must be a function.");
  const user = state.settings.logins.get(loginId);
  assert(user !== undefined, "deliverWebhook: loginId must be one of the sandbox's LoginIds.");
  const now = state.settings.now();
  const reading = { user, loginId, openedAt: now, now, saved: true, tag: undefined, requestId: state.newId() };
  const body = JSON.stringify({ ResponseType: type, ...dataCalls[types[type]].read(reading, {}).body });
  const headers = { "content-type": "application/json", "flinks-authenticity-key": await sign(body, secret) };
  const { status } = await fetch(readAddress(url), { method: "POST", headers, body, redirect: "manual" });
  return status;
}

async function sign(body: string, secret: string): Promise<string> {
  const utf8 = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), hmac, false, ["sign"]);
  return toBase64(new Uint8Array(await crypto.subtle.sign(hmac, key, utf8.encode(body))));
}

function readAddress(url: string | URL): string {
  const { protocol, href } = URL.canParse(`${url}`) ? new URL(url) : { protocol: "", href: "" };
  assert(protocol === "http:" || protocol === "https:", "deliverWebhook: the URL must be a whole http: or https: URL.");
  return href;
}

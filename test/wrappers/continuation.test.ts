import { expect, it } from "vitest";
import { FlinksUsageError } from "../../src/index.ts";
import { type Continuation, openContinuation, sealContinuation } from "../../src/wrappers/continuation.ts";
import { errorOfClass, secrets } from "../helpers/client.ts";

it.each<Continuation>([
  { token: secrets.token, fields: {} },
  { token: "é", fields: { LoginId: "a", Language: "fr", Save: false, Tag: "\u0000 \ud83d\ude00 \ud800" } },
  { token: "t", fields: { Tag: "x".repeat(500_000) } },
])("is read back as it was, as one string of ASCII", ({ token, fields }) => {
  const sealed = sealContinuation({ token, fields });
  expect(sealed).toMatch(/^flinks_mfa_1\.[\w+/=]+$/);
  expect(openContinuation(sealed)).toEqual({ token, fields });
});

const sealed = (value: unknown) => `flinks_mfa_1.${btoa(encodeURIComponent(JSON.stringify(value)))}`;
const good = sealed({ token: secrets.token, fields: { Tag: "abc" } });

it.each([
  ["cut", good.slice(0, -8)],
  ["without its prefix", good.slice(13)],
  ["of another format", good.replace("_1.", "_2.")],
  ["no base64", "flinks_mfa_1.%%%"],
  ["no UTF-8", `flinks_mfa_1.${btoa("%ff")}`],
  ["no JSON", `flinks_mfa_1.${btoa(secrets.token)}`],
  ["null", sealed(null)],
  ["without fields", sealed({ token: secrets.token })],
  ["without a token", sealed({ fields: {} })],
  ["with a token that is no header", sealed({ token: `${secrets.token}\n`, fields: {} })],
  ["with a field of another type", sealed({ token: secrets.token, fields: { Save: "no" } })],
])("%s, it is refused unseen", async (_, continuation) => {
  const error = await errorOfClass(FlinksUsageError, () => openContinuation(continuation));
  expect(error.message).toBe("continuation must be the string that came with the challenge, whole.");
  expect(error).not.toHaveProperty("cause");
});

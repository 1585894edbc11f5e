/** Webhooks: what is accepted, what is refused, and what the refusal says. */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import * as client from "../../src/index.ts";
import { FlinksWebhookError, readWebhook } from "../../src/wrappers/webhooks.ts";
import { errorOf, errorOfClass } from "../helpers/client.ts";
import { stringsOn } from "../helpers/strings-on.ts";

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly signature: string;
}
const vectors: Vector[] = JSON.parse(await readFile("test/fixtures/wire/webhook-vectors.json", "utf8"));

const secret = "s3cret of the webhöoks";
const body = JSON.stringify({ ResponseType: "GetAccountsDetail", Accounts: [{ Title: "Épargne ✓" }] });

function sign(text: string | Uint8Array, key = secret): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

const signature = sign(body);
const wrong = sign(body, "another secret");

/** Signs and reads what the vendor might send. */
function readSigned(text: string | Uint8Array<ArrayBuffer>) {
  return readWebhook({ body: text, signature: sign(text), secret });
}

type Input = Parameters<typeof readWebhook>[0];

/** The code of the error for a webhook that is right but for these fields. */
async function codeOf(fields: object): Promise<string> {
  const webhook: Input = { body, signature, secret, ...fields };
  return (await errorOfClass(client.FlinksError, readWebhook(webhook))).code;
}

describe("a webhook that is accepted", () => {
  it.each(vectors)("is the $name of the vectors", async ({ body, signature, secret }) => {
    const data = JSON.parse(body);
    expect(await readWebhook({ body, signature, secret })).toEqual({ type: data.ResponseType, data });
  });

  const bytes = new TextEncoder().encode(body);
  const view = new Uint8Array([0x7b, ...bytes, 0x7d]).subarray(1, -1);
  it.each([
    ["a string", body],
    ["bytes", bytes],
    ["a view with an offset", view],
    ["a Buffer", Buffer.from(body)],
    ["an ArrayBuffer", bytes.buffer],
  ])("has a body that is %s", async (_form, body) => {
    const { data } = await readWebhook({ body, signature, secret });
    expect(data).toMatchObject({ Accounts: [{ Title: "Épargne ✓" }] });
  });

  it.each([
    ["has no padding", signature.replace("=", "")],
    ["is one of a list", [wrong, signature]],
    ["is one of several that are joined", `${wrong}, ${signature}`],
    ["is one of several that are joined without a space", `${wrong},${signature}`],
    ["comes after what cannot be one", ["", "v0=1", signature]],
  ])("has a signature that %s", async (_form, signature) => {
    expect(await readWebhook({ body, signature, secret })).toMatchObject({ type: "GetAccountsDetail" });
  });

  it.each([
    ["the first", [secret, "old"]],
    ["the last", ["new", secret]],
  ])("is signed with %s of several secrets", async (_which, secret) => {
    expect(await readWebhook({ body, signature, secret })).toMatchObject({ type: "GetAccountsDetail" });
  });

  it.each(["KYC", "SomethingNew", "constructor", "__proto__", "toString"])("has the type %s", async (type) => {
    const text = JSON.stringify({ ResponseType: type, RequestId: "r" });
    expect(await readSigned(text)).toEqual({ type, data: JSON.parse(text) });
  });

  it("has every field as it came", async () => {
    const text =
      '{"ResponseType":"GetAccountsDetail","Accounts":null,"TransitNumber":"007","__proto__":{"a":1},"Tag":"t"}';
    const { data } = await readSigned(text);
    expect(JSON.stringify(data)).toBe(text);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });

  it("is read as it was verified, though the caller's buffer is used again meanwhile", async () => {
    for (const part of [Buffer.from(body), new TextEncoder().encode(body).buffer]) {
      const reading = readWebhook({ body: part, signature, secret });
      Buffer.from(part as ArrayBuffer).fill("x");
      expect((await reading).data).toEqual(JSON.parse(body));
    }
  });

  it("may begin with a byte order mark", async () => {
    expect(await readSigned(`\ufeff${body}`)).toMatchObject({ type: "GetAccountsDetail" });
  });
});

describe("a webhook that is refused", () => {
  it.each([[undefined], [null], [""], [[]], [["", ""]]])("has the signature %j: missing_signature", async (missing) => {
    expect(await codeOf({ signature: missing })).toBe("missing_signature");
  });

  it("has neither a signature nor a body: missing_signature", async () => {
    expect(await codeOf({ signature: undefined, body: undefined })).toBe("missing_signature");
  });

  it.each([
    ["of another secret", wrong],
    ["of another body", sign(`${body} `)],
    ["in hexadecimal", Buffer.from(signature, "base64").toString("hex")],
    ["with padding too much", `${signature}=`],
    ["with a line break", `${signature}\n`],
    ["with something in front", `x${signature}`],
    ["with a comma for its padding", signature.replace("=", ",")],
    ["with a space for its padding", signature.replace("=", " ")],
    ["of the first 31 bytes", Buffer.from(signature, "base64").subarray(0, 31).toString("base64")],
    ["that is not Base64", "!".repeat(44)],
  ])("has a signature %s: invalid_signature", async (_what, signature) => {
    expect(await codeOf({ signature })).toBe("invalid_signature");
  });

  it("spells its signature in another way: invalid_signature", async () => {
    // The two lowest bits of the last character do not count in Base64.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const last = alphabet.indexOf(signature.charAt(42));
    for (const spare of [1, 2, 3]) {
      const respelled = `${signature.slice(0, 42)}${alphabet.charAt(last + spare)}=`;
      expect(Buffer.from(respelled, "base64")).toEqual(Buffer.from(signature, "base64"));
      expect(await codeOf({ signature: respelled })).toBe("invalid_signature");
    }
  });

  it("is written again by a JSON parser: invalid_signature", async () => {
    const sent = body.replace(":", ": ");
    expect(await codeOf({ body: JSON.stringify(JSON.parse(sent)), signature: sign(sent) })).toBe("invalid_signature");
  });

  it("has its signature behind ten wrong ones: invalid_signature", async () => {
    expect(await codeOf({ signature: [...Array(10).fill(wrong), signature] })).toBe("invalid_signature");
    expect(await readWebhook({ body, signature: [...Array(9).fill(wrong), signature], secret })).toBeTruthy();
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '[{"ResponseType":"KYC"}]',
    '"KYC"',
    "{}",
    '{"ResponseType":7}',
    '{"ResponseType":""}',
    '{"responseType":"KYC"}',
    '{"__proto__":{"ResponseType":"KYC"}}',
  ])("has the body %s: invalid_body", async (text) => {
    expect(await codeOf({ body: text, signature: sign(text) })).toBe("invalid_body");
  });

  it("says what to do, and shows nothing of the body, signature or secret", async () => {
    const personal = '{"Holder":"Jane P3rsonal"';
    const errors = await Promise.all([
      errorOf(readWebhook({ body: personal, signature: undefined, secret })),
      errorOf(readWebhook({ body: personal, signature, secret })),
      errorOf(readSigned(personal)),
    ]);
    expect(errors.map((error) => (error as Error).message)).toEqual([
      "The webhook has no signature. The vendor's support enables signing for an instance.",
      "The webhook's signature does not fit its body. Check the secret, and pass the body as it was received: a JSON body parser changes it.",
      "The webhook's body is not a JSON object with a ResponseType.",
    ]);
    for (const error of errors) {
      expect(error).toMatchObject({ name: "FlinksWebhookError", retryable: false });
      const shown = stringsOn(error).join("\n");
      for (const hidden of ["P3rsonal", signature, secret]) expect(shown).not.toContain(hidden);
    }
  });

  it("is refused with the class of the main entry", async () => {
    const error = await errorOfClass(FlinksWebhookError, readWebhook({ body, signature: null, secret }));
    expect(client.FlinksWebhookError).toBe(FlinksWebhookError);
    expect(error).toBeInstanceOf(client.FlinksError);
    expect(error).not.toBeInstanceOf(client.FlinksUsageError);
  });
});

describe("a FlinksUsageError", () => {
  it.each([[undefined], [""], [[]], [["", secret]], [[undefined]], [7]])(
    "is thrown for the secret %j",
    async (secret) => {
      const error = await errorOfClass(client.FlinksUsageError, readWebhook({ body, signature, secret } as Input));
      expect(error).toMatchObject({
        code: "invalid_options",
        message: expect.stringContaining("FLINKS_WEBHOOK_SECRET"),
      });
    },
  );

  it.each([
    ["a parsed body", JSON.parse(body)],
    ["no body", undefined],
    ["an array of bytes", [...Buffer.from(body)]],
  ])("is thrown for %s, with the likely cause", async (_what, body) => {
    const error = await errorOfClass(client.FlinksUsageError, readWebhook({ body, signature, secret }));
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("JSON body parser") });
  });

  it.each([
    ["a signature that no header can be", { signature: [7] }],
    ["an unknown field", { secrets: [] }],
  ])("is thrown for %s", async (_what, fields) => {
    expect(await codeOf(fields)).toBe("invalid_request");
  });

  it.each([
    ["Web Crypto", undefined],
    ["crypto.subtle", {}],
  ])("is thrown where there is no %s", async (_what, crypto) => {
    vi.stubGlobal("crypto", crypto);
    try {
      const error = await errorOfClass(client.FlinksUsageError, readWebhook({ body, signature, secret }));
      expect(error.message).toContain("globalThis.crypto.subtle");
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

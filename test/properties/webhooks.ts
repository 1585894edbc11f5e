/** What holds for any webhook. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { FlinksWebhookError, readWebhook } from "../../src/wrappers/webhooks.ts";
import type { Property } from "./property.ts";

/** Signs a webhook and changes one byte of it. */
export const oneByteChanged: Property = {
  name: "no byte that is changed in a signed body or its signature is accepted",
  property: fc.asyncProperty(
    fc.string({ minLength: 1, unit: "binary" }),
    fc.jsonValue(),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
    fc.boolean(),
    async (secret, payload, at, bits, inSignature) => {
      const body = Buffer.from(JSON.stringify({ ResponseType: "KYC", payload }));
      const signature = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"));
      await readWebhook({ body, signature: signature.toString("latin1"), secret });

      const changed = inSignature ? signature : body;
      const index = at % changed.length;
      changed[index] = (changed[index] as number) ^ bits;
      try {
        await readWebhook({ body, signature: signature.toString("latin1"), secret });
        return false;
      } catch (error) {
        return error instanceof FlinksWebhookError && error.code === "invalid_signature";
      }
    },
  ),
};

import { FlinksWebhookError, readWebhook } from "flinks-client/webhooks";

export const runtime = "edge";

export async function POST(request: Request): Promise<Response> {
  try {
    const event = await readWebhook({
      body: await request.arrayBuffer(),
      signature: request.headers.get("flinks-authenticity-key"),
      secret: process.env.FLINKS_WEBHOOK_SECRET,
    });
    // Here goes your database.
    if (event.type === "GetAccountsDetail") console.log(`A webhook brought ${event.data.Accounts.length} accounts.`);
    return new Response(null, { status: 200 });
  } catch (error) {
    if (!(error instanceof FlinksWebhookError)) throw error;
    return new Response(null, { status: error.code === "invalid_body" ? 400 : 401 });
  }
}

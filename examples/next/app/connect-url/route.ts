import { flinks } from "../../flinks.ts";

/** The address for the iframe of Flinks Connect. It holds a token: for this user, once. */
export async function GET(): Promise<Response> {
  const url = await flinks().createConnectUrl({ demo: process.env.FLINKS_INSTANCE === "toolbox" });
  return Response.json({ url }, { headers: { "cache-control": "no-store" } });
}

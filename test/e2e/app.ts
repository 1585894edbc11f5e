/** The server of an app whose users connect their accounts: what docs/connect.md shows, as a program. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { FlinksClient } from "../../src/index.ts";
import { connectOrigin, readConnectRedirect } from "../../src/wrappers/connect.ts";
import { listen } from "../helpers/listen.ts";

export interface App {
  readonly url: string;
  /** What pages sent as the redirect of Flinks Connect. */
  readonly redirects: readonly string[];
  close(): Promise<void>;
}

/** @param answers what the user answers, by prompt */
export async function startApp(
  flinks: FlinksClient,
  connectUrl: string,
  answers: Readonly<Record<string, string>>,
): Promise<App> {
  const script = await readFile("test/e2e/page.js", "utf8");
  const origin = connectOrigin({ connectUrl });
  const redirects: string[] = [];

  async function accountsOf(loginId: string) {
    const { requestId } = await flinks.authorizeWithMfa({ LoginId: loginId }, ({ questions }) =>
      Object.fromEntries(questions.map(({ prompt }) => [prompt, answers[prompt] as string])),
    );
    const { Accounts } = await flinks.waitForAccountsDetail({ RequestId: requestId }, { pollIntervalMs: 50 });
    return Accounts;
  }

  const { baseUrl: url, close } = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url as string, url);
    const send = (type: string, content: string) =>
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(content);
    switch (`${request.method} ${pathname}`) {
      case "GET /":
        return send("text/html", page);
      case "GET /page.js":
        return send("text/javascript", script);
      case "GET /connect-url": {
        const language = searchParams.get("language") as "en" | "fr";
        const connect = await flinks.createConnectUrl({ redirectUrl: `${url}/back`, language });
        return send("application/json", JSON.stringify({ url: connect, origin }));
      }
      case "POST /connected": {
        const redirect = await text(request);
        redirects.push(redirect);
        return send("application/json", JSON.stringify(await accountsOf(readConnectRedirect(redirect).loginId)));
      }
      case "GET /back":
        return send("text/html", "<!doctype html><title>Back</title><p>Back at the app</p>");
      default:
        return response.writeHead(404).end();
    }
  });
  return { url, redirects, close };
}

const page = `<!doctype html>
<html lang="en">
<title>An app</title>
<h1>Connect your bank account</h1>
<iframe title="Flinks Connect" width="500" height="600"></iframe>
<p role="status"></p>
<ul></ul>
<script type="module" src="/page.js"></script>
`;

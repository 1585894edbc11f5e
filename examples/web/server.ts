import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { readConnectRedirect } from "flinks-client/connect";
import { demo, flinks, origin } from "./flinks.ts";
import { Session } from "./session.ts";
import { page } from "./views/page.ts";
import { readAnswers } from "./views/questions.ts";

const sessions = new Map<string, Session>();
const types = { "/page.js": "text/javascript", "/style.css": "text/css" };
const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
frame-src ${origin}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const session = sessionOf(request, response);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const send = (status: number, type: string, body: string | Buffer) =>
    response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(body);
  const back = () => response.writeHead(303, { location: "/" }).end();
  const language = searchParams.get("language");
  if (language === "en" || language === "fr") session.language = language;

  switch (`${request.method} ${pathname}`) {
    case "GET /":
      return send(200, "text/html", page(session));
    case "GET /page.js":
    case "GET /style.css":
      return send(
        200,
        types[pathname as keyof typeof types],
        await readFile(new URL(`./views${pathname}`, import.meta.url)),
      );
    case "GET /state":
      return send(200, "application/json", JSON.stringify(session.state.name));
    case "GET /connect-url": {
      const url = await flinks.createConnectUrl({ language: session.language, demo });
      return send(200, "application/json", JSON.stringify(url));
    }
    case "POST /connected":
      void session.proceed(flinks.authorize({ LoginId: readConnectRedirect(await text(request)).loginId }));
      return back();
    case "POST /answers": {
      const entered = new URLSearchParams(await text(request));
      // Read when the form has arrived. A second click, or another tab, may hold questions that have been answered.
      const { state } = session;
      if (state.name !== "questions" || entered.get("id") !== state.id) return back();
      const { answers, missing } = readAnswers(state.open.challenge.questions, entered);
      if (missing.length > 0) return send(422, "text/html", page(session, { entered, missing }));
      void session.proceed(flinks.answerChallenge(state.open, answers));
      return back();
    }
    case "POST /restart":
      session.state = { name: "connect" };
      return back();
    default:
      return response.writeHead(404).end();
  }
}

function sessionOf({ headers }: IncomingMessage, response: ServerResponse): Session {
  const id = /(?:^|; )session=([\w-]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
  const known = sessions.get(id);
  response.setHeader("content-security-policy", policy);
  if (known) return known;
  const session = new Session();
  const newId = randomUUID();
  sessions.set(newId, session);
  // On HTTPS, add Secure.
  response.setHeader("set-cookie", `session=${newId}; HttpOnly; SameSite=Strict; Path=/`);
  return session;
}

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

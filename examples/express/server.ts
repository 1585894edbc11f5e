import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { type Account, type AuthorizeOutcome, FlinksApiError, FlinksError, FlinksUsageError } from "flinks-client";
import { FlinksWebhookError, readWebhook } from "flinks-client/webhooks";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { flinks } from "./flinks.ts";

const { FLINKS_LOGIN_ID = "", FLINKS_WEBHOOK_SECRET, PORT = "3000" } = process.env;
// Your database: which login belongs to which user, and the accounts that webhooks brought.
const logins = new Map([["ada", FLINKS_LOGIN_ID]]);
const accountsOfLogin = new Map<string, Account[]>();
const app = express();

// A webhook's signature covers the raw body, so this route comes before the JSON parser.
app.post("/webhooks/flinks", express.raw({ type: () => true, limit: "50mb" }), async (request, response) => {
  const signature = request.headers["flinks-authenticity-key"];
  const event = await readWebhook({ body: request.body, signature, secret: FLINKS_WEBHOOK_SECRET });
  if (event.type === "GetAccountsDetail") {
    const { Accounts, Login } = event.data;
    if (Login?.Id) accountsOfLogin.set(Login.Id, Accounts);
  }
  response.sendStatus(200);
});

app.use(express.json());

app.get("/accounts", (request, response) => {
  const accounts = accountsOfLogin.get(logins.get(userOf(request)) ?? "");
  response.json({ accounts: accounts ?? [] });
});

// The first request: the session opens, or the bank asks something.
app.post("/sessions", async (request, response) => {
  const user = userOf(request);
  const loginId = logins.get(user);
  if (!loginId) return response.sendStatus(404);
  return respond(response, user, await flinks.authorize({ LoginId: loginId }));
});

// The second one: { "answers": { "What city were you born in?": "Montreal" } }
app.post("/challenges/:id/answers", async (request, response) => {
  const user = userOf(request);
  const open = takeChallenge(user, request.params.id);
  if (!open) return response.sendStatus(404);
  try {
    return respond(response, user, await flinks.answerChallenge(open, request.body?.answers));
  } catch (error) {
    // Nothing was sent, so the user may answer again.
    if (error instanceof FlinksUsageError) keepChallenge(user, open, request.params.id);
    throw error;
  }
});

/** The continuation stays in the store. The browser gets the questions. */
function respond(response: Response, user: string, outcome: AuthorizeOutcome) {
  if (outcome.status !== "mfa_required") return response.status(201).json({ requestId: outcome.requestId });
  const { questions, rejected } = outcome.challenge;
  return response.json({ challenge: keepChallenge(user, outcome), questions, rejected: rejected !== undefined });
}

/** Whom your session middleware signed in. */
function userOf(_request: Request): string {
  return "ada";
}

app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
  // The parser's error quotes the answers, so it does not go into the log.
  if (error instanceof SyntaxError) return response.sendStatus(400);
  if (error instanceof FlinksWebhookError) return response.sendStatus(error.code === "invalid_body" ? 400 : 401);
  if (error instanceof FlinksUsageError && error.code === "invalid_answers") {
    return response.status(422).json({ error: error.code, prompts: error.prompts });
  }
  if (error instanceof FlinksApiError && ["credentials", "mfa", "account"].includes(error.category)) {
    return response.status(409).json({ error: error.code, action: error.action });
  }
  if (!(error instanceof FlinksError)) return next(error);
  console.error(error);
  return response.status(502).json({ error: "The bank could not be reached." });
});

const server = app.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

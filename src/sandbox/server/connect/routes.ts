/**
 * What the server answers below /v2/.
 *
 * @module
 */

import { balanceOf } from "../../bank/transactions.ts";
import { wanted } from "../../payloads.ts";
import type { SandboxState } from "../../state.ts";
import type { Entered, Problem } from "./fields.ts";
import { ConnectFlow } from "./flow.ts";
import {
  accountsPage,
  connectedPage,
  donePage,
  loginPage,
  type PageContext,
  questionsPage,
  refusedPage,
} from "./pages.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import type { Language } from "./texts.ts";

/** A request for a page. */
export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly content: string;
}

export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

/** Every page may be framed by anybody, as the real one; nothing is loaded from elsewhere, and no code is in the page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors *",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  // The URL has a token, and the page a LoginId.
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Serves the Connect page of a sandbox. It remembers the users who are on their way. */
export function createConnectRoutes(state: SandboxState): (request: PageRequest) => PageResponse {
  const flows = new Map<string, ConnectFlow>();

  return ({ method, url, content }) => {
    const route = `${method} ${url.pathname}`;
    switch (route) {
      case "GET /v2/":
        return open(url);
      case "POST /v2/":
        return submit(new URLSearchParams(content));
      case "GET /v2/connected":
        return page(200, connectedPage(languageOf(url.searchParams)));
      case "GET /v2/connect.css":
        return respond(200, "text/css", style);
      case "GET /v2/connect.js":
        return respond(200, "text/javascript", script);
      default:
        return respond(404, "text/plain", "Not found");
    }
  };

  function open({ origin, searchParams }: URL): PageResponse {
    const language = languageOf(searchParams);
    const token = searchParams.get("authorizeToken") ?? "";
    // Looked at first: a page with a wrong parameter does not use up its token.
    const redirectUrl = searchParams.get("redirectUrl") ?? `${origin}/v2/connected?language=${language}`;
    if (!isWebAddress(redirectUrl)) return page(400, refusedPage(language, "refusedRedirect"));
    if (!state.isKnownToken(token) || state.isSpentToken(token))
      return page(401, refusedPage(language, "refusedToken"));
    state.spendToken(token);
    const id = state.newId();
    const accountSelectorEnable = searchParams.get("accountSelectorEnable") === "true";
    flows.set(id, new ConnectFlow(token, { language, redirectUrl, accountSelectorEnable }, state));
    return show(id, { form: new URLSearchParams(), problems: [] }, false);
  }

  function submit(form: URLSearchParams): PageResponse {
    const id = form.get("flow") ?? "";
    const flow = flows.get(id);
    if (flow === undefined) return page(400, refusedPage("en", "refusedFlow"));
    const before = flow.step;
    // A form that was sent twice, or an older page: the user sees where they are.
    const problems = form.get("step") === before.name ? flow.advance(form) : [];
    // What was entered belongs to the page that is shown again, and to no other.
    const isSame = flow.step.name === before.name && problems.length > 0;
    return show(id, { form: isSame ? form : new URLSearchParams(), problems }, true);
  }

  function show(id: string, entered: Entered, takesFocus: boolean): PageResponse {
    const { step, parameters } = flows.get(id) as ConnectFlow;
    const context: PageContext = { flow: id, language: parameters.language, takesFocus };
    const status = statusFor(entered.problems);
    switch (step.name) {
      case "login":
        return page(status, loginPage(context, entered));
      case "questions":
        return page(status, questionsPage(context, step.questions, entered));
      case "accounts":
        return page(status, accountsPage(context, accountsOf(step.session, parameters.language), entered));
      case "done":
        return page(200, donePage(parameters.language, step.url));
    }
  }

  function accountsOf(session: Parameters<typeof wanted>[0], language: Language) {
    return wanted(session, undefined).map((account) => {
      const { format } = new Intl.NumberFormat(`${language}-CA`, { style: "currency", currency: account.currency });
      const balance = format(balanceOf(account, state.settings.now()) / 100);
      return { id: account.id, label: `${account.title} – ${balance}` };
    });
  }
}

function languageOf(parameters: URLSearchParams): Language {
  return parameters.get("language") === "fr" ? "fr" : "en";
}

/** `javascript:` and its like would run in this page. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function statusFor(problems: readonly Problem[]): number {
  return problems.length === 0 ? 200 : 422;
}

function page(status: number, content: string): PageResponse {
  return respond(status, "text/html", content);
}

function respond(status: number, type: string, content: string): PageResponse {
  return { status, headers: { ...headers, "content-type": `${type}; charset=utf-8` }, content };
}

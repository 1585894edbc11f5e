/** The page that belongs to a session's state, in the user's language. */
import type { Account } from "flinks-client";
import { origin } from "../flinks.ts";
import type { Session, State } from "../session.ts";
import { type Html, html } from "./html.ts";
import { type Entered, questionField } from "./questions.ts";
import texts from "./texts.json" with { type: "json" };

export type { texts };

const steps = { connect: 0, questions: 1, waiting: 1, accounts: 2, failed: 1 };
const nothing: Entered = { entered: new URLSearchParams(), missing: [] };

export function page({ language, state }: Session, entered = nothing): string {
  const said = texts[language];
  const other = language === "en" ? "fr" : "en";
  const { title, content } = view(state, language, entered);
  const heading = entered.missing.length > 0 ? `${said.problem} – ${title}` : title;
  return `<!doctype html>${html`
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading} – Northshore</title>
<link rel="stylesheet" href="/style.css">
<script type="module" src="/page.js"></script>
<body data-state="${state.name}">
<header><span class="brand">Northshore</span><a href="/?language=${other}" lang="${other}" hreflang="${other}">${texts[other].language}</a></header>
<main>
<ol class="steps">${said.steps.map((step, index) => html`<li${index === steps[state.name] && html` aria-current="step"`}>${step}</li>`)}</ol>
<h1 tabindex="-1">${title}</h1>
${content}
</main>
<footer>${said.footer}</footer>
</body>
</html>`}`;
}

function view(state: State, language: Session["language"], entered: Entered): { title: string; content: Html } {
  const said = texts[language];
  switch (state.name) {
    case "connect":
      return {
        title: said.connect,
        content: html`<p>${said.connectText}</p>
<iframe title="Flinks Connect" data-origin="${origin}"></iframe>`,
      };
    case "questions": {
      const { questions, rejected } = state.open.challenge;
      const problems = entered.missing.map(
        (place) => html`<li><a href="#field${place}">${questions[place]?.prompt} – ${said.required}</a></li>`,
      );
      const summary = problems.length > 0 ? html`<ul>${problems}</ul>` : html`<p>${said.rejected}</p>`;
      const isWrong = problems.length > 0 || rejected !== undefined;
      return {
        title: said.questions,
        content: html`${isWrong && html`<div class="problem" role="alert" tabindex="-1"><h2>${said.problem}</h2>${summary}</div>`}
<p>${said.questionsText}</p>
<form method="post" action="/answers">
<input type="hidden" name="id" value="${state.id}">
${questions.map((question, place) => questionField(question, place, entered, said))}
<button>${said.continue}</button>
</form>`,
      };
    }
    case "waiting":
      return {
        title: said.waiting,
        content: html`<div class="waiting" role="status"><span class="bar"></span><p>${said.waitingText}</p></div>`,
      };
    case "accounts":
      return {
        title: said.accounts,
        content: html`<p>${said.accountsText}</p>
<ul class="accounts">${state.accounts.map((account) => accountItem(account, language))}</ul>
<form method="post" action="/restart"><button class="quiet">${said.another}</button></form>`,
      };
    case "failed":
      return {
        title: said.failed,
        content: html`<div class="problem" role="alert" tabindex="-1"><p>${said.actions[state.action as keyof typeof said.actions] ?? said.actions.retry_later}</p></div>
<form method="post" action="/restart"><button>${said.again}</button></form>`,
      };
  }
}

function accountItem({ Title, Category, AccountNumber, Balance, Currency }: Account, language: "en" | "fr"): Html {
  const format = new Intl.NumberFormat(`${language}-CA`, { style: "currency", currency: Currency ?? "CAD" });
  const number = AccountNumber ? ` •••• ${AccountNumber.slice(-4)}` : "";
  return html`<li><div><strong>${Title ?? ""}</strong><span>${Category ?? ""}${number}</span></div>
<span class="balance">${format.format(Balance?.Current ?? 0)}</span></li>`;
}

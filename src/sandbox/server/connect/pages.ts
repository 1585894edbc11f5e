/**
 * The pages of the stand-in for Flinks Connect.
 *
 * @module
 */
import { institution, loginIds, password } from "../../institution.ts";
import { choiceField, type Entered, inputField, type Question, questionField } from "./fields.ts";
import { type Html, html } from "./html.ts";
import { type Language, texts } from "./texts.ts";

/** Which flow a form belongs to, and in which language. */
export interface PageContext {
  readonly flow: string;
  readonly language: Language;
  /** Whether the focus goes to the page. Not at first: the page around it has it. */
  readonly takesFocus: boolean;
}

/** An account to choose. */
export interface AccountChoice {
  readonly id: string;
  readonly label: string;
}

export function loginPage(context: PageContext, entered: Entered): string {
  const said = texts[context.language];
  const users = html`<details><summary>${said.users}</summary>
<p>${Object.keys(loginIds).join(", ")}</p><p>${said.usersPassword.replace("Everyday", password)}</p></details>`;
  const fields = [
    inputField({ id: "username", label: said.username, type: "text", autocomplete: "username" }, entered),
    inputField({ id: "password", label: said.password, type: "password", autocomplete: "current-password" }, entered),
  ];
  return formPage(context, {
    step: "login",
    title: said.loginTitle,
    button: said.signIn,
    fields,
    entered,
    after: users,
  });
}

export function questionsPage(context: PageContext, questions: readonly Question[], entered: Entered): string {
  const said = texts[context.language];
  const fields = questions.map((question, index) => questionField(question, index, entered, said));
  return formPage(context, { step: "questions", title: said.questionsTitle, button: said.continue, fields, entered });
}

export function accountsPage(context: PageContext, accounts: readonly AccountChoice[], entered: Entered): string {
  const said = texts[context.language];
  const choices = accounts.map(({ id, label }) => ({ value: id, label }));
  const fields = [choiceField({ id: "account", legend: said.account, type: "radio", choices }, entered)];
  return formPage(context, { step: "accounts", title: said.accountsTitle, button: said.continue, fields, entered });
}

/** The last page, which the script leaves for `url` after telling the page around it. */
export function donePage(language: Language, url: string): string {
  const { doneTitle, doneText, continue: label } = texts[language];
  return layout(
    language,
    doneTitle,
    html`<p data-institution="${institution.Institution}" data-redirect-url="${url}">${doneText}</p><p><a href="${url}">${label}</a></p>`,
  );
}

/** Where the user goes without a `redirectUrl`. */
export function connectedPage(language: Language): string {
  return layout(language, texts[language].doneTitle, html`<p>${texts[language].closeText}</p>`);
}

/** A page that cannot be opened. */
export function refusedPage(language: Language, reason: "refusedToken" | "refusedRedirect" | "refusedFlow"): string {
  return layout(language, texts[language].refusedTitle, html`<p role="alert">${texts[language][reason]}</p>`);
}

interface Form {
  readonly step: string;
  readonly title: string;
  readonly button: string;
  readonly fields: readonly Html[];
  readonly entered: Entered;
  readonly after?: Html;
}

function formPage({ flow, language, takesFocus }: PageContext, form: Form): string {
  const { step, title, button, fields, entered, after } = form;
  const { problems } = entered;
  const { problemTitle } = texts[language];
  const isWrong = problems.length > 0;
  // Errors take the focus, so that they are read out; otherwise the title does, since the page is a new one.
  const titleFocus = takesFocus && !isWrong && html` tabindex="-1" data-focus`;
  return layout(
    language,
    isWrong ? `${problemTitle} – ${title}` : title,
    html`${
      isWrong &&
      html`<div class="problems" role="alert" tabindex="-1" data-focus><h2>${problemTitle}</h2><ul>
${problems.map(({ text, field }) => html`<li>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</li>`)}
</ul></div>`
    }
<form method="post" action="/v2/" novalidate>
<input type="hidden" name="flow" value="${flow}"><input type="hidden" name="step" value="${step}">
${fields}
<button>${button}</button>
</form>${after}`,
    title,
    titleFocus,
  );
}

function layout(
  language: Language,
  title: string,
  content: Html,
  heading = title,
  focus: Html | false = false,
): string {
  return `<!doctype html>\n${html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/v2/connect.css">
</head>
<body>
<header>${institution.InstitutionName}</header>
<main>
<h1${focus}>${heading}</h1>
<p class="notice">${texts[language].notice}</p>
${content}
</main>
<script src="/v2/connect.js"></script>
</body>
</html>
`}`;
}

/**
 * The fields of a page's form: what they look like, and what was entered.
 *
 * @module
 */
import { choicesAsKeys } from "../../questions.ts";
import type { SandboxQuestion } from "../../types.ts";
import { type Html, html } from "./html.ts";
import type { Texts } from "./texts.ts";

/** A question as it travels. */
export type Question = Pick<SandboxQuestion, "Type" | "Prompt" | "Iterables">;

/** What is wrong with a form. `field` is the id of the input that it is about, if it is about one. */
export interface Problem {
  readonly text: string;
  readonly field?: string;
}

/** What a form was sent with. */
export interface Entered {
  readonly form: URLSearchParams;
  readonly problems: readonly Problem[];
}

interface Input {
  readonly id: string;
  readonly label: string;
  readonly type: "text" | "password";
  readonly autocomplete: string;
}

/** An input with its label. A password is never filled in again. */
export function inputField({ id, label, type, autocomplete }: Input, { form, problems }: Entered): Html {
  const value = type === "text" ? (form.get(id) ?? "") : "";
  const isWrong = problems.some(({ field }) => field === id);
  return html`<div class="field">
<label for="${id}">${label}</label>
<input id="${id}" name="${id}" type="${type}" value="${value}" autocomplete="${autocomplete}" autocapitalize="none"
spellcheck="false" required${isWrong && html` aria-invalid="true" aria-describedby="${id}-error"`}>
${errorOf(id, problems)}</div>`;
}

interface Choices {
  readonly id: string;
  readonly legend: string;
  readonly type: "radio" | "checkbox";
  readonly choices: readonly { readonly value: string; readonly label: string | Html }[];
}

/** A group of choices, by radio buttons or check boxes. The first one has the group's id, for links and the focus. */
export function choiceField({ id, legend, type, choices }: Choices, { form, problems }: Entered): Html {
  const chosen = form.getAll(id);
  const isWrong = problems.some(({ field }) => field === id);
  return html`<fieldset${isWrong && html` aria-describedby="${id}-error"`}>
<legend>${legend}</legend>
${choices.map(({ value, label }, index) => {
  const checked = chosen.includes(value) ? html` checked` : undefined;
  return html`<label class="choice"><input id="${index === 0 ? id : `${id}-${index}`}" name="${id}" type="${type}"
value="${value}"${checked}> ${label}</label>
`;
})}${errorOf(id, problems)}</fieldset>`;
}

function errorOf(id: string, problems: readonly Problem[]): Html | undefined {
  const own = problems.find(({ field }) => field === id);
  return own && html`<p class="error" id="${id}-error">${own.text}</p>`;
}

/** The field or fields of a question. Choices travel as their places in the list: an image is long. */
export function questionField(question: Question, index: number, entered: Entered, texts: Texts): Html {
  const { Type, Prompt, Iterables = [] } = question;
  const id = `q${index}`;
  if (choicesAsKeys(question).length > 0) {
    const labels = labelsOf(question, texts);
    return html`<fieldset><legend>${Prompt}</legend><div class="nested">
${choiceField({ id: `${id}-key`, legend: labels.key, type: "radio", choices: numbered(Iterables) }, entered)}
${
  Type === "TextOrCall"
    ? choiceField({ id, legend: labels.answer, type: "radio", choices: waysOf(texts) }, entered)
    : inputField({ id, label: labels.answer, type: "text", autocomplete: "off" }, entered)
}</div></fieldset>`;
  }
  if (Iterables.length === 0) return inputField({ id, label: Prompt, type: "text", autocomplete: "off" }, entered);
  const choices = Type === "ImageSelection" ? images(Iterables, texts) : numbered(Iterables);
  const type = Type === "MultipleChoice" ? "radio" : "checkbox";
  return choiceField({ id, legend: Prompt, type, choices }, entered);
}

/** What the two fields are called of a question whose choices are keys. */
function labelsOf({ Type }: Question, texts: Texts): { readonly key: string; readonly answer: string } {
  return Type === "TextOrCall"
    ? { key: texts.chosenNumber, answer: texts.how }
    : { key: texts.chosenQuestion, answer: texts.yourAnswer };
}

function numbered(labels: readonly string[]): Choices["choices"] {
  return labels.map((label, index) => ({ value: String(index), label }));
}

function waysOf(texts: Texts): Choices["choices"] {
  return [
    { value: "Text", label: texts.text },
    { value: "Call", label: texts.call },
  ];
}

/** Browsers find out which kind of image it is. Its name is its place: there is none in what travels. */
function images(sources: readonly string[], texts: Texts): Choices["choices"] {
  return sources.map((source, index) => ({
    value: String(index),
    label: html`<img src="data:image/png;base64,${source}" alt=""> ${texts.image} ${index + 1}`,
  }));
}

export function missing(label: string, texts: Texts): string {
  return `${label} – ${texts.needed}`;
}

/** The answers as the API takes them, or what is missing. */
export function readAnswers(
  questions: readonly Question[],
  form: URLSearchParams,
  texts: Texts,
): { readonly responses: Record<string, string[]>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const entries = questions.map((question, index): [string, string[]] => {
    const { Prompt, Iterables = [] } = question;
    const id = `q${index}`;
    const isKeyed = choicesAsKeys(question).length > 0;
    const key = isKeyed ? Iterables[Number(form.get(`${id}-key`) ?? Number.NaN)] : Prompt;
    const isChosen = Iterables.length > 0 && !isKeyed;
    const values = form.getAll(id).map((value) => (isChosen ? Iterables[Number(value)] : value));
    const answers = values.filter((value) => value !== undefined && value !== "") as string[];
    const labels = labelsOf(question, texts);
    if (key === undefined) problems.push({ field: `${id}-key`, text: missing(labels.key, texts) });
    if (answers.length === 0) problems.push({ field: id, text: missing(isKeyed ? labels.answer : Prompt, texts) });
    return [key ?? Prompt, answers];
  });
  return { responses: Object.fromEntries(entries), problems };
}

/** The bank's questions as fields, and the user's entries as answers. */
import type { MfaAnswers, MfaQuestion } from "flinks-client";
import { type Html, html } from "./html.ts";
import type { texts } from "./page.ts";

/** What the user entered, and the places of the questions without an answer. */
export interface Entered {
  readonly entered: URLSearchParams;
  readonly missing: readonly number[];
}

type Texts = (typeof texts)["en"];
const several = ["MultipleChoiceMultipleAnswers", "ImageSelection"];

/** A choice travels as its place in the list, because a picture is long. */
export function readAnswers(questions: readonly MfaQuestion[], entered: URLSearchParams) {
  const answers: [string, string | string[]][] = [];
  const missing: number[] = [];
  for (const [place, { prompt, choices, answerUnder }] of questions.entries()) {
    const chosen = entered.getAll(`choice${place}`).flatMap((choice) => choices[Number(choice)] ?? []);
    const written = entered.get(`text${place}`)?.trim() ?? "";
    const [first] = chosen;
    if (answerUnder === "choice" && first !== undefined && written !== "") answers.push([first, written]);
    else if (answerUnder === "prompt" && choices.length > 0 && first !== undefined) answers.push([prompt, chosen]);
    else if (answerUnder === "prompt" && choices.length === 0 && written !== "") answers.push([prompt, written]);
    else missing.push(place);
  }
  // A prompt can be any text, "__proto__" included, which an assignment would lose.
  return { answers: Object.fromEntries(answers) satisfies MfaAnswers, missing };
}

export function questionField(question: MfaQuestion, place: number, { entered, missing }: Entered, said: Texts): Html {
  const { prompt, type, choices, answerUnder } = question;
  const wrong = missing.includes(place);
  const name = `choice${place}`;
  const error = wrong && html`<p class="error" id="error${place}">${said.required}</p>`;
  const described = wrong && html` aria-invalid="true" aria-describedby="error${place}"`;
  const written = entered.get(`text${place}`) ?? "";
  const isChosen = (choice: number) => entered.getAll(name).includes(`${choice}`);

  if (choices.length === 0) {
    return html`<div class="field"><label for="field${place}">${prompt}</label>${error}
<input id="field${place}" name="text${place}" value="${written}" autocomplete="off"${described}></div>`;
  }
  const kind = several.includes(type) ? "checkbox" : "radio";
  const isPicture = type === "ImageSelection";
  const options = choices.map((choice, index) => {
    const id = html`id="${index === 0 ? `field${place}` : `${name}-${index}`}"`;
    // The bank sends no name for a picture, so its place is its name. Browsers find out which format it has.
    const label = isPicture
      ? html`<img src="data:image/png;base64,${choice}" alt=""><span>${said.picture} ${index + 1}</span>`
      : html`<span>${choice}</span>`;
    const checked = isChosen(index) && html` checked`;
    return html`<label class="choice"><input type="${kind}" ${id} name="${name}" value="${index}"${checked}${wrong && index === 0 && described}>${label}</label>`;
  });
  const hint = several.includes(type) && html`<p class="hint">${said.several}</p>`;
  return html`<fieldset class="field"><legend>${prompt}</legend>${hint}${error}
<div class="${isPicture ? "pictures" : "choices"}">${options}</div>${answerUnder === "choice" && secondStep()}</fieldset>`;

  /** The answer itself: how to be reached, or a text. */
  function secondStep(): Html {
    if (type !== "TextOrCall") {
      return html`<label for="text${place}">${said.answer}</label>
<input id="text${place}" name="text${place}" value="${written}" autocomplete="off">`;
    }
    const ways = ["Text", "Call"] as const;
    return html`<p class="way" id="way${place}">${said.way}</p>
<div class="choices ways" role="radiogroup" aria-labelledby="way${place}">${ways.map((way) => {
      const checked = written === way && html` checked`;
      return html`<label class="choice"><input type="radio" name="text${place}" value="${way}"${checked}><span>${said[way]}</span></label>`;
    })}</div>`;
  }
}

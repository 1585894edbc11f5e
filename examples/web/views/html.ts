/** HTML in which every value is escaped, unless it is HTML itself. */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Value = Html | string | number | false | undefined | readonly Value[];

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => part + toText(values[index])).join(""));
}

function toText(value: Value): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "object") return value instanceof Html ? String(value) : value.map(toText).join("");
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * HTML in which every value is escaped, unless it is HTML itself.
 *
 * @module
 */

/** Text that is HTML already. Only {@link html} makes it. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template can hold: `undefined` and `false` are left out. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

/** A piece of HTML, whose values are escaped. Attributes with values must stand in double quotes: `title="${title}"`. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + toText(values[index])).join(""));
}

function toText(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "object") return value instanceof Html ? String(value) : value.map(toText).join("");
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

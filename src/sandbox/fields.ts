/**
 * Whether a request's body has the form that the document gives it.
 *
 * @module
 */

/** The types of a body's fields: a list stands for its allowed strings. */
export type FieldTypes<Body> = {
  readonly [Field in keyof Body]?: "string" | "boolean" | "object" | "strings" | readonly string[];
};

/** What is wrong with the body's form, if anything is. */
export function malformedField<Body>(body: unknown, types: FieldTypes<Body>): string | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "The body must be a JSON object";
  for (const [name, type] of Object.entries<FieldTypes<Body>[keyof Body]>(types)) {
    const value: unknown = (body as Record<string, unknown>)[name];
    if (value === undefined) continue;
    if (typeof type === "object") {
      if (typeof value !== "string" || !type.includes(value)) return `${name} must be one of ${type.join(", ")}`;
    } else if (type === "strings") {
      if (!isStrings(value)) return `${name} must be an array of strings`;
    } else if (typeof value !== type || value === null) return `${name} must be of type ${type}`;
  }
  return undefined;
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

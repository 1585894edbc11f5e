/** Any body that the document's schemas allow, with nulls and unknown fields anywhere. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

const { schemas } = parse(readFileSync("openapi/flinks.yaml", "utf8")).components as {
  schemas: Readonly<Record<string, Schema>>;
};

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.stringMatching(/^0{0,5}\d{0,12}$/),
  fc.constantFrom("", " ", "null", "0", "2025-01-31", "\ud800", "\u2028", '"\\'),
);

/** Fields that no document has. `__proto__` is one like any other. */
const unknownFields = fc.dictionary(
  fc.oneof(
    fc.string().map((name) => `New${name}`),
    fc.constantFrom("__proto__", "constructor", "toJSON", "length"),
  ),
  fc.jsonValue({ maxDepth: 1 }),
  { maxKeys: 2, noNullPrototype: true },
);

function arbitraryOf({ $ref, type, properties, items, required = [] }: Schema): fc.Arbitrary<unknown> {
  if ($ref !== undefined) return arbitraryOf(schemas[$ref.replace("#/components/schemas/", "")] ?? {});
  switch ([type].flat().find((one) => one !== "null")) {
    case "object":
      return objectOf(properties ?? {}, required);
    case "array":
      return fc.array(orNull(arbitraryOf(items ?? {})), { maxLength: 3 });
    case "string":
      return anyText;
    case "integer":
      return fc.integer();
    case "number":
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 0.1, 1e21, -5105.5));
    case "boolean":
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function orNull(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
}

function objectOf(properties: Readonly<Record<string, Schema>>, required: readonly string[]): fc.Arbitrary<object> {
  const fields = Object.entries(properties).map(([name, schema]): [string, fc.Arbitrary<unknown>] => {
    // Another status would be another meaning, and without the list there is no data.
    if (name === "HttpStatusCode") return [name, fc.constantFrom(200, null)];
    return [name, required.includes(name) ? arbitraryOf(schema) : orNull(arbitraryOf(schema))];
  });
  return fc
    .tuple(fc.record(Object.fromEntries(fields), { requiredKeys: [...required] }), unknownFields)
    .map(([known, unknown]) => Object.fromEntries([...Object.entries(known), ...Object.entries(unknown)]));
}

/** The text of a body, as a server would send it. */
export function payloadOf(schemaName: string): fc.Arbitrary<string> {
  return arbitraryOf({ $ref: `#/components/schemas/${schemaName}` }).map((value) => JSON.stringify(value));
}

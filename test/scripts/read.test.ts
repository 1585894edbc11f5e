/** Documents that no tool may see. In a run of sync, hostile.test.ts serves one of each kind. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { contentOf } from "../../scripts/generate/merge.ts";
import { type Document, edited } from "./pages.ts";

const original = readFileSync("openapi/upstream/authorize.yaml", "utf8");
const read = (text: string) => contentOf({ text, file: "page.md" });
const path = "/v3/{customerId}/BankingServices/Authorize";

const outside = [
  "/etc/hostname",
  "../authorize.yaml#/paths",
  "file:///etc/passwd",
  "http://127.0.0.1:1/canary",
  "https://docs.example/a.yaml#/A",
  "//docs.example/a",
  "a.yaml",
  "#A",
  "#/components/schemas/%",
  "C:\\a.yaml",
];
const places: Record<string, (document: Document, value: string) => unknown> = {
  "$ref of a schema": ({ components }, $ref) => (components.schemas.A = { $ref }),
  "$ref of a field": ({ components }, $ref) => (components.schemas.Login.properties.A = { items: { $ref } }),
  "$ref of a response": ({ paths }, $ref) => (paths[path].post.responses[418] = { $ref }),
  "$ref of a path": ({ paths }, $ref) => (paths["/a"] = { $ref }),
  "$ref of an example": ({ components }, $ref) => (components.examples = { A: { $ref } }),
  "$ref in data": ({ components }, $ref) => (components.schemas.Login.example = { $ref }),
  $dynamicRef: ({ components }, $dynamicRef) => (components.schemas.A = { $dynamicRef }),
  mapping: ({ components }, a) => (components.schemas.A = { discriminator: { propertyName: "a", mapping: { a } } }),
  externalValue: ({ components }, externalValue) => (components.examples = { A: { externalValue } }),
  operationRef: ({ paths }, operationRef) => (paths[path].post.responses[200].links = { a: { operationRef } }),
};

for (const [place, put] of Object.entries(places)) {
  it.each(outside)(`refuses %j as ${place}`, (value) => {
    const text = edited(original, (document) => put(document, value));
    expect(() => read(text)).toThrow(/^page\.md: #\/\S+ refers to ".*nothing outside of the document is read\.$/);
  });
}

it.each(["!!js/function 'a'", "!!binary aGVsbG8=", "!!set { a }", "!!timestamp 2001-01-01", "!include /etc/passwd"])(
  "refuses the tag %j",
  (value) => expect(() => read(`${original}x-a: ${value}\n`)).toThrow(/not plain YAML: Unresolved tag: .* at line \d+/),
);

const bomb = (width: number) =>
  Array.from({ length: 12 }, (_, n) => `  a${n}: &a${n} [${Array(width).fill(n === 0 ? "x" : `*a${n - 1}`)}]`);
const schemas = (content: object) => edited(original, ({ components }) => Object.assign(components.schemas, content));
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const chain = (section: string, next: (n: number) => object) =>
  edited(original, ({ components }) => {
    components[section] = { ...components[section] };
    for (let n = 0; n < 40; n++) components[section][`C${n}`] = next(n + 1);
    components[section].C40 = {};
  });

it.each<[string, string, RegExp]>([
  ["a bomb of aliases", `${original}x-a:\n${bomb(10).join("\n")}\n`, /values that are read/],
  ["a smaller bomb of aliases", `${original}x-a:\n${bomb(4).join("\n")}\n`, /values that are read/],
  ["an alias of itself", `${original}x-a: &a\n  a: *a\n`, /holds itself/],
  ["a reference to itself", schemas({ A: ref("A") }), /refers to itself/],
  ["a circle of references", schemas({ A: ref("B"), B: ref("C"), C: ref("A") }), /refers to itself/],
  ["a schema made of itself", schemas({ A: { allOf: [ref("A"), {}] } }), /holds itself/],
  [
    "a union of itself",
    schemas({ A: { oneOf: [{ type: "string" }, ref("B")] }, B: { anyOf: [ref("A"), {}] } }),
    /holds itself/,
  ],
  [
    "a bomb of schemas that are made of others",
    chain("schemas", (n) => ({ allOf: [ref(`C${n}`), { allOf: [ref(`C${n}`)] }] })),
    /values that are read|holds itself/,
  ],
  [
    "a bomb of references that are not to schemas",
    chain("x-parts", (n) => ({
      properties: { a: { $ref: `#/components/x-parts/C${n}` }, b: { $ref: `#/components/x-parts/C${n}` } },
    })),
    /values that are read|holds itself/,
  ],
  [
    "callbacks that hold themselves",
    edited(original, ({ components, paths }) => {
      const operation = { responses: {}, callbacks: { a: { $ref: "#/components/callbacks/A" } } };
      components.callbacks = { A: { "/a": { post: operation } } };
      paths[path].post.callbacks = { a: { $ref: "#/components/callbacks/A" } };
    }),
    /holds itself/,
  ],
  [
    "four thousand nested schemas",
    `${original}x-a: ${'{"properties":{"a":'.repeat(4000)}{}${"}}".repeat(4000)}\n`,
    /nested too deeply/,
  ],
  [
    "two hundred nested schemas",
    `${original}x-a: ${'{"items":'.repeat(200)}{}${"}".repeat(200)}\n`,
    /nested deeper than 100/,
  ],
  [
    "four thousand schemas",
    schemas(
      Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`S${n}`, { items: ref(`S${(n + 1) % 4000}`) }])),
    ),
    /more than 500 schemas/,
  ],
  ["twenty megabytes of text", `${original}x-a: ${"a".repeat(20_000_000)}\n`, /longer than 2000000 characters/],
  ["two documents", `${original}---\n${original}`, /not plain YAML/],
  ["a key twice", `${original}openapi: 3.0.3\n`, /not plain YAML/],
])("refuses %s", (_, text, reason) => {
  const start = performance.now();
  expect(() => read(text)).toThrow(reason);
  expect(performance.now() - start).toBeLessThan(60_000);
});

it.each(["__proto__", "hasOwnProperty", "constructor", "toString", "a\n::error::", "a\u0000", "a\u2028b"])(
  "refuses the name %j",
  (name) => {
    const names = JSON.stringify(name);
    const text = `${original}x-a: { ${names}: 1 }\n`;
    expect(() => read(text)).toThrow(/#\/x-a has the name "/);
  },
);

it("reads a schema that holds itself in a field", () => {
  const text = schemas({
    A: { type: "object", properties: { Inner: ref("A"), List: { type: "array", items: ref("A") } } },
  });
  expect(read(text)).toHaveProperty("components.schemas.A.properties.Inner", ref("A"));
});

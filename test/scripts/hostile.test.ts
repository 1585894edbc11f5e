/** Documents that would have tools read what they must not, or never end. One run of sync refuses seven of them. */
import { afterAll, beforeEach, expect, it } from "vitest";
import { copyProject } from "../helpers/project.ts";
import { type Answer, type Document, edited, servePages, sources } from "./pages.ts";

const project = await copyProject();
afterAll(() => project.remove());
beforeEach(() => project.restore());

type Case = readonly [hostile: Answer, reason: string | RegExp];
const edit =
  (change: (schemas: Document, operation: Document, origin: string) => unknown) => (text: string, origin: string) =>
    edited(text, ({ components, paths }) => {
      const [item] = Object.values<Document>(paths);
      const [operation] = Object.values<Document>(item);
      change(components.schemas, operation, origin);
    });
const schema = (content: object) => edit((schemas) => Object.assign(schemas, { A: content }));
const added = (yaml: string) => (text: string) => `${text}${yaml}\n`;

const bomb = Array.from({ length: 12 }, (_, n) => `  a${n}: &a${n} [${Array(10).fill(n === 0 ? "x" : `*a${n - 1}`)}]`);
const nested = `${'{"properties":{"a":'.repeat(4000)}{}${"}}".repeat(4000)}`;
const place = "#/components/schemas/A";

const cases: Record<string, readonly Case[]> = {
  "documents that lead out of themselves": [
    [schema({ $ref: "/etc/hostname" }), `${place} refers to "/etc/hostname": nothing outside of the document is read.`],
    [schema({ $ref: "../authorize.yaml#/paths" }), `${place} refers to "../authorize.yaml#/paths": `],
    [schema({ $ref: "#/components/schemas/B" }), `${place} refers to "#/components/schemas/B", which is not there.`],
    [
      schema({ discriminator: { propertyName: "a", mapping: { b: "other.yaml" } } }),
      `${place}/discriminator/mapping refers to "other.yaml": `,
    ],
    [
      edit((schemas, _, origin) => Object.assign(schemas, { A: { $ref: `${origin}/canary#/A` } })),
      `${place} refers to "http://127.0.0.1:`,
    ],
    [
      edit((_, { responses }, origin) => {
        responses["200"].content["application/json"].examples = { a: { externalValue: `${origin}/canary` } };
      }),
      '/responses/200/content/application~1json/examples/a refers to "http://127.0.0.1:',
    ],
    [
      edit((_, { responses }, origin) => {
        responses["200"].links = { a: { operationRef: `${origin}/canary` } };
      }),
      '/responses/200/links/a refers to "http://127.0.0.1:',
    ],
  ],
  "documents without an end": [
    [added(`x-a:\n${bomb.join("\n")}`), /#\/x-a\/a\d\S* is beyond the 200000 values that are read\./],
    [added("x-a: &a\n  a: *a"), "is nested deeper than 100 levels, or holds itself."],
    [
      edit((schemas) => Object.assign(schemas, { A: { $ref: "#/components/schemas/B" }, B: { $ref: place } })),
      `"${place}" refers to itself.`,
    ],
    [
      schema({ allOf: [{ $ref: place }, {}] }),
      /#\/components\/schemas\/A\/allOf\S* is nested deeper than 100 levels, or holds/,
    ],
    [added(`x-a: ${nested}`), /It is nested too deeply at line \d+, column \d+\./],
    [
      edit((schemas) => {
        for (let n = 0; n < 4000; n++)
          schemas[`S${n}`] = { items: { $ref: `#/components/schemas/S${(n + 1) % 4000}` } };
      }),
      "#/components/schemas has more than 500 schemas.",
    ],
    [added(`x-a: ${"a".repeat(20_000_000)}`), "It is longer than 2000000 bytes."],
  ],
  "what is not a document of the page's operation": [
    [
      added("x-a: !!js/function 'a'"),
      /is not plain YAML: Unresolved tag: tag:yaml\.org,2002:js\/function at line \d+, column \d+\./,
    ],
    [
      (text) => text.replace("      properties:", '      properties:\n        "__proto__": {}'),
      /#\/components\/schemas\/\w+\/properties has the name "__proto__"\./,
    ],
    [schema({ properties: { "a\n::error::": {} } }), `${place}/properties has the name "a\\n::error::".`],
    [{ fault: "latin1" }, "It is not UTF-8."],
    [
      (text) => text.replace("openapi: 3.0.3", 'swagger: "2.0"'),
      'is not an OpenAPI 3.0 or 3.1 document: its version is "2.0".',
    ],
    [
      (text) => text.replace(/https:\S+fin\.ag/, "https://pay.example").replaceAll("GetAccountsDetailAsync", "Pay"),
      "It describes another API: it has none of our operations.",
    ],
    [
      (text) => text.replaceAll("GetStatements", "Authorize").replace("responses:", "responses: # Another's"),
      "It has the document of authorize instead.",
    ],
  ],
};

it.each(Object.entries(cases))("refuses %s, says where, and touches nothing", async (_, list) => {
  const answers = sources.map(({ operationId }, index): [string, Answer] => [operationId, (list[index] as Case)[0]]);
  const { args, received } = await servePages(Object.fromEntries(answers));
  const before = await project.read("openapi/flinks.yaml");
  const { code, stdout, stderr } = await project.run("scripts/sync.ts", ...args);
  expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringContaining("have not changed") });
  const lines = stderr.trimEnd().split("\n");
  for (const [index, [, reason]] of list.entries()) expect(lines[index]).toMatch(reason);
  expect(lines).toHaveLength(list.length);
  expect(received).toHaveLength(list.length);
  expect(await project.read("openapi/flinks.yaml")).toBe(before);
});

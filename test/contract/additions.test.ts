/** What a document may add without breaking the contract: everything that the client does not read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { startMock } from "../helpers/prism.ts";
import { testContract } from "./contract.ts";
import { findOperation, isDocumented, readOperations } from "./document.ts";
import { mockContract } from "./mock.ts";

const object = { type: "object", properties: { Id: { type: "string" } } };
const json = (media: object) => ({ description: "New", content: { "application/json": media } });

/** Responses in every form that OpenAPI has for them. */
const responses = {
  201: { $ref: "#/components/responses/Made" },
  204: { description: "Nothing" },
  302: { description: "Elsewhere" },
  "4XX": { description: "Problem", content: { "application/problem+json": { schema: object } } },
  404: json({ schema: object }),
  409: { description: "Conflict" },
  415: { description: "A page", content: { "text/html": { example: "<html></html>" } } },
  422: json({ examples: { "à deux mots": { value: { Id: "1" } }, null: { value: null } } }),
  default: json({}),
  "x-new": "An extension",
};

const additions = {
  "/v3/{customerId}/New/{first-id}": {
    parameters: [
      { name: "customerId", in: "path", required: true, schema: { type: "string" } },
      { name: "first-id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
    ],
    get: { parameters: [{ $ref: "#/components/parameters/Since" }], responses },
    delete: { security: [{ bearer: [] }], responses: { 204: { description: "Gone" } } },
    head: { responses: { 200: { description: "There" } } },
    put: {
      requestBody: {
        required: true,
        content: { "application/json": { schema: { $ref: "#/components/schemas/New" } } },
      },
      responses: { 200: json({ schema: object }) },
    },
    patch: {
      requestBody: { required: true, content: { "application/xml": { schema: object } } },
      responses: { 200: json({ example: { Id: "1" } }) },
    },
    trace: { responses: { 200: { description: "Back" } } },
  },
  "/api/v1/new": { options: { operationId: "constructor", responses: { 200: json({ schema: object }) } } },
};

const components = {
  parameters: {
    Since: { name: "since", in: "query", required: true, schema: { type: "string", format: "date" } },
  },
  responses: { Made: json({ schema: object, examples: { made: { $ref: "#/components/examples/Made" } } }) },
  examples: { Made: { value: { Id: "made" } } },
  securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
  schemas: {
    New: {
      type: "object",
      required: ["Count", "Kinds", "Is", "Part"],
      properties: {
        Count: { type: "integer", minimum: 3 },
        Kinds: { type: "array", items: { enum: ["a", "b"] } },
        Is: { type: "boolean" },
        Part: {
          allOf: [{ oneOf: [{ type: "object", required: ["At"], properties: { At: { default: 1 } } }] }],
        },
      },
    },
  },
};

const document = parse(readFileSync("openapi/flinks.yaml", "utf8"));
for (const item of Object.values<typeof document>(document.paths)) {
  for (const operation of Object.values<typeof document>(item)) {
    if (operation.responses !== undefined) operation.responses = { ...operation.responses, ...responses };
  }
}
Object.assign(document.paths, additions);
for (const [kind, added] of Object.entries(components)) {
  document.components[kind] = { ...document.components[kind], ...added };
}

function writeDocument(): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "flinks-client-additions-"));
  const path = join(folder, "document.yaml");
  writeFileSync(path, stringify(document));
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

// Removed at once, as no hook runs where no test matches a filter.
const file = writeDocument();
const { cases } = await mockContract(file.path);
const operations = readOperations(file.path);
file.remove();

testContract({
  // That `http` cannot call some of them is right, and no reason to show skipped tests.
  cases: cases.filter(({ run }) => run !== undefined),
  async start() {
    // Prism watches its document, so it stays until Prism ends.
    const { path, remove } = writeDocument();
    const { baseUrl, close } = await startMock(path);
    return { baseUrl, close: () => close().finally(remove) };
  },
});

it("has a case for every response of every operation, or says why it is skipped", () => {
  const names = cases.map(({ name }) => name);
  const all = "201 made, 204, 302, 404, 409, 415, 422 à deux mots, 422 null, 4XX, default".split(", ");
  const added = [
    ...all.map((response) => `authorize ${response}`),
    ...all.map((response) => `http GET /v3/{customerId}/New/{first-id} ${response}`),
    "http DELETE /v3/{customerId}/New/{first-id} 204",
    "http HEAD /v3/{customerId}/New/{first-id} 200",
    "http PUT /v3/{customerId}/New/{first-id} 200",
    "http PATCH /v3/{customerId}/New/{first-id} 200",
    "http TRACE /v3/{customerId}/New/{first-id} 200",
    "http OPTIONS /api/v1/new 200",
  ];
  for (const name of added) {
    expect(names.filter((one) => one.replace(/ \(skipped: .+\)$/s, "") === name)).toHaveLength(1);
  }
  const unsent = cases.filter(({ run }) => run === undefined);
  // Until `npm run generate` puts it into the list of operations, http refuses what the document adds.
  expect(unsent.map(({ name }) => name)).toContainEqual(expect.stringMatching(/GET .*New.* \(skipped: http takes/));
});

it("finds an operation, a request that fits it, and by which response a status is documented", () => {
  const get = findOperation(operations, "GET", "/v3/c/New/1");
  const put = findOperation(operations, "PUT", "/v3/c/New/1");
  if (get === undefined || put === undefined) throw new Error("An operation was expected.");
  expect(findOperation(operations, "GET", "/v3/c/New")).toBeUndefined();
  expect(get.request.params).toEqual({
    path: { customerId: "x", "first-id": expect.stringMatching(/^[\da-f-]{36}$/) },
    query: { since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    header: {},
  });
  expect(put.request.body).toEqual({ Count: 3, Kinds: ["a"], Is: true, Part: { At: 1 } });
  expect([200, 201, 404, 418, 500].map((status) => isDocumented(get, status))).toEqual(Array(5).fill(true));
  expect([200, 201, 404, 500].map((status) => isDocumented(put, status))).toEqual([true, false, false, false]);
});

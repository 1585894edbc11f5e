/** What is new and not used by the client, and the same said in another form, goes through green. */
import { stringify } from "yaml";
import { type Document, follows, jsonOf, operationOf, schemaOf } from "./harness.ts";

const object = { type: "object", properties: { Id: { type: "string" } } };
const json = (schema: object) => ({ description: "New", content: { "application/json": { schema } } });
const operation = { responses: { 200: json(object) } };
const path = "/v3/{customerId}/BankingServices/Authorize";

// Something new that the client does not use.
follows([
  {
    name: "a new operation without an operationId",
    edits: { authorize: ({ paths }) => Object.assign(paths, { "/v3/{customerId}/New": { get: operation } }) },
    report: ["**Semver: minor.**", "GET /v3/{customerId}/New", "is new."],
  },
  {
    name: "new operations of another version and method, on two pages",
    edits: {
      authorize: ({ paths }) => Object.assign(paths, { "/api/v9/new": { put: operation } }),
      getStatements: ({ paths }) => Object.assign(paths, { "/v4/other": { delete: operation } }),
    },
    report: ["**Semver: minor.**", "PUT /api/v9/new", "DELETE /v4/other"],
  },
  {
    name: "new statuses, default and 4XX",
    edits: {
      authorize: (document) =>
        Object.assign(operationOf(document).responses, {
          418: json(object),
          default: json(object),
          "4XX": json(object),
        }),
      getAccountsDetail: (document) => Object.assign(operationOf(document).responses, { 409: json(object) }),
    },
    report: ["**Semver: minor.**", "`418`", "`default`"],
  },
  {
    name: "another media type",
    edits: {
      authorize: (document) => (operationOf(document).responses[200].content["text/html"] = { schema: object }),
    },
    report: ["text/html"],
  },
  {
    name: "a new field of a response",
    edits: {
      authorize: (document) => (schemaOf(document, "AuthorizeResponse200").properties.New = { type: "string" }),
    },
    report: ["**Semver: minor.** 0 breaking", "`New`"],
  },
  {
    name: "a field that a session's request may have",
    edits: { authorize: (document) => (schemaOf(document, "AuthorizeRequest").properties.New = { type: "string" }) },
    report: ["**Semver: minor.** 0 breaking", "`New`"],
  },
  {
    name: "a format on a field that always had it",
    edits: {
      getStatements: (document) =>
        Object.assign(schemaOf(document, "Statement").properties.UniqueId, { format: "uuid" }),
    },
    report: ["**Semver: patch.**"],
  },
  {
    name: "examples in other forms",
    edits: {
      authorize(document) {
        const media = jsonOf(document, "200");
        delete media.example;
        media.examples = { one: { value: { RequestId: "r" } }, two: { summary: "None", value: {} } };
      },
    },
    report: ["**Semver: patch.**"],
  },
  {
    name: "a description and a summary",
    edits: { authorize: (document) => Object.assign(operationOf(document), { summary: "New", description: "New" }) },
    report: ["**Semver: patch.**"],
  },
]);

// The same thing said in another form.
const everyNullable = (value: Document): void => {
  if (typeof value !== "object" || value === null) return;
  if (value.nullable === true && typeof value.type === "string") {
    value.type = [value.type, "null"];
    delete value.nullable;
  }
  for (const inner of Object.values(value)) everyNullable(inner);
};

follows([
  {
    name: "OpenAPI 3.0.4",
    edits: { authorize: (document) => Object.assign(document, { openapi: "3.0.4" }) },
    isSame: true,
  },
  {
    name: "OpenAPI 3.1, with null among the types",
    edits: {
      getStatements(document) {
        document.openapi = "3.1.0";
        everyNullable(document);
      },
    },
    isSame: true,
  },
  {
    name: "a response by reference",
    edits: {
      authorize(document) {
        const { responses } = operationOf(document);
        document.components.responses = { Session: responses[200] };
        responses[200] = { $ref: "#/components/responses/Session" };
      },
    },
    isSame: true,
  },
  {
    name: "allOf around one reference",
    edits: {
      authorize(document) {
        const media = jsonOf(document, "200");
        media.schema = { allOf: [media.schema] };
      },
    },
    isSame: true,
  },
  {
    name: "a parameter at the level of the path",
    edits: {
      authorize(document) {
        const operation = operationOf(document);
        const [first, ...others] = operation.parameters;
        document.paths[path].parameters = [first];
        operation.parameters = others;
      },
    },
  },
  { name: "JSON", edits: { authorize: (document) => JSON.stringify(document) }, isSame: true },
  {
    name: "quoted keys, anchors and lines that end in CRLF",
    edits: {
      authorize: (document) => stringify(document, { defaultStringType: "QUOTE_DOUBLE" }).replaceAll("\n", "\r\n"),
    },
    isSame: true,
  },
]);

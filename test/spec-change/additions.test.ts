/** What is new and not used by the client goes through green, and the report lists it. */
import { bodyOf, type Document, everywhere, follows, jsonOf, operationOf, schemaOf } from "./harness.ts";

const object = { type: "object", properties: { Id: { type: "string" } } };
const json = (schema: object) => ({ description: "New", content: { "application/json": { schema } } });
const operation = { responses: { 200: json(object) } };
const authorize = "/v3/{customerId}/BankingServices/Authorize";
const addPath = (path: string, item: object) => (document: Document) => Object.assign(document.paths, { [path]: item });

follows("an operation", [
  {
    name: "without summary and operationId",
    edits: { authorize: addPath("/v3/{customerId}/New", { get: operation }) },
    report: ["**Semver: minor.** 0 breaking", "`GET /v3/{customerId}/New` | is new."],
  },
  {
    name: "of other versions and methods, on three pages",
    edits: {
      authorize: addPath("/api/v9/new", { put: { operationId: "putNew", ...operation } }),
      getStatements: addPath("/v4/other", { delete: operation, trace: operation }),
      getAccountsSummaryAsync: addPath("/", { head: { responses: { 204: { description: "Nothing" } } } }),
    },
    report: ["**Semver: minor.** 0 breaking", "PUT /api/v9/new", "DELETE /v4/other", "TRACE /v4/other", "HEAD /"],
  },
  {
    name: "with another method, at the paths of ours",
    edits: {
      authorize: ({ paths }) => Object.assign(paths[authorize], { get: operation, delete: operation }),
      getAccountsDetail: ({ paths }) => Object.assign(Object.values<Document>(paths)[0], { get: operation }),
    },
    report: ["**Semver: minor.** 0 breaking", `GET ${authorize}`, `DELETE ${authorize}`],
  },
  {
    name: "of the next version, after ours and before ours",
    edits: {
      authorize: addPath(authorize.replace("v3", "v4"), { post: operation }),
      generateAuthorizeToken(document) {
        const next = "/v4/{customerId}/BankingServices/GenerateAuthorizeToken";
        document.paths = { [next]: { post: operation }, ...document.paths };
      },
    },
    report: ["**Semver: minor.** 0 breaking", "POST /v4/{customerId}/BankingServices/Authorize"],
  },
]);

follows("a status", [
  {
    name: "418, default and 4XX, on two pages",
    edits: {
      authorize: (document) =>
        Object.assign(operationOf(document).responses, {
          418: json(object),
          default: json(object),
          "4XX": json(object),
        }),
      getAccountsDetail: (document) => Object.assign(operationOf(document).responses, { 409: json(object) }),
    },
    report: ["**Semver: minor.** 0 breaking", "`418`", "`default`", "`4XX`", "`409`"],
  },
  {
    name: "204 and 304 without content, at every data call",
    edits: everywhere(/^get/, (document) =>
      Object.assign(operationOf(document).responses, { 204: { description: "New" }, 304: { description: "New" } }),
    ),
    report: ["**Semver: minor.** 0 breaking", "`204`", "`304`"],
  },
  {
    name: "default at the token and 2XX at statements, of text",
    edits: {
      generateAuthorizeToken: (document) => (operationOf(document).responses.default = { description: "New" }),
      getStatements: (document) =>
        (operationOf(document).responses["2XX"] = {
          description: "New",
          content: { "text/plain": { schema: { type: "string" } } },
        }),
    },
    report: ["**Semver: minor.** 0 breaking", "`default`", "`2XX`"],
  },
]);

follows("a media type", [
  {
    name: "of a session",
    edits: {
      authorize: (document) => (operationOf(document).responses[200].content["text/html"] = { schema: object }),
    },
    report: ["**Semver: minor.** 0 breaking", "`text/html` | is new."],
  },
  {
    name: "of every response of a data call",
    edits: {
      getAccountsDetail(document) {
        for (const { content } of Object.values<Document>(operationOf(document).responses)) {
          content["application/xml"] = { schema: { type: "string" } };
        }
      },
    },
    report: ["**Semver: minor.** 0 breaking", "`application/xml` | is new."],
  },
  {
    name: "of requests, on two pages",
    edits: {
      authorize: (document) => (bodyOf(document).content["application/x-www-form-urlencoded"] = { schema: object }),
      getStatements: (document) => (bodyOf(document).content["multipart/form-data"] = { schema: object }),
    },
    report: ["**Semver: minor.** 0 breaking", "x-www-form-urlencoded", "multipart/form-data"],
  },
]);

follows("additionalProperties", [
  ...[true, false, {}, { type: "string" }].map((additionalProperties) => ({
    name: `${JSON.stringify(additionalProperties)} of what a session's call returns`,
    edits: {
      authorize(document: Document) {
        for (const name of ["AuthorizeResponse200", "AuthorizeResponse203", "Error", "Login"]) {
          Object.assign(schemaOf(document, name), { additionalProperties });
        }
      },
      ...everywhere(/^(?!authorize$)/, (document) =>
        Object.assign(schemaOf(document, "Error"), { additionalProperties }),
      ),
    },
    report: ["`additionalProperties`", " 0 breaking"],
  })),
  {
    name: "of accounts, on every page that has them",
    edits: everywhere(/^getAccounts/, (document) => (schemaOf(document, "Account").additionalProperties = true)),
    report: ["`additionalProperties`", "**Semver: minor.** 0 breaking"],
  },
]);

follows("a discriminator", [
  {
    name: "of an object",
    edits: {
      authorize: (document) =>
        (schemaOf(document, "AuthorizeResponse200").discriminator = { propertyName: "Institution" }),
    },
    report: [" 0 breaking", "`discriminator`"],
  },
  {
    name: "with a mapping to names, of a new field",
    edits: {
      authorize(document) {
        const { schemas } = document.components;
        Object.assign(schemas, { Cat: structuredClone(object), Dog: structuredClone(object) });
        schemas.Login.properties.Pet = {
          oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
          discriminator: { propertyName: "Id", mapping: { cat: "Cat", dog: "#/components/schemas/Dog" } },
        };
      },
    },
    report: ["**Semver: minor.** 0 breaking", "`Pet`"],
  },
  {
    name: "of statements, on one page",
    edits: {
      getStatements: (document) => (schemaOf(document, "Statement").discriminator = { propertyName: "FileType" }),
    },
    report: [" 0 breaking", "`discriminator`"],
  },
]);

follows("an example", [
  {
    name: "as a list of values, as a value, and as nothing",
    edits: {
      authorize(document) {
        jsonOf(document, "200").examples = {
          one: { value: { RequestId: "r" } },
          two: { summary: "None", value: null },
        };
        jsonOf(document, "400").example = "not an object";
      },
      getStatements: (document) => delete jsonOf(document, "200").example,
    },
    report: ["**Semver: patch.**", "`examples`"],
  },
  {
    name: "by reference, in responses of two pages",
    edits: {
      authorize(document) {
        document.components.examples = { Two: { summary: "Two", value: { RequestId: "two" } } };
        jsonOf(document, "200").examples = { two: { $ref: "#/components/examples/Two" } };
      },
      getAccountsDetail(document) {
        document.components.examples = { Other: { value: {} }, Two: { summary: "Two", value: { RequestId: "two" } } };
        delete jsonOf(document, "200").example;
        jsonOf(document, "200").examples = { other: { $ref: "#/components/examples/Other" } };
      },
    },
    report: ["**Semver: patch.**"],
    bundled: [/^ {2}examples:\n {4}Two:\n {6}summary: Two\n/m, /^ {4}Other:\n/m],
  },
  {
    name: "of requests, parameters, headers and schemas, by reference and as values",
    edits: {
      authorize(document) {
        document.components.examples = { Id: { value: "an id" } };
        const [parameter] = operationOf(document).parameters;
        delete parameter.example;
        parameter.examples = { id: { $ref: "#/components/examples/Id" } };
        bodyOf(document).content["application/json"].examples = { none: { value: {} } };
        schemaOf(document, "Login").example = { Id: 1 };
        operationOf(document).responses[200].headers = { New: { schema: { type: "string" }, example: "new" } };
      },
    },
    report: ["**Semver: minor.** 0 breaking", "`headers` is new."],
  },
  {
    name: "in the form of 3.1",
    edits: {
      getStatements(document) {
        document.openapi = "3.1.1";
        schemaOf(document, "StatementsRequest").properties.RequestId.examples = ["an id", "another"];
        for (const schema of Object.values<Document>(document.components.schemas)) toNullTypes(schema);
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
]);

follows("a field", [
  {
    name: "of responses, on two pages",
    edits: {
      authorize: (document) => (schemaOf(document, "AuthorizeResponse200").properties.New = { type: "string" }),
      getStatements: (document) => (schemaOf(document, "Statement").properties.Pages = { type: "integer" }),
    },
    report: ["**Semver: minor.** 0 breaking", "`New` | is new.", "`Pages` | is new."],
  },
  {
    name: "of a session's request, that may be left out",
    edits: { authorize: (document) => (schemaOf(document, "AuthorizeRequest").properties.New = { type: "string" }) },
    report: ["**Semver: minor.** 0 breaking", "`New` | is new."],
  },
  {
    name: "that is required and has names of keywords, of a response",
    edits: {
      getAccountsSummary(document) {
        const schema = schemaOf(document, "Account");
        Object.assign(schema.properties, { example: { type: "string" }, title: { type: "string" }, required: object });
      },
      ...everywhere(/^getAccounts(?!Summary$)/, (document) =>
        Object.assign(schemaOf(document, "Account").properties, {
          example: { type: "string" },
          title: { type: "string" },
          required: object,
        }),
      ),
    },
    report: ["**Semver: minor.** 0 breaking", "`example` | is new.", "`title` | is new.", "`required` | is new."],
  },
]);

follows("a format or words", [
  {
    name: "on a field that always had it",
    edits: {
      getStatements: (document) =>
        Object.assign(schemaOf(document, "Statement").properties.UniqueId, { format: "uuid" }),
    },
    report: ["**Semver: patch.**", "`format`"],
  },
  {
    name: "on the ids of accounts, on every page that has them",
    edits: everywhere(/^getAccounts/, (document) =>
      Object.assign(schemaOf(document, "Account").properties.Id, { format: "uuid" }),
    ),
    report: ["**Semver: patch.**", "`format`"],
  },
  {
    name: "on parameters and numbers",
    edits: {
      authorize(document) {
        for (const { schema } of operationOf(document).parameters) schema.format = "uuid";
        schemaOf(document, "AuthorizeResponse200").properties.InstitutionId.format = "int32";
      },
    },
    report: ["**Semver: patch.**", "`format`"],
  },
  {
    name: "a description, a summary and tags",
    edits: {
      authorize: (document) =>
        Object.assign(operationOf(document), { summary: "New", description: "New", tags: ["New"] }),
      getStatements: (document) => Object.assign(document.info, { title: "New", description: "*/ New /*" }),
    },
    report: ["**Semver: patch.**"],
  },
]);

const unsaid = /<(?:img|b|script)|@octocat|@flinks|\n## Forged|\n- \[ \] forged|\u202e/;

follows("a name that would write into the report", [
  {
    name: "of fields: HTML, mentions, backticks and pipes",
    edits: {
      authorize(document) {
        for (const name of ["<img src=x>", "@octocat", "`` ` ``**b**", "a | **breaking** | b", "`|<b>@octocat"]) {
          schemaOf(document, "Login").properties[name] = { type: "string", description: "*/ throw 1; /*" };
        }
      },
    },
    report: ["**Semver: minor.** 0 breaking", "`&lt;img src=x>`", "@\u200boctocat", "a \\| **breaking** \\| b`"],
    unsaid,
  },
  {
    name: "of operations and schemas, on two pages",
    edits: {
      authorize: addPath("/v3/` @flinks <script>", { get: { operationId: "a`; throw 1; //", ...operation } }),
      getStatements: ({ paths }) =>
        Object.assign(paths, { "/v3/](https://docs.example) @octocat": { put: operation } }),
    },
    report: ["**Semver: minor.** 0 breaking", "GET /v3/' @\u200bflinks &lt;script>"],
    unsaid,
  },
  {
    name: "of values, types and long texts",
    edits: {
      authorize(document) {
        const { properties } = schemaOf(document, "AuthorizeResponse200");
        properties.Institution.format = "` @octocat\n## Forged \u202e<b>";
        properties["x".repeat(5000)] = { type: "string" };
        operationOf(document).summary = "\n- [ ] forged @octocat";
      },
    },
    report: ["`format` changed from", /x{300} …/],
    unsaid,
  },
]);

function toNullTypes(schema: Document): void {
  if (typeof schema !== "object" || schema === null) return;
  if (schema.nullable === true) schema.type = [schema.type, "null"];
  if (schema.nullable === true) delete schema.nullable;
  for (const inner of Object.values(schema)) toNullTypes(inner);
}

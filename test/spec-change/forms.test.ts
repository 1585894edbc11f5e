/** The same said in another form goes through green, and so does a correction of ours that the vendor adopts. */
import { stringify } from "yaml";
import { bodyOf, type Document, everywhere, follows, jsonOf, operationOf, schemaOf } from "./harness.ts";

const same = { isSame: true };
const path = "/v3/{customerId}/BankingServices/Authorize";
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const every = /./;

function walk(value: Document, change: (node: Document) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) walk(inner, change);
  change(value);
}

function to31(document: Document, change: (node: Document) => void): void {
  document.openapi = "3.1.0";
  walk(document.components.schemas, (node) => {
    if (node.nullable === true) change(node);
  });
}

follows("OpenAPI 3.0.4 or 3.1", [
  {
    name: "3.0.4, everywhere",
    edits: everywhere(every, (document) => Object.assign(document, { openapi: "3.0.4" })),
    ...same,
  },
  {
    name: "3.1.0, with null among the types",
    edits: everywhere(/^get/, (document) =>
      to31(document, (node) => {
        node.type = [node.type, "null"];
        delete node.nullable;
      }),
    ),
    ...same,
  },
  {
    name: "3.1.1, with null as one of anyOf or oneOf",
    edits: {
      getStatements: (document) =>
        to31(document, (node) => {
          node[node.type === "string" ? "anyOf" : "oneOf"] = [{ type: node.type }, { type: "null" }];
          delete node.type;
          delete node.nullable;
        }),
      generateAuthorizeToken(document) {
        document.openapi = "3.1.1";
        document.jsonSchemaDialect = "https://spec.openapis.org/oas/3.1/dialect/base";
        document.webhooks = {};
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "3.1.0, with keywords of JSON Schema",
    edits: {
      authorize(document) {
        document.openapi = "3.1.0";
        document.components.schemas.Link.properties.example.type = ["string", "null"];
        delete document.components.schemas.Link.properties.example.nullable;
        document.components.schemas.Login.properties.Type.type = ["null", "string"];
        delete document.components.schemas.Login.properties.Type.nullable;
        Object.assign(document.components.schemas.Error, { $comment: "c", $id: "https://docs.flinks.com/Error" });
      },
      getStatements(document) {
        to31(document, (node) => {
          node.type = [node.type, "null"];
          delete node.nullable;
        });
        schemaOf(document, "Statement").properties.Base64Bytes.contentEncoding = "base64";
      },
    },
    ...same,
  },
]);

follows("a reference to components", [
  {
    name: "of a response",
    edits: {
      authorize(document) {
        const { responses } = operationOf(document);
        document.components.responses = { Session: responses[200], Refused: responses[401] };
        responses[200] = { $ref: "#/components/responses/Session" };
        responses[401] = { $ref: "#/components/responses/Refused" };
      },
    },
    ...same,
  },
  {
    name: "of one response for two statuses, on every page",
    edits: everywhere(/^get/, (document) => {
      const { responses } = operationOf(document);
      document.components.responses = { Throttled: responses[429], Failed: responses["5XX"] };
      responses[429] = { $ref: "#/components/responses/Throttled" };
      responses["5XX"] = { $ref: "#/components/responses/Failed" };
    }),
    ...same,
  },
  {
    name: "of parameters, a body and headers",
    edits: {
      getStatements(document) {
        const operation = operationOf(document);
        const [customer, key] = operation.parameters;
        Object.assign(document.components, {
          parameters: { Customer: customer, Key: { $ref: "#/components/parameters/OtherKey" }, OtherKey: key },
          requestBodies: { Statements: operation.requestBody },
        });
        operation.parameters = [{ $ref: "#/components/parameters/Customer" }, { $ref: "#/components/parameters/Key" }];
        operation.requestBody = { $ref: "#/components/requestBodies/Statements" };
      },
    },
    ...same,
  },
  {
    name: "of a response that corrections change in one of two statuses",
    edits: {
      authorize(document) {
        const { responses } = operationOf(document);
        delete responses[400].content["application/json"].example;
        delete responses[401].content["application/json"].examples;
        document.components.responses = { Refused: { ...responses[400], description: "Refused" } };
        responses[400] = { $ref: "#/components/responses/Refused" };
        responses[401] = { $ref: "#/components/responses/Refused" };
      },
    },
    ...same,
  },
]);

follows("an alias of a schema", [
  {
    name: "of a challenge, which corrections change",
    edits: {
      authorize({ components: { schemas } }) {
        schemas.Challenge = schemas.AuthorizeResponse203;
        schemas.AuthorizeResponse203 = ref("Challenge");
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "of failures, on every page",
    edits: everywhere(every, ({ components: { schemas } }) => {
      schemas.Failure = schemas.Error;
      schemas.Error = ref("Failure");
    }),
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "of an alias, of statements",
    edits: {
      getStatements({ components: { schemas } }) {
        schemas.One = ref("Two");
        schemas.Two = schemas.Statements;
        schemas.Statements = ref("One");
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "of fields: a list and an id",
    edits: {
      authorize({ components: { schemas } }) {
        const { properties } = schemas.AuthorizeResponse203;
        schemas.Challenges = properties.SecurityChallenges;
        properties.SecurityChallenges = ref("Challenges");
        schemas.Guid = { type: "string", format: "uuid" };
        properties.RequestId = ref("Guid");
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
]);

follows("allOf around one reference", [
  {
    name: "of a response",
    edits: {
      authorize(document) {
        for (const status of ["200", "203"]) {
          const media = jsonOf(document, status);
          media.schema = { allOf: [media.schema] };
        }
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "of a request and fields",
    edits: {
      getAccountsDetail(document) {
        const media = bodyOf(document).content["application/json"];
        media.schema = { allOf: [media.schema] };
      },
      ...everywhere(/^get(?:Accounts(?!Detail$)|Statements)/, ({ components: { schemas } }) => {
        const owner = schemas.AccountsSummary ?? schemas.Statements ?? schemas.AccountsDetail;
        owner.properties.Login = { allOf: [owner.properties.Login] };
      }),
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "of a schema as a whole, which corrections change",
    edits: {
      authorize({ components: { schemas } }) {
        schemas.Session = schemas.AuthorizeResponse200;
        schemas.AuthorizeResponse200 = { allOf: [ref("Session")] };
        schemas.LoginOfUser = schemas.Login;
        schemas.Login = { allOf: [ref("LoginOfUser")] };
      },
    },
    report: [/Semver: (?:none|patch)\./],
  },
]);

follows("a parameter at the level of the path", [
  {
    name: "the first one",
    edits: {
      authorize(document) {
        const operation = operationOf(document);
        const [first, ...others] = operation.parameters;
        document.paths[path].parameters = [first];
        operation.parameters = others;
      },
    },
    ...same,
  },
  {
    name: "all of them, on every page",
    edits: everywhere(every, (document) => {
      const operation = operationOf(document);
      const [item] = Object.values<Document>(document.paths);
      item.parameters = operation.parameters;
      delete operation.parameters;
    }),
    ...same,
  },
  {
    name: "by reference, and one that the operation has itself",
    edits: {
      getAccountsSummary(document) {
        const operation = operationOf(document);
        const [item] = Object.values<Document>(document.paths);
        document.components.parameters = { Customer: operation.parameters[0] };
        item.parameters = [
          { $ref: "#/components/parameters/Customer" },
          { in: "header", name: "x-api-key", schema: { type: "integer" } },
        ];
        operation.parameters = [operation.parameters[1]];
      },
    },
    ...same,
  },
]);

follows("a text", [
  { name: "of JSON, on every page", edits: everywhere(every, (document) => JSON.stringify(document)), ...same },
  {
    name: "with quoted keys and lines that end in CRLF, on every page",
    edits: everywhere(every, (document) =>
      stringify(document, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_SINGLE" }).replaceAll(
        "\n",
        "\r\n",
      ),
    ),
    ...same,
  },
  {
    name: "with anchors and merge keys",
    edits: {
      // What stands twice gets an anchor.
      getStatements(document) {
        const { responses } = operationOf(document);
        responses[429] = responses[401];
        return stringify(document);
      },
      getAccountsDetail: (document) =>
        stringify(document)
          .replace("WithKYC:\n", "WithKYC: &flag\n")
          .replace(/WithBalance:\n.*type: boolean\n/, "WithBalance:\n          <<: *flag\n"),
    },
    report: [/Semver: (?:none|patch)\./],
  },
  {
    name: "in flow style, with a directive and comments",
    edits: {
      authorize: (document) => `%YAML 1.2\n---\n# A comment\n${stringify(document, { collectionStyle: "flow" })}`,
      getStatements: (document) => stringify(document, { indent: 4, lineWidth: 40, defaultStringType: "QUOTE_SINGLE" }),
    },
    ...same,
  },
]);

follows("a trailing slash", [
  {
    name: "of the server",
    edits: everywhere(every, (document) => {
      document.servers[0].url += "/";
    }),
    ...same,
  },
  {
    name: "of the path of a session",
    edits: { authorize: (document) => Object.assign(document, { paths: { [`${path}/`]: document.paths[path] } }) },
    ...same,
  },
  {
    name: "of every path of data calls",
    edits: everywhere(/^get/, (document) => {
      const [[old, item]] = Object.entries(document.paths) as [[string, Document]];
      document.paths = { [`${old}/`]: item };
    }),
    ...same,
  },
]);

const canGo = "Corrections that can go";

follows("the vendor adopts", [
  {
    name: "requirements, in our form",
    edits: {
      authorize(document) {
        schemaOf(document, "AuthorizeResponse200").required = ["RequestId"];
        schemaOf(document, "AuthorizeResponse203").required = ["SecurityChallenges", "RequestId"];
      },
    },
    report: [canGo, "- `SESSION-REQUIRED`", "- `CHALLENGE-REQUIRED`"],
  },
  {
    name: "formats that are dropped",
    edits: {
      authorize(document) {
        delete schemaOf(document, "Login").properties.Id.format;
        delete schemaOf(document, "Login").properties.LastRefresh.format;
        delete schemaOf(document, "AuthorizeResponse200").properties.RequestId.format;
      },
    },
    report: [canGo, "- `LOGIN-ID-FORMAT`", "- `LAST-REFRESH-FORMAT`", "- `SESSION-ID-FORMAT`"],
  },
  {
    name: "a 202, by reference and with its own schema and words",
    edits: {
      authorize(document) {
        const { components } = document;
        components.schemas.Accepted = {
          allOf: [
            ref("Error"),
            {
              type: "object",
              properties: {
                RequestId: { type: "string", format: "uuid" },
                Links: { type: "array", items: ref("Link") },
              },
            },
          ],
          required: ["RequestId"],
        };
        const content = { "application/json": { schema: ref("Accepted") } };
        components.responses = { Accepted: { description: "Wait", content } };
        operationOf(document).responses[202] = { $ref: "#/components/responses/Accepted" };
      },
    },
    report: [canGo, "- `PENDING`", "- `PENDING-SCHEMA`"],
  },
  {
    name: "the parameters that are dropped, and fields of a challenge as aliases",
    edits: {
      authorize(document) {
        const operation = operationOf(document);
        operation.parameters = operation.parameters.filter(
          ({ name }: Document) => !/^(?:Content-Type|Accept)$/.test(name),
        );
        const { schemas } = document.components;
        schemas.Name = { type: "string", description: "A name" };
        schemas.Number = { type: "integer" };
        Object.assign(schemas.AuthorizeResponse203.properties, {
          InstitutionName: ref("Name"),
          InstitutionId: ref("Number"),
        });
      },
    },
    report: [canGo, "- `IGNORED-HEADER-PARAMETERS`", "- `CHALLENGE-INSTITUTION`"],
  },
  {
    name: "failures that were not documented, as one response",
    edits: {
      authorize(document) {
        const content = { "application/json": { schema: ref("Error") } };
        document.components.responses = { Failed: { description: "Failed", content } };
        for (const status of ["405", "429", "5XX"]) {
          operationOf(document).responses[status] = { $ref: "#/components/responses/Failed" };
        }
      },
    },
    report: [canGo, "- `UNDOCUMENTED-FAILURES`"],
  },
  {
    name: "words alone",
    edits: {
      authorize: (document) =>
        Object.assign(schemaOf(document, "AuthorizeResponse200").properties.Login, {
          description: "The login that the session belongs to. Absent after an MFA answer.",
        }),
    },
    report: [canGo, "- `LOGIN-ABSENT`"],
  },
]);

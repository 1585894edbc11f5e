/** What breaks somebody turns red, says where, and is rated by what it does to users' code. */
import { type Document, everywhere, follows, jsonOf, operationOf, rename, schemaOf } from "./harness.ts";

const path = "/v3/{customerId}/BankingServices/Authorize";
const wire = /wrappers\/wire\.ts/;
const api = /http\/api\.ts/;
const red = { types: wire };

/** Renames a field of a schema, on every page that has the schema. */
const renamed = (schema: string, from: string, to: string) => (document: Document) => {
  const { required, properties } = schemaOf(document, schema);
  rename(properties, from, to);
  if (required?.includes(from)) required.splice(required.indexOf(from), 1, to);
};
const withoutExamples = (edit: (document: Document) => unknown) => (document: Document) => {
  for (const { content } of Object.values<Document>(operationOf(document).responses)) {
    delete content["application/json"].example;
    delete content["application/json"].examples;
  }
  edit(document);
};

follows("a field is renamed", [
  {
    name: "RequestId of a challenge, and nowhere else",
    edits: { authorize: renamed("AuthorizeResponse203", "RequestId", "RequestID") },
    report: ["**Semver: major.**", "`RequestId`", "`RequestID`"],
    red,
  },
  {
    name: "RequestId of a session, without an example",
    edits: { authorize: withoutExamples(renamed("AuthorizeResponse200", "RequestId", "SessionId")) },
    report: ["`RequestId`", "`SessionId`"],
    red: { generate: /RequestId/ },
  },
  {
    name: "the list of questions",
    edits: { authorize: renamed("AuthorizeResponse203", "SecurityChallenges", "Questions") },
    report: ["`SecurityChallenges`", "`Questions`"],
    red: { generate: /SecurityChallenges/ },
  },
  {
    name: "the token",
    edits: { generateAuthorizeToken: renamed("GenerateAuthorizeTokenResponse200", "Token", "AuthorizeToken") },
    report: ["**Semver: major.**", "`Token`", "`AuthorizeToken`"],
    red,
  },
  {
    name: "the accounts, on both pages of the detail, without an example",
    edits: everywhere(/^getAccountsDetail/, withoutExamples(renamed("AccountsDetail", "Accounts", "AccountList"))),
    report: ["**Semver: major.**", "`Accounts`", "`AccountList`"],
    red,
  },
  {
    name: "the accounts of the summary, on both of its pages",
    edits: everywhere(/^getAccountsSummary/, renamed("AccountsSummary", "Accounts", "Items")),
    report: ["`Accounts`", "`Items`"],
    red,
  },
  {
    name: "the statements, and their RequestId",
    edits: {
      getStatements(document) {
        renamed("Statements", "StatementsByAccount", "Files")(document);
        renamed("Statements", "RequestId", "Id")(document);
      },
    },
    report: ["`StatementsByAccount`", "`Files`", "`RequestId`", "`Id`"],
    red,
  },
  {
    name: "the code of failures, on every page",
    edits: everywhere(/./, renamed("Error", "FlinksCode", "Code")),
    report: ["`FlinksCode`", "`Code`"],
    red,
  },
  {
    name: "fields of requests: the login, and the session of a data call",
    edits: {
      authorize: renamed("AuthorizeRequest", "LoginId", "LoginID"),
      getStatements: renamed("StatementsRequest", "RequestId", "SessionId"),
    },
    report: ["**Semver: major.**", "`LoginId`", "`LoginID`", "`SessionId`"],
    red,
  },
]);

follows("a field of failures of data calls is renamed", [
  ...(["400", "401", "5XX"] as const).map((status) => ({
    name: `in ${status}, with a schema of its own`,
    edits: everywhere(/^get/, (document) => {
      document.components.schemas.DataFailure = { type: "object", properties: { Code: { type: "string" } } };
      jsonOf(document, status).schema = { $ref: "#/components/schemas/DataFailure" };
      delete jsonOf(document, status).example;
    }),
    report: ["`FlinksCode` | was removed.", "`Code` | is new."],
    red,
  })),
  {
    name: "in 202",
    edits: everywhere(/^get/, renamed("PendingOperation", "FlinksCode", "Code")),
    report: ["`FlinksCode` | was removed.", "`Code` | is new."],
    red,
  },
]);

follows("a field is removed", [
  {
    name: "the code of failures",
    edits: { authorize: (document) => delete schemaOf(document, "Error").properties.FlinksCode },
    report: ["`FlinksCode` | was removed."],
    red,
  },
  {
    name: "the status of what data calls return",
    edits: everywhere(/^getAccounts/, ({ components: { schemas } }) => {
      delete (schemas.AccountsSummary ?? schemas.AccountsDetail).properties.HttpStatusCode;
    }),
    report: ["`HttpStatusCode` | was removed."],
    red,
  },
  {
    name: "the transactions of an account",
    edits: everywhere(/^getAccounts/, (document) => delete schemaOf(document, "Account").properties.Transactions),
    report: ["`Transactions` | was removed."],
    red,
  },
]);

const typed = (schema: string, field: string, type: object) => (document: Document) => {
  schemaOf(document, schema).properties[field] = type;
};

follows("a type changes", [
  {
    name: "RequestId becomes a number",
    edits: { authorize: typed("AuthorizeResponse200", "RequestId", { type: "integer" }) },
    report: ["**Semver: major.**", '`type` changed from `"string"` to `"integer"`.'],
    red,
  },
  {
    name: "the token becomes an object",
    edits: {
      generateAuthorizeToken: typed("GenerateAuthorizeTokenResponse200", "Token", {
        type: "object",
        properties: { Value: { type: "string" } },
      }),
    },
    report: ["**Semver: major.**", '`type` changed from `"string"` to `"object"`.'],
    red,
  },
  {
    name: "the accounts become an object, at one data call",
    edits: everywhere(/^getAccountsDetail/, typed("AccountsDetail", "Accounts", { type: "object" })),
    report: ["**Semver: major.**", '`type` changed from `"array"` to `"object"`.'],
    red,
  },
  {
    name: "the statements' RequestId becomes one of two types",
    edits: { getStatements: typed("Statements", "RequestId", { oneOf: [{ type: "string" }, { type: "integer" }] }) },
    report: ["**Semver: major.**"],
    red,
  },
  {
    name: "the status becomes a text, everywhere in failures",
    edits: everywhere(/./, typed("Error", "HttpStatusCode", { type: "string" })),
    report: ["**Semver: major.**", '`type` changed from `"integer"` to `"string"`.'],
    red,
  },
  {
    name: "an integer becomes a number, which is the same to users",
    edits: { authorize: typed("AuthorizeResponse200", "InstitutionId", { type: "number" }) },
    report: ["**Semver: patch.**"],
  },
]);

const moved = (from: string, to: string) => (document: Document) => {
  const [old = ""] = Object.keys(document.paths);
  rename(document.paths, old, old.replace(from, to));
};

follows("a path moves", [
  {
    name: "of a session",
    edits: { authorize: moved("v3", "v4") },
    report: [
      "The client cannot follow by itself",
      `\`path\` changed from \`"${path}"\` to \`"${path.replace("v3", "v4")}"\`.`,
    ],
    red: { generate: /PENDING/ },
  },
  {
    name: "of a data call",
    edits: { getStatements: moved("v3", "v4") },
    report: ["**Semver: major.**", "`getStatements` | `path` changed from", "/v3/", "/v4/"],
    red: { types: api },
  },
  {
    name: "of the token, under another name",
    edits: { generateAuthorizeToken: moved("GenerateAuthorizeToken", "Tokens") },
    report: ["**Semver: major.**", "BankingServices/GenerateAuthorizeToken", "BankingServices/Tokens"],
    red: { types: /./ },
  },
  {
    name: "of every data call, and its parameter is renamed",
    edits: everywhere(/^get/, moved("{customerId}", "{customer}")),
    red: { types: api },
  },
  {
    name: "to another method",
    edits: everywhere(/^getStatements$/, (document) => {
      for (const item of Object.values<object>(document.paths)) rename(item, "post", "put");
    }),
    report: ["**Semver: major.**", '`method` changed from `"post"` to `"put"`.'],
    red: { types: api },
  },
  {
    name: "to another server",
    edits: everywhere(/./, (document) => {
      document.servers[0].url = "https://{instance}.flinks.example";
    }),
    red: { generate: /one server is expected/ },
  },
]);

follows("a status is renumbered", [
  {
    name: "of a challenge",
    edits: { authorize: (document) => rename(operationOf(document).responses, "203", "206") },
    report: ["`203`", "`206`"],
    red: { generate: /203/ },
  },
  {
    name: "of a token",
    edits: { generateAuthorizeToken: (document) => rename(operationOf(document).responses, "200", "201") },
    report: ["`200` | was removed.", "`201` | is new."],
    red,
  },
  {
    name: "of the data, at two calls",
    edits: everywhere(/^get(?:Statements|AccountsDetail)$/, (document) =>
      rename(operationOf(document).responses, "200", "201"),
    ),
    report: ["`200` | was removed.", "`201` | is new."],
    red: { types: /./ },
  },
  {
    name: "of a pending operation",
    edits: everywhere(/^get/, (document) => rename(operationOf(document).responses, "202", "102")),
    report: ["`202` | was removed.", "`102` | is new."],
    red: { types: /./ },
  },
  {
    name: "of a refusal",
    edits: { authorize: (document) => rename(operationOf(document).responses, "400", "422") },
    report: ["`400`", "`422`"],
    red: { generate: /400/ },
  },
]);

const rated = /major/;
follows("nullability and requirement", [
  {
    name: "null beside allOf, of a field that is read",
    edits: {
      authorize: (document) =>
        Object.assign(schemaOf(document, "AuthorizeResponse200").properties.Login, { nullable: true }),
    },
    report: ["**Semver: major.**", "`Login` | may be `null` now."],
  },
  {
    name: "null of a list, and no longer of an id",
    edits: {
      getStatements(document) {
        Object.assign(schemaOf(document, "Statements").properties.StatementsByAccount, { nullable: true });
        delete schemaOf(document, "Statement").properties.UniqueId.nullable;
      },
    },
    report: ["**breaking** | `getStatements`", "may be `null` now.", "not breaking", "is never `null` now."],
  },
  {
    name: "null beside a reference in allOf, on two pages",
    edits: everywhere(/^getAccountsDetail/, (document) => {
      schemaOf(document, "AccountsDetail").properties.Login = {
        allOf: [{ $ref: "#/components/schemas/DataLogin" }],
        nullable: true,
      };
    }),
    report: ["**Semver: major.**", "`Login` | may be `null` now."],
  },
  {
    name: "a requirement without a type beside it, of a response",
    edits: {
      authorize(document) {
        const media = jsonOf(document, "200");
        media.schema = { allOf: [media.schema, { required: ["Institution"] }] };
      },
      getStatements: (document) => delete schemaOf(document, "Statements").required,
    },
    report: [rated, "`Institution` | is required now.", "`StatementsByAccount` | may be absent now."],
  },
  {
    name: "a field of a data request is required now",
    edits: { getStatements: (document) => schemaOf(document, "StatementsRequest").required.push("NumberOfStatements") },
    report: ["**Semver: major.**", "is required now."],
  },
  {
    name: "a parameter is required now, at every data call",
    edits: everywhere(/^get/, (document) => {
      operationOf(document).parameters.find(({ name }: Document) => name === "x-api-key").required = true;
    }),
    report: ["**Semver: major.**", "`required` changed from `false` to `true`."],
    red: { types: api },
  },
  {
    name: "the header of the token is renamed",
    edits: {
      authorize(document) {
        for (const parameter of operationOf(document).parameters) {
          if (parameter.name === "flinks-auth-key") parameter.name = "x-flinks-key";
        }
      },
    },
    report: ["**Semver: major.**", "flinks-auth-key", "x-flinks-key"],
    red: { types: api },
  },
]);

follows("a request widens", [
  {
    name: "by a field of a data call",
    edits: { getStatements: typed("StatementsRequest", "New", { type: "boolean" }) },
    report: ["**Semver: minor.**", "`New` | is new."],
    red: { types: /accounts\/accounts\.ts/ },
  },
  {
    name: "by a value of a field",
    edits: {
      getAccountsDetail: (document) =>
        schemaOf(document, "AccountsDetailRequest").properties.DaysOfTransactions.enum.push("Days30"),
    },
    report: ["**Semver: minor.**", "Days30"],
    red: { types: /wire\.ts/ },
  },
  {
    name: "by any text where there were values",
    edits: {
      getStatements: (document) => delete schemaOf(document, "StatementsRequest").properties.NumberOfStatements.enum,
    },
    report: ["**Semver: minor.**", "`enum`"],
    red,
  },
  {
    name: "by null of a flag, and by another type of another",
    edits: {
      getAccountsSummary: typed("AccountsSummaryRequest", "WithBalance", { type: "boolean", nullable: true }),
      getAccountsDetail: typed("AccountsDetailRequest", "WithKYC", {
        oneOf: [{ type: "boolean" }, { type: "string" }],
      }),
    },
    report: ["may be `null` now."],
    red: { types: /wire\.ts[\s\S]*wire\.ts/ },
  },
  {
    name: "by a number where a session's request has a text",
    edits: { authorize: typed("AuthorizeRequest", "Tag", { oneOf: [{ type: "string" }, { type: "number" }] }) },
    report: ["`Tag`"],
    red,
  },
]);

follows("several pages", [
  {
    name: "define Login differently",
    edits: { getStatements: typed("DataLogin", "New", { type: "string" }) },
    red: { generate: /DataLogin[\s\S]*openapi\/interim\/[\s\S]*openapi\/interim\// },
  },
  {
    name: "define Account differently: a type, and a requirement",
    edits: {
      getAccountsDetail: typed("Account", "Title", { type: "integer" }),
      getAccountsSummary: (document) => Object.assign(schemaOf(document, "Account"), { required: ["Id"] }),
    },
    red: { generate: /schemas\/Account, / },
  },
  {
    name: "have a field that is renamed on one of them",
    edits: { getAccountsDetail: renamed("AccountsDetail", "Accounts", "AccountList") },
    red: { generate: /AccountsDetail/ },
  },
  {
    name: "have responses of one name that differ",
    edits: {
      getAccountsDetail: ({ components }) => (components.responses = { Bad: { description: "Bad" } }),
      getStatements(document) {
        const content = { "application/json": { schema: { type: "string" } } };
        document.components.responses = { Bad: { description: "Bad", content } };
      },
    },
    red: { generate: /responses\/Bad, / },
  },
  {
    name: "have a new operation and a renamed field",
    edits: {
      authorize: ({ paths }) => Object.assign(paths, { "/v3/new": { get: { responses: {} } } }),
      generateAuthorizeToken: renamed("GenerateAuthorizeTokenResponse200", "Token", "Key"),
    },
    report: ["`Token`", "`Key`", "GET /v3/new"],
    red,
  },
]);

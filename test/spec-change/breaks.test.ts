/** What breaks somebody turns red, says where, and is rated by what it does to users' code. */
import { follows, jsonOf, operationOf, rename, schemaOf } from "./harness.ts";

const path = "/v3/{customerId}/BankingServices/Authorize";
const wire = /wrappers\/wire\.ts/;

// A field that the client reads, renamed, removed or of another type; a path moved; a status renumbered.
follows([
  {
    name: "RequestId of a challenge is renamed, and nowhere else",
    edits: {
      authorize: (document) => rename(schemaOf(document, "AuthorizeResponse203").properties, "RequestId", "RequestID"),
    },
    report: ["**Semver: major.**", "`RequestId`", "`RequestID`"],
    red: { types: wire },
  },
  {
    name: "the list of questions is renamed",
    edits: {
      authorize: (document) =>
        rename(schemaOf(document, "AuthorizeResponse203").properties, "SecurityChallenges", "Questions"),
    },
    report: ["`SecurityChallenges`", "`Questions`"],
    red: { generate: /SecurityChallenges/ },
  },
  {
    name: "the token is renamed",
    edits: {
      generateAuthorizeToken(document) {
        const schema = schemaOf(document, "GenerateAuthorizeTokenResponse200");
        rename(schema.properties, "Token", "AuthorizeToken");
        schema.required = ["AuthorizeToken"];
      },
    },
    report: ["**Semver: major.**", "`Token`", "`AuthorizeToken`"],
    red: { types: wire },
  },
  {
    name: "the accounts are renamed on both pages of the detail",
    edits: Object.fromEntries(
      ["getAccountsDetail", "getAccountsDetailAsync"].map((name) => [
        name,
        (document) => {
          const schema = schemaOf(document, "AccountsDetail");
          rename(schema.properties, "Accounts", "AccountList");
          schema.required = ["AccountList"];
        },
      ]),
    ),
    report: ["`Accounts`", "`AccountList`"],
    red: { types: wire },
  },
  {
    name: "FlinksCode is removed from failures",
    edits: { authorize: (document) => delete schemaOf(document, "Error").properties.FlinksCode },
    report: ["`FlinksCode`"],
    red: { types: wire },
  },
  {
    name: "RequestId becomes a number",
    edits: {
      authorize: (document) => (schemaOf(document, "AuthorizeResponse200").properties.RequestId = { type: "integer" }),
    },
    report: ["**Semver: major.**"],
    red: { types: wire },
  },
  {
    name: "the path moves",
    edits: { authorize: (document) => rename(document.paths, path, path.replace("v3", "v4")) },
    report: ["The client cannot follow by itself", "/v3/", "/v4/"],
    red: { generate: /PENDING/ },
  },
  {
    name: "the path of a data call moves",
    edits: {
      getStatements: (document) => {
        const [from = ""] = Object.keys(document.paths);
        rename(document.paths, from, from.replace("v3", "v4"));
      },
    },
    report: ["**Semver: major.**", "`path`", "/v3/", "/v4/"],
    red: { types: /http\/api\.ts/ },
  },
  {
    name: "the status of a challenge is renumbered",
    edits: { authorize: (document) => rename(operationOf(document).responses, "203", "206") },
    report: ["`203`"],
    red: { generate: /203/ },
  },
  {
    name: "a data call becomes a PUT",
    edits: {
      getStatements: (document) => {
        for (const item of Object.values<object>(document.paths)) rename(item, "post", "put");
      },
    },
    report: ["**Semver: major.**"],
    red: { types: /http\/api\.ts/ },
  },
  {
    name: "the header of the token is renamed",
    edits: {
      authorize: (document) => {
        for (const parameter of operationOf(document).parameters) {
          if (parameter.name === "flinks-auth-key") parameter.name = "x-flinks-key";
        }
      },
    },
    report: ["**Semver: major.**", "x-flinks-key"],
    red: { types: /http\/api\.ts/ },
  },
]);

// Requirements, and requests that widen while run-time checks do not.
follows([
  {
    name: "a data call takes another field",
    edits: {
      getStatements: (document) => (schemaOf(document, "StatementsRequest").properties.New = { type: "boolean" }),
    },
    report: ["**Semver: minor.**", "`New`"],
    red: { types: /accounts\/accounts\.ts/ },
  },
  {
    name: "a field of a request takes another value",
    edits: {
      getAccountsDetail: (document) =>
        schemaOf(document, "AccountsDetailRequest").properties.DaysOfTransactions.enum.push("Days30"),
    },
    report: ["**Semver: minor.**", "Days30"],
    red: { types: /accounts\/accounts\.ts/ },
  },
  {
    name: "a field of a data request is required now",
    edits: { getStatements: (document) => schemaOf(document, "StatementsRequest").required.push("NumberOfStatements") },
    report: ["**Semver: major.**", "is required now."],
  },
  {
    name: "a field of a response may be null now",
    edits: {
      getStatements: (document) => (schemaOf(document, "Statements").properties.StatementsByAccount.nullable = true),
    },
    report: ["**Semver: major.**", "may be `null` now."],
  },
]);

// Several pages at once.
follows([
  {
    name: "two pages define Login differently",
    edits: { getStatements: (document) => (schemaOf(document, "DataLogin").properties.New = { type: "string" }) },
    red: { generate: /DataLogin[\s\S]*openapi\/interim\/[\s\S]*openapi\/interim\// },
  },
  {
    name: "a field is renamed on one page and not on the other",
    edits: {
      getAccountsDetail: (document) =>
        rename(schemaOf(document, "AccountsDetail").properties, "Accounts", "AccountList"),
    },
    red: { generate: /AccountsDetail/ },
  },
  {
    name: "a new operation on one page, and a renamed field on another",
    edits: {
      authorize: ({ paths }) => Object.assign(paths, { "/v3/new": { get: { responses: {} } } }),
      generateAuthorizeToken: (document) =>
        rename(
          jsonOf(document, "200").schema.$ref ? schemaOf(document, "GenerateAuthorizeTokenResponse200").properties : {},
          "Token",
          "Key",
        ),
    },
    report: ["`Token`", "GET /v3/new"],
    red: { types: wire },
  },
]);

// The vendor adopts a correction of ours.
follows([
  {
    name: "a session requires its RequestId",
    edits: { authorize: (document) => (schemaOf(document, "AuthorizeResponse200").required = ["RequestId"]) },
    report: ["Corrections that can go", "SESSION-REQUIRED"],
  },
  {
    name: "a format is dropped",
    edits: { authorize: (document) => delete schemaOf(document, "Login").properties.Id.format },
    report: ["Corrections that can go", "LOGIN-ID-FORMAT"],
  },
  {
    name: "another format is dropped",
    edits: { authorize: (document) => delete schemaOf(document, "Login").properties.LastRefresh.format },
    report: ["Corrections that can go", "LAST-REFRESH-FORMAT"],
  },
]);

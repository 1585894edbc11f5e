/** Edits of what the client sends. */
import { follows, operationOf, rename, requestOf, schemaOf } from "./edit.ts";
import type { Document } from "./harness.ts";

const renamed = (field: string, reader: string, compiler = reader) => ({
  name: `${field}, which a wrapper sends, is renamed`,
  edit: (document: Document) => rename(requestOf(document), field, `${field}Of`),
  report: ["**Semver: major.**", `\`${field}Of\``, `src/wrappers/${reader}.ts`],
  red: { types: `src/wrappers/${compiler}.ts` },
});

follows([
  renamed("Username", "request"),
  renamed("Password", "exchange"),
  renamed("Institution", "request"),
  renamed("Save", "request"),
  renamed("MostRecentCached", "authorize"),
  renamed("RequestId", "mfa"),
  renamed("SecurityResponses", "mfa", "answers"),
  {
    name: "LoginId is removed",
    edit: (document) => {
      delete requestOf(document).LoginId;
      schemaOf(document, "AuthorizeRequest").example = {};
    },
    report: [
      "**Semver: major.** 1 breaking",
      /\*\*breaking\*\* \| .*`LoginId` \| removed\. \| src\/sandbox\/api\.ts<br>src\/wrappers\/request\.ts/,
    ],
    red: { types: "src/wrappers/request.ts" },
  },
  {
    name: "Tag, which is carried to the answer, is removed",
    edit: (document) => delete requestOf(document).Tag,
    report: ["**Semver: major.** 1 breaking", "`Tag` | removed."],
    red: { types: "src/wrappers/request.ts" },
  },
  {
    name: "Save becomes a text",
    edit: (document) => {
      requestOf(document).Save = { type: "string" };
    },
    report: ["**Semver: major.**", "Type of `Save` narrowed from 'boolean' to 'string'."],
    red: { types: "src/wrappers/request.ts", contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "Language becomes a number",
    edit: (document) => {
      requestOf(document).Language = { type: "integer" };
    },
    report: ["**Semver: major.**", "Type of `Language` narrowed"],
    red: { types: "src/wrappers/request.ts", contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "the values of SecurityResponses become texts",
    edit: (document) => {
      requestOf(document).SecurityResponses.additionalProperties = { type: "string" };
    },
    report: ["**Semver: major.**", "`SecurityResponses` › `additionalProperties`", "src/wrappers/mfa.ts"],
    red: { types: "src/wrappers/answers.ts", contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "a new field is required",
    edit: (document) => {
      requestOf(document).ConsentId = { type: "string" };
      Object.assign(schemaOf(document, "AuthorizeRequest"), { required: ["ConsentId"] });
    },
    report: ["**Semver: major.** 1 breaking", "became required: `ConsentId`", "src/wrappers/request.ts"],
    red: { types: "src/wrappers/request.ts", contract: /mockContract: authorize 200/ },
  },
  {
    name: "LoginId is required, in live sessions too",
    edit: (document) => {
      schemaOf(document, "AuthorizeRequest").required = ["LoginId"];
    },
    report: ["**Semver: major.** 1 breaking", "became required: `LoginId`"],
    red: { types: "test/types/client.test-d.ts", contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "one answer is the most that may be sent",
    edit: (document) => {
      requestOf(document).SecurityResponses.maxProperties = 1;
    },
    report: ["**Semver: major.** 1 breaking", "`SecurityResponses`", "src/wrappers/mfa.ts"],
    red: { contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "the body need not be sent",
    edit: (document) => delete operationOf(document).requestBody.required,
    report: ["0 breaking"],
  },
  {
    name: "a new field may be sent",
    edit: (document) => {
      requestOf(document).ConsentId = { type: "string" };
    },
    report: ["**Semver: minor.** 0 breaking", "`ConsentId` | added. | nobody"],
  },
  {
    name: "Language lists its values",
    edit: (document) => {
      requestOf(document).Language.enum = ["en", "fr"];
    },
    report: ["**Semver: major.** 1 breaking", "Enum of `Language` was set to 'en', 'fr'."],
  },
  {
    name: "Language lists values, not those that are sent",
    edit: (document) => {
      requestOf(document).Language.enum = ["en", "es"];
      requestOf(document).Language.example = "en";
    },
    report: ["**Semver: major.** 1 breaking", "Enum of `Language`"],
    red: { types: "test/contract/mock.ts", contract: /mockContract: takes every kind of request/ },
  },
  {
    name: "Tag has a limit that is seldom met",
    edit: (document) => {
      requestOf(document).Tag.maxLength = 100;
    },
    report: ["**Semver: major.** 1 breaking", "`maxLength` of `Tag` was set to '100'."],
  },
  {
    name: "Save has another default",
    edit: (document) => {
      requestOf(document).Save.default = false;
    },
    report: ["**Semver: major.** 1 breaking", "`default` changed from `true` to `false`."],
  },
  {
    name: "a description changes, and nothing else",
    edit: (document) => {
      requestOf(document).Tag.description = "Any text.";
    },
    report: ["**Semver: patch.** 0 breaking", "`Tag` | `description` changed."],
  },
  {
    name: "the body becomes a form",
    edit: (document) =>
      rename(operationOf(document).requestBody.content, "application/json", "application/x-www-form-urlencoded"),
    report: ["**Semver: major.**", "Media type `application/json` was removed.", "src/wrappers/http.ts"],
    red: { types: "src/wrappers/wire.ts", contract: /mockContract: authorize 200/ },
  },
]);

/** Edits of where the client sends to, and those with which the vendor mends the document. */
import { follows, operationOf, path, rename, requestOf, schemaOf } from "./edit.ts";
import type { Document } from "./harness.ts";

const parameter = (document: Document, name: string) =>
  operationOf(document).parameters.find((each: { name: string }) => each.name === name);
const obsolete = (name: string) => ["Obsolete corrections", `- \`${name}\``];

/** Those that speak of the operation's path. */
const allOfTheOperation = [
  "OPERATION-ID",
  "IGNORED-HEADER-PARAMETERS",
  "PENDING",
  "CHALLENGE-EXAMPLES",
  "ASKED-AGAIN",
  "SESSION-GONE-MOVED",
  "SESSION-GONE",
  "UNDOCUMENTED-FAILURES",
];

follows([
  // ------------------------------------------------------------- where the client sends to
  {
    name: "the path moves to v4",
    edit: (document) => rename(document.paths, path, path.replace("v3", "v4")),
    report: ["The client cannot follow by itself", `\`${path}\` was renamed to`, "src/wrappers/wire.ts"],
    lost: allOfTheOperation,
    red: { generate: "OPERATION-ID" },
  },
  {
    name: "POST becomes PUT",
    edit: (document) => {
      rename(document.paths[path], "post", "put");
    },
    report: ["The client cannot follow by itself", "was removed.", "src/wrappers/http.ts"],
    lost: allOfTheOperation,
    red: { generate: "OPERATION-ID" },
  },
  {
    name: "the header of the token is renamed",
    edit: (document) => {
      parameter(document, "flinks-auth-key").name = "x-flinks-key";
    },
    report: ["**Semver: major.** 1 breaking", "was renamed to `x-flinks-key`", "src/wrappers/wire.ts"],
    red: { types: "src/wrappers/wire.ts", contract: /mockContract: authorize 200/ },
  },
  {
    name: "another header is required",
    edit: (document) =>
      operationOf(document).parameters.push({
        name: "x-version",
        in: "header",
        required: true,
        description: "The version",
        schema: { type: "string" },
      }),
    report: ["**Semver: major.** 1 breaking", "Required `x-version` header", "src/wrappers/http.ts"],
    red: { types: "src/wrappers/http.ts", contract: /mockContract: authorize 200/ },
  },
  {
    name: "another header may be sent",
    edit: (document) =>
      operationOf(document).parameters.push({
        name: "x-trace",
        in: "header",
        description: "Any text",
        schema: { type: "string" },
      }),
    report: ["**Semver: minor.** 0 breaking", "`parameter x-trace` | added."],
  },
  {
    name: "a security scheme is required",
    edit: (document) => {
      document.components.securitySchemes = { bearer: { type: "http", scheme: "bearer" } };
      operationOf(document).security = [{ bearer: [] }];
    },
    report: ["**Semver: major.** 1 breaking", "Authentication became required.", "src/wrappers/http.ts"],
    red: { contract: /mockContract: authorize 200/ },
  },
  {
    name: "the server moves to another domain",
    edit: (document) => {
      document.servers[0].url = "https://{instance}.flinks.example";
    },
    report: ["The client cannot follow by itself", "Keys are sent there", "src/wrappers/options.ts"],
    red: { generate: "Keys are sent there" },
  },
  {
    name: "the instance is called tenant",
    edit: (document) => {
      document.servers[0].url = "https://{tenant}-api.private.fin.ag";
      rename(document.servers[0].variables, "instance", "tenant");
    },
    report: ["The client cannot follow by itself", "https://{tenant}-api.private.fin.ag"],
    red: { generate: "one server is expected" },
  },
  {
    name: "the server has another name in the same domain",
    edit: (document) => {
      document.servers[0].url = "https://{instance}-api-v4.private.fin.ag";
    },
    report: ["**Semver: major.** 1 breaking", "src/wrappers/options.ts"],
  },
  {
    name: "another server is listed",
    edit: (document) => document.servers.push({ url: "https://status.flinks.example", description: "Status" }),
    report: ["**Semver: minor.** 0 breaking", "`servers` | added."],
  },
  ...["path", "operation"].map((place) => ({
    name: `the ${place} gets a server of its own`,
    edit: (document: Document) => {
      const at = place === "path" ? document.paths[path] : operationOf(document);
      at.servers = [{ url: "https://{instance}-auth.private.fin.ag" }];
    },
    report: ["The client cannot follow by itself", "**breaking**", "src/wrappers/options.ts"],
    red: { generate: "has servers of its own" },
  })),
  {
    name: "the token may be left out",
    edit: (document) => {
      parameter(document, "flinks-auth-key").required = false;
    },
    report: ["0 breaking"],
  },
  {
    name: "another operation appears",
    edit: (document) => {
      document.paths["/v3/{customerId}/BankingServices/GetStatements"] = {
        get: {
          operationId: "getStatements",
          summary: "Statements",
          tags: ["Authorization"],
          parameters: [parameter(document, "customerId")],
          responses: { 200: { description: "Statements" }, 400: { description: "Bad request" } },
        },
      };
    },
    report: ["**Semver: minor.** 0 breaking", "GetStatements` | added. | nobody"],
  },
  {
    name: "a schema appears that nothing uses",
    edit: (document) => {
      document.components.schemas.Statement = { type: "object", properties: { Id: { type: "string" } } };
    },
    report: ["0 breaking", "`Statement` | added. | nobody"],
  },
  {
    name: "a schema is renamed",
    edit: (document) => {
      const text = JSON.stringify(document).replaceAll("schemas/Error", "schemas/Failure");
      Object.assign(document, JSON.parse(text));
      rename(document.components.schemas, "Error", "Failure");
    },
    report: [
      "The client cannot follow by itself",
      "`Error` | removed. | src/sandbox/replies.ts<br>src/wrappers/failure.ts",
    ],
    lost: ["ERROR-FIELDS"],
    red: { generate: "ERROR-FIELDS" },
  },
  {
    name: "the version of the document changes",
    edit: (document) => {
      document.info.version = "3.1.0";
    },
    report: ["**Semver: patch.** 0 breaking"],
  },
  // ------------------------------------------------------------- the vendor adopts a correction
  {
    name: "the vendor says that a session has a RequestId",
    edit: (document) => {
      schemaOf(document, "AuthorizeResponse200").required = ["RequestId"];
    },
    report: ["**Semver: none.**", ...obsolete("SESSION-REQUIRED"), "What corrections hide"],
  },
  {
    name: "the vendor says half of what a correction says",
    edit: (document) => {
      schemaOf(document, "AuthorizeResponse203").required = ["RequestId"];
    },
    report: ["**Semver: none.**", /^(?![\s\S]*Obsolete)/],
  },
  {
    name: "the vendor drops a format that the wire does not keep",
    edit: (document) => delete schemaOf(document, "AuthorizeResponse200").properties.RequestId.format,
    report: ["**Semver: none.**", ...obsolete("SESSION-ID-FORMAT")],
  },
  {
    name: "the vendor drops the parameters that OpenAPI ignores",
    edit: (document) => {
      operationOf(document).parameters = ["flinks-auth-key", "customerId"].map((name) => parameter(document, name));
    },
    report: ["**Semver: none.**", ...obsolete("IGNORED-HEADER-PARAMETERS")],
  },
  {
    name: "the vendor describes challenges as they travel",
    edit: (document) => {
      document.components.schemas.SecurityChallenge = {
        type: "object",
        required: ["Type", "Prompt"],
        properties: {
          Type: { type: "string" },
          Prompt: { type: "string" },
          Iterables: { type: "array", items: { type: "string" } },
        },
      };
    },
    report: ["**Semver: none.**", "What corrections hide"],
  },
  {
    name: "the vendor describes challenges as they travel, in place",
    edit: (document) => {
      delete document.components.schemas.SecurityChallenge;
      schemaOf(document, "AuthorizeResponse203").properties.SecurityChallenges.items = {
        type: "object",
        properties: { Type: { type: "string" }, Prompt: { type: "string" } },
      };
    },
    report: ["**Semver: none.**", ...obsolete("DOCUMENTED-FORM-KEPT"), "What corrections hide"],
  },
  {
    name: "the vendor names the institution of a challenge",
    edit: (document) => {
      Object.assign(schemaOf(document, "AuthorizeResponse203").properties, {
        InstitutionName: {
          type: "string",
          description: "Name of the financial institution",
          example: "FlinksCapital",
        },
        InstitutionId: {
          type: "integer",
          description: "Unique identifier of the financial institution",
          example: 14,
        },
      });
    },
    report: ["**Semver: none.**", ...obsolete("CHALLENGE-INSTITUTION")],
  },
  {
    name: "nothing but the order of fields changes",
    edit: (document) => {
      const fields = Object.entries(requestOf(document)).reverse();
      schemaOf(document, "AuthorizeRequest").properties = Object.fromEntries(fields);
    },
    report: ["**Semver: none.** Nothing that users of the client can see."],
  },
]);

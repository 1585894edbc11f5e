/** Edits of what the client reads. */
import { follows, operationOf, rename, schemaOf } from "./edit.ts";
import type { Document } from "./harness.ts";

const session = (document: Document) => schemaOf(document, "AuthorizeResponse200").properties;
const challenge = (document: Document) => schemaOf(document, "AuthorizeResponse203").properties;
const failure = (document: Document) => schemaOf(document, "Error").properties;
const responses = (document: Document) => operationOf(document).responses;
const json = (schema: object, example?: object) => ({
  description: "An answer",
  content: { "application/json": { schema, ...(example && { example }) } },
});
const $ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

follows([
  // ------------------------------------------------------------- a session
  {
    name: "RequestId of a session is renamed",
    edit: (document) => rename(session(document), "RequestId", "SessionId"),
    report: [
      "The client cannot follow by itself",
      /`RequestId` \| .*removed\. \| src\/sandbox\/replies\.ts<br>src\/wrappers\/outcome\.ts/,
      "SESSION-ID-FORMAT: $.components.schemas.AuthorizeResponse200.properties.RequestId.format",
    ],
    lost: ["SESSION-ID-FORMAT"],
    red: { generate: "SESSION-ID-FORMAT" },
  },
  {
    name: "RequestId of a session becomes a number",
    edit: (document) => {
      session(document).RequestId = { type: "integer", example: 7 };
    },
    report: ["**Semver: major.**", "Type of `RequestId`", "src/wrappers/outcome.ts"],
    red: { types: "src/wrappers/outcome.ts", contract: /mockContract: authorize 200/ },
  },
  {
    name: "RequestId of a session may be null",
    edit: (document) => {
      session(document).RequestId.nullable = true;
    },
    report: ["**Semver: major.** 1 breaking", "Type of `RequestId` widened from 'string' to 'string \\| null'."],
    red: { types: "src/wrappers/outcome.ts" },
  },
  {
    name: "HttpStatusCode becomes a text",
    edit: (document) => {
      session(document).HttpStatusCode = { type: "string", example: "200" };
    },
    report: ["**Semver: major.**", "Type of `HttpStatusCode`", "src/wrappers/outcome.ts"],
    red: { types: "src/wrappers/outcome.ts", contract: /proxyContract: cached and live sessions/ },
  },
  {
    name: "a 200 has another schema, and the old one stays",
    edit: (document) => {
      document.components.schemas.Session = {
        type: "object",
        properties: { Session: { type: "object", properties: { RequestId: { type: "string" } } } },
      };
      responses(document)[200].content["application/json"].schema = $ref("Session");
    },
    report: ["**Semver: major.**", /`200` › `RequestId` \| .*removed\./],
    red: { types: "src/wrappers/outcome.ts", contract: /mockContract: authorize 200/ },
  },
  {
    name: "a 200 becomes text",
    edit: (document) => rename(responses(document)[200].content, "application/json", "text/plain"),
    report: ["**Semver: major.**", "Media type `application/json`", "src/wrappers/outcome.ts"],
    red: { types: "src/", contract: /mockContract: authorize 200/ },
  },
  {
    name: "a field that nobody reads vanishes",
    edit: (document) => delete schemaOf(document, "Login").properties.Type,
    report: ["**Semver: major.** 1 breaking", "Property `Type` of `Login` was removed. | nobody"],
  },
  {
    name: "a field that only the sandbox sends vanishes",
    edit: (document) => delete schemaOf(document, "Link").properties.example,
    report: ["**Semver: major.** 1 breaking", "Property `example` of `Link` was removed. | nobody"],
  },
  {
    name: "InstitutionId of a session vanishes",
    edit: (document) => delete session(document).InstitutionId,
    report: ["**Semver: major.** 1 breaking", "Property `InstitutionId`"],
  },
  {
    name: "InstitutionId of a session becomes a text",
    edit: (document) => {
      session(document).InstitutionId = { type: "string" };
    },
    report: ["**Semver: major.**", "Type of `InstitutionId`"],
    red: { types: "src/sandbox/replies.ts", contract: /proxyContract: cached and live sessions/ },
  },
  {
    name: "a session has a new field",
    edit: (document) => {
      session(document).ExpiresAt = { type: "string", format: "date-time" };
    },
    report: ["**Semver: minor.** 0 breaking", "`ExpiresAt` | added. | nobody"],
  },
  // ------------------------------------------------------------- a challenge
  {
    name: "203 disappears",
    edit: (document) => delete responses(document)[203],
    report: ["Response `203` was removed.", "src/wrappers/challenge.ts"],
    lost: ["CHALLENGE-EXAMPLES"],
    red: { generate: "CHALLENGE-EXAMPLES" },
  },
  {
    name: "SecurityChallenges is renamed",
    edit: (document) => rename(challenge(document), "SecurityChallenges", "Challenges"),
    report: ["`SecurityChallenges`", "src/wrappers/challenge.ts"],
    lost: ["CHALLENGE-ITEMS"],
    red: { generate: "CHALLENGE-ITEMS" },
  },
  {
    name: "SecurityChallenges may be null",
    edit: (document) => {
      challenge(document).SecurityChallenges.nullable = true;
    },
    report: ["**Semver: major.** 1 breaking", "Type of `SecurityChallenges` widened", "src/wrappers/challenge.ts"],
    red: { types: "src/wrappers/challenge.ts" },
  },
  {
    name: "RequestId of a challenge may be null",
    edit: (document) => {
      challenge(document).RequestId.nullable = true;
    },
    report: ["**Semver: major.** 1 breaking", "src/wrappers/challenge.ts"],
    red: { types: "src/wrappers/challenge.ts" },
  },
  {
    name: "RequestId of a challenge is removed",
    edit: (document) => delete challenge(document).RequestId,
    report: ["**Semver: major.**", "Property `RequestId` of `AuthorizeResponse203` was removed."],
    red: { types: "src/wrappers/challenge.ts", contract: /./ },
  },
  {
    name: "Institution of a challenge is renamed",
    edit: (document) => rename(challenge(document), "Institution", "Bank"),
    report: ["**Semver: major.**", "src/wrappers/challenge.ts"],
    red: { types: "src/wrappers/challenge.ts" },
  },
  {
    name: "challenges in the documented form have texts for values",
    edit: (document) => {
      schemaOf(document, "SecurityChallenge").additionalProperties = { type: "string" };
    },
    report: ["**Semver: none.**", "What corrections hide", "`additionalProperties`"],
    red: { contract: /upstreamContract: authorize 203/ },
  },
  {
    name: "challenges as they travel have another name for the choices",
    edit: (document) => {
      document.components.schemas.SecurityChallenge = {
        type: "object",
        properties: {
          Type: { type: "string" },
          Prompt: { type: "string" },
          Choices: { type: "array", items: { type: "string" } },
        },
      };
    },
    report: ["**Semver: none.**", "Corrections that contradict the vendor anew", "`CHALLENGE-ITEMS: "],
    red: { contract: /upstreamContract: authorize 203/ },
  },
  // ------------------------------------------------------------- failures
  {
    name: "FlinksCode is renamed",
    edit: (document) => rename(failure(document), "FlinksCode", "Code"),
    report: ["**Semver: major.**", "src/wrappers/failure.ts"],
    red: { types: "src/wrappers/failure.ts" },
  },
  {
    name: "FlinksCode becomes a number",
    edit: (document) => {
      failure(document).FlinksCode = { type: "integer" };
    },
    report: ["**Semver: major.**", "Type of `FlinksCode`", "src/wrappers/failure.ts"],
    red: { types: "src/wrappers/failure.ts", contract: /proxyContract: wrong answers/ },
  },
  {
    name: "FlinksCode lists some of the codes that travel",
    edit: (document) => {
      failure(document).FlinksCode.enum = ["INVALID_LOGIN", "QUESTION_NOT_FOUND", "DISABLED_LOGIN"];
    },
    report: [/`FlinksCode` \| .*enum/i, "src/wrappers/failure.ts"],
    red: { types: "src/sandbox/replies.ts", contract: /proxyContract: wrong answers/ },
  },
  {
    name: "Message is removed",
    edit: (document) => delete failure(document).Message,
    report: ["**Semver: major.**", "Property `Message` of `Error` was removed."],
    red: { types: "src/wrappers/failure.ts" },
  },
  {
    name: "Message may be null",
    edit: (document) => {
      failure(document).Message.nullable = true;
    },
    report: ["**Semver: major.** 1 breaking", "Type of `Message` widened"],
  },
  {
    name: "failures have a new field",
    edit: (document) => {
      failure(document).HelpUrl = { type: "string" };
    },
    report: ["**Semver: minor.** 0 breaking", "`HelpUrl` | added. | nobody"],
  },
  {
    name: "a 400 has another schema",
    edit: (document) => {
      document.components.schemas.Problem = { type: "object", properties: { title: { type: "string" } } };
      delete responses(document)[400].content["application/json"].example;
      responses(document)[400].content["application/json"].schema = $ref("Problem");
    },
    report: ["**Semver: major.**", "Property `FlinksCode` of `Problem` was removed."],
    red: { types: "src/wrappers/failure.ts", contract: /upstreamContract: authorize 400/ },
  },
  {
    name: "a 401 has another schema, which corrections replaced before",
    edit: (document) => {
      const properties = { Error: { type: "object", properties: { Text: { type: "string" } } } };
      document.components.schemas.AuthError = { type: "object", properties };
      responses(document)[401] = json($ref("AuthError"));
    },
    report: ["Corrections that contradict the vendor anew", "ASKED-AGAIN"],
    red: { contract: /upstreamContract: authorize 401/ },
  },
  {
    name: "429 appears, with a body of its own",
    edit: (document) => {
      responses(document)[429] = json({ type: "object", properties: { retryAfter: { type: "integer" } } });
    },
    report: ["Corrections that contradict the vendor anew", "UNDOCUMENTED-FAILURES"],
    red: { contract: /upstreamContract: authorize 429/ },
  },
  {
    name: "an example has a code that the client does not know",
    edit: (document) => {
      const value = { HttpStatusCode: 401, Message: "The account is frozen", FlinksCode: "ACCOUNT_FROZEN" };
      responses(document)[401].content["application/json"].examples.frozen = { summary: "Frozen", value };
    },
    report: ["**Semver: patch.**", "Codes that the client does not know", "- `ACCOUNT_FROZEN`"],
  },
  // ------------------------------------------------------------- statuses
  {
    name: "202 appears, in words of the vendor's own",
    edit: (document) => {
      responses(document)[202] = json({
        type: "object",
        properties: { RequestId: { type: "string" }, State: { type: "string" } },
      });
    },
    report: ["Corrections that contradict the vendor anew", /- `PENDING: .*'202'\]\['description'\]: "An answer"`/],
  },
  {
    name: "403 appears, with the body of other failures",
    edit: (document) => {
      const example = { HttpStatusCode: 403, Message: "No", FlinksCode: "ACCESS_DENIED" };
      responses(document)[403] = json($ref("Error"), example);
    },
    report: ["**Semver: minor.** 0 breaking", "`403` | added. | nobody"],
  },
  {
    name: "409 appears, without a body",
    edit: (document) => {
      responses(document)[409] = { description: "Conflict" };
    },
    report: ["**Semver: minor.** 0 breaking", "`409` | added. | nobody"],
  },
  {
    name: "201 appears, which the client takes for nothing it knows",
    edit: (document) => {
      responses(document)[201] = json($ref("AuthorizeResponse200"));
    },
    report: ["**Semver: minor.** 0 breaking", "`201` | added. | nobody"],
  },
  {
    name: "400 disappears",
    edit: (document) => delete responses(document)[400],
    report: ["Response `400` was removed.", "src/wrappers/failure.ts"],
    lost: ["SESSION-GONE-MOVED", "SESSION-GONE"],
    red: { generate: "SESSION-GONE" },
  },
]);

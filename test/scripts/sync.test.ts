import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { copyProject } from "../helpers/project.ts";
import { type Answer, block, type Document, edited, page, servePages, sources, sourcesPath } from "./pages.ts";

const made = ["openapi/flinks.yaml", "src/generated/schema.ts", "src/generated/operations.ts"];
const authorize = await readFile("openapi/upstream/authorize.yaml", "utf8");
const path = "/v3/{customerId}/BankingServices/Authorize";
const withConsent = (text: string) =>
  text.replace("        Save:\n", "        Consent:\n          type: string\n        Save:\n");

const project = await copyProject();
const folder = await mkdtemp(join(tmpdir(), "flinks-client-sync-"));
afterAll(() => Promise.all([project.remove(), rm(folder, { recursive: true })]));
beforeEach(() => project.restore());

const sync = (...args: string[]) => project.run("scripts/sync.ts", ...args);
const check = async () => (await project.run("scripts/generate.ts", "--check")).code;
const contents = () =>
  Promise.all([sourcesPath, ...sources.map(({ file }) => file), ...made].map((name) => project.read(name)));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

describe("npm run sync without a SOURCE", () => {
  it("takes seven pages, and leaves no difference when nothing has changed", async () => {
    const before = await contents();
    const { args, received } = await servePages();
    expect(await sync(...args)).toEqual({
      code: 0,
      stdout:
        "## The vendor's documents have not changed\n\nEvery page that could be fetched is the same, byte for byte.\n",
      stderr: "",
    });
    expect(received.map(({ url }) => url).sort()).toEqual(
      sources.map((source) => new URL(source.page).pathname).sort(),
    );
    expect(await contents()).toEqual(before);
  });

  it("takes the pages that can be fetched, and says which could not", async () => {
    const { args } = await servePages({
      authorize: withConsent,
      getStatements: { status: 403, body: "Forbidden" },
    });
    const list = await project.read(sourcesPath);
    await project.write(sourcesPath, list.replace(/page: .*get-accounts-detail\.md/, "page:"));
    const { code, stdout, stderr } = await sync(...args);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^## The vendor's documents have changed\n\n\*\*Semver: minor\.\*\* 0 breaking/);
    expect(stdout).toContain("`request` › `Consent` | is new. |");
    expect(stdout).toContain("### Pages that could not be fetched\n");
    expect(stdout).toMatch(/- `http:.*\/get-statements\.md was not taken\. It returns HTTP 403\. By hand: /);
    expect(stdout).toContain("- `getAccountsDetail has no page in openapi/sources.yaml. It was skipped.`");
    expect(stderr).toContain("It returns HTTP 403.");
    expect(await project.read("openapi/flinks.yaml")).toContain("Consent:");
    expect(await check()).toBe(0);
  });

  const guard = "<!doctype html><title>Just a moment...</title>";
  const rounds: Record<string, readonly (readonly [answer: Answer, reason: string])[]> = {
    "a guard, a bad connection or no document": [
      [{ body: guard }, 'It is HTML, with the title "Just a moment...", and not Markdown.'],
      [{ fault: "cut" }, "The connection failed: "],
      [{ fault: "stall" }, "It did not come within 3000 ms."],
      [{ fault: "reset" }, "The connection failed: "],
      [
        { status: 302, headers: { location: "https://elsewhere.example/" } },
        "It redirects to https://elsewhere.example/.",
      ],
      [page("No YAML today."), "It is without a block of OpenAPI."],
      [page(block(authorize), block(authorize)), "It has 2 blocks of OpenAPI, where one is expected."],
    ],
    "another status, another guard or half a document": [
      [{ status: 403, body: guard }, "It returns HTTP 403."],
      [{ status: 503, headers: { "retry-after": "60" } }, "It returns HTTP 503."],
      [{ status: 301, headers: { location: "/elsewhere.md" } }, "It redirects to /elsewhere.md."],
      [{ body: `<html>${page(block(authorize))}</html>` }, "It is HTML, with the title nothing, and not Markdown."],
      [page(block(authorize)).slice(0, 3000), "It is cut: its block of OpenAPI does not end."],
      [page(block("log: {}\n"), block("a: 1\n")), "It is without a block of OpenAPI."],
      [{ fault: "latin1" }, "It is not UTF-8."],
    ],
    "nothing, other pages or other forms": [
      [{ body: "" }, "It is without a block of OpenAPI."],
      [{ status: 403, body: page(block(authorize)) }, "It returns HTTP 403."],
      [{ body: `\n${guard}\n${page(block(authorize))}` }, "It is HTML"],
      [{ status: 308, headers: { location: "file:///etc/passwd" } }, "It redirects to file:///etc/passwd."],
      [
        page(block(authorize), block(authorize), block(authorize)),
        "It has 3 blocks of OpenAPI, where one is expected.",
      ],
      [page(block(authorize)), "It has the document of authorize instead."],
      [{ status: 429, body: '{"error":"Too many requests"}' }, "It returns HTTP 429."],
    ],
  };

  it.each(Object.entries(rounds))("touches nothing when %s comes, and says what to do", async (_, list) => {
    const before = await contents();
    const answers = sources.map(({ operationId }, index): [string, Answer] => [operationId, list[index]?.[0] ?? ""]);
    const { args } = await servePages(Object.fromEntries(answers));
    const { code, stdout, stderr } = await sync(...args, "--timeout-ms", "3000");
    expect(code).toBe(3);
    expect(stdout).toContain("## The vendor's documents have not changed");
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(list.length);
    for (const [index, [, reason]] of list.entries()) {
      const name = basename(sources[index]?.page ?? "");
      expect(lines[index]).toContain(`${name} was not taken. ${reason}`);
      expect(lines[index]).toMatch(/By hand: open the page in a browser, .* run `npm run sync -- FILE`\.$/);
    }
    expect(await contents()).toEqual(before);
  });

  it("puts the vendor's page in the place of our own document, and reports what we had assumed", async () => {
    const { args } = await servePages({
      getStatements: (text) =>
        edited(text, (document) => {
          const [[old, item]] = Object.entries<Document>(document.paths) as [[string, Document]];
          document.paths = { [old.replace("/v3/", "/v4/")]: { put: item.post } };
          delete item.post.operationId;
          item.post.parameters.find(({ name }: { name: string }) => name === "x-api-key").required = true;
          const { Statement, StatementsRequest, Statements } = document.components.schemas;
          StatementsRequest.properties.NumberOfStatements.enum.push("Months6");
          delete Statement.properties.FileType.nullable;
          Statement.properties.Base64Bytes.type = "integer";
          Statement.properties.Pages = { type: "integer" };
          delete Statement.properties.UniqueId;
          Statements.required = [];
        }),
    });
    const { code, stdout } = await sync(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("**Semver: major.**");
    const [, assumed = ""] = stdout.split("### What we had assumed of `getStatements`");
    const rows =
      assumed
        .split("\n### ")[0]
        ?.split("\n")
        .filter((line) => /^\| (?!For|---)/.test(line)) ?? [];
    const place = "`getStatements`";
    const statement = `${place} › \`200\` › \`StatementsByAccount\` › \`[]\` › \`Statements\` › \`[]\``;
    const old = "/v3/{customerId}/BankingServices/GetStatements";
    const months = ["MostRecent", "Months3", "Months12"];
    const wider = `\`enum\` changed from \`${JSON.stringify(months)}\` to \`${JSON.stringify([...months, "Months6"])}\`.`;
    expect(rows.map((row) => row.slice(2, -2).split(" | ")).sort()).toEqual(
      [
        ["**breaking**", place, `\`path\` changed from \`"${old}"\` to \`"${old.replace("v3", "v4")}"\`.`],
        ["**breaking**", place, '`method` changed from `"post"` to `"put"`.'],
        ["**breaking**", `${place} › \`header x-api-key\``, "`required` changed from `false` to `true`."],
        ["**breaking**", `${place} › \`200\` › \`StatementsByAccount\``, "may be absent now."],
        ["**breaking**", `${statement} › \`Base64Bytes\``, '`type` changed from `"string"` to `"integer"`.'],
        ["**breaking**", `${statement} › \`UniqueId\``, "was removed."],
        ["not breaking", `${statement} › \`FileType\``, "is never `null` now."],
        ["not breaking", `${statement} › \`Pages\``, "is new."],
        ["not breaking", `${place} › \`request\` › \`NumberOfStatements\``, wider],
        ["no change", place, "`operationId` changed."],
      ].sort(),
    );
    // The gravest first.
    const ratings = rows.map((row) => row.split(" | ")[0]?.slice(2));
    expect(ratings).toEqual([...Array(6).fill("**breaking**"), ...Array(3).fill("not breaking"), "no change"]);
    await expect(project.read("openapi/interim/get-statements.yaml")).rejects.toThrow("ENOENT");
    expect(await project.read("openapi/upstream/get-statements.yaml")).toContain("/v4/");
    const list = await project.read(sourcesPath);
    expect(list).toMatch(
      /^# Where each operation[\s\S]*file: openapi\/upstream\/get-statements\.yaml\n {4}source: vendor\n/,
    );
    expect(await project.read("src/generated/operations.ts")).toContain('getStatements: { method: "PUT"');
    expect(await check()).toBe(0);
  });

  it("names both files when two pages define a schema differently, and makes nothing", async () => {
    const before = await project.read("openapi/flinks.yaml");
    const change = (type: string) => (text: string) =>
      edited(text, ({ components }) => {
        components.schemas.Account.properties.Id = { type };
      });
    const answers = { getAccountsDetail: change("integer"), getAccountsDetailAsync: change("boolean") };
    const { code, stdout } = await sync(...(await servePages(answers)).args);
    expect(code).toBe(2);
    expect(stdout).toContain("**The client cannot follow by itself**");
    expect(stdout).toContain(
      "- `#/components/schemas/Account, type: openapi/upstream/get-accounts-detail.yaml and " +
        "openapi/upstream/get-accounts-detail-async.yaml`",
    );
    expect(stdout).toContain("### What we had assumed of `getAccountsDetailAsync`");
    expect(await project.read("openapi/flinks.yaml")).toBe(before);
    expect(await check()).toBe(1);
  });

  it("finds nothing that users would notice when pages say the same in another form", async () => {
    const before = await project.read("src/generated/operations.ts");
    const { args } = await servePages({
      authorize: (text) =>
        edited(text, (document) => {
          const { schemas } = document.components;
          const { post } = document.paths[path];
          // Other names of schemas, one of them with an allOf around it.
          schemas.Challenge = schemas.AuthorizeResponse203;
          schemas.AuthorizeResponse203 = { $ref: "#/components/schemas/Challenge" };
          schemas.LoginOfUser = { allOf: [{ $ref: "#/components/schemas/Login" }] };
          schemas.AuthorizeResponse200.properties.Login.allOf = [{ $ref: "#/components/schemas/LoginOfUser" }];
          // References to what is no schema, parameters of the path, slashes at the end.
          document.components.responses = { Bad: post.responses["401"] };
          post.responses["401"] = { $ref: "#/components/responses/Bad" };
          document.components.parameters = { Accept: post.parameters.pop() };
          const shared = [...post.parameters.splice(1), { $ref: "#/components/parameters/Accept" }];
          document.paths = { [`${path}/`]: { parameters: shared, post } };
          document.servers[0].url += "/";
        }),
      generateAuthorizeToken: (text) => edited(text, (document) => Object.assign(document, { openapi: "3.0.4" })),
      getAccountsSummary: (text) => text.replaceAll("\n", "\r\n"),
      getAccountsSummaryAsync: (text) =>
        edited(text, (document) => {
          document.openapi = "3.1.0";
          const visit = (node: Document) => {
            if (node?.nullable === true) node.type = [node.type, "null"];
            if (node?.nullable === true) delete node.nullable;
            if (typeof node === "object" && node !== null) Object.values(node).forEach(visit);
          };
          visit(document.components);
        }),
      getAccountsDetail: (text) => text.replace(/^( *)([A-Za-z]+):(?= |$)/gm, '$1"$2":'),
      getAccountsDetailAsync: (text) =>
        text
          .replace("customerId\n", "customerId\n          x-anchor: &text { type: string }\n")
          .replace("schema:\n            type: string", "schema: *text"),
      getStatements: (text) => `${JSON.stringify(parse(text))}\n`,
    });
    const { code, stdout, stderr } = await sync(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/\*\*Semver: (?:none|patch)\.\*\* 0 breaking/);
    expect(await project.read("src/generated/operations.ts")).toBe(before);
  });
});

describe("npm run sync with a SOURCE", () => {
  it.each(["a file", "an address"])("takes a change from %s", async (kind) => {
    const name = await file("any-name.md", page(block(withConsent(authorize))));
    const { baseUrl } = await servePages({ authorize: withConsent });
    const { code, stdout } = await sync(kind === "a file" ? name : baseUrl + new URL(sources[0]?.page ?? "").pathname);
    expect(code).toBe(0);
    expect(stdout).toContain("`request` › `Consent` | is new. |");
    expect(await project.read("openapi/upstream/authorize.yaml")).toBe(withConsent(authorize));
    expect(await check()).toBe(0);
  });

  it("takes all pages of a folder, however the document stands on them", async () => {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const forms: ((text: string) => string)[] = [
      (text) => page("```yaml\nmfa: true\n```", block(text), "~~~yaml\nlog: {}\n~~~"),
      (text) => page(block(text, "YAML /openapi-pay.yaml POST /v3/…")),
      (text) => page(block(text)).replaceAll("\n", "\r\n"),
      (text) => `\ufeff${text}`,
      (text) => page(`~~~yml\n${text}~~~`),
    ];
    for (const [index, form] of forms.entries()) {
      const { file: name } = sources[index] as (typeof sources)[0];
      await file(`${basename(name)}.md`, form(await readFile(name, "utf8")));
    }
    const { code, stdout, stderr } = await sync(folder);
    expect({ code, stdout, stderr }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("have not changed"),
      stderr: "",
    });
  });

  it("rates what is new, shows the vendor's words as words, and names the correction that can go", async () => {
    const text = edited(authorize, ({ paths, components: { schemas } }) => {
      paths["/v5/Other"] = { trace: { responses: { default: { description: "Other" } } } };
      const { responses } = paths[path].post;
      responses["4XX"] = { description: "Other", content: { "text/plain": { schema: { type: "string" } } } };
      schemas.Login.additionalProperties = true;
      // PENDING, in words of the vendor's own.
      const { Links } = schemas.AuthorizeResponse203.properties;
      const properties = {
        ...schemas.Error.properties,
        Links,
        RequestId: { type: "string", format: "uuid" },
      };
      schemas.Accepted = { type: "object", required: ["RequestId"], properties };
      const schema = { $ref: "#/components/schemas/Accepted" };
      responses["202"] = { description: "Accepted", content: { "application/json": { schema } } };
      schemas.Login.properties["X` <img src=x> @octocat | ## Forged"] = { type: "string" };
      schemas.Login.properties["`|<b>**@octocat**"] = { type: "string", description: "*/ throw 1; /*" };
    });
    const { code, stdout } = await sync(await file("page.yaml", text));
    expect(code).toBe(0);
    expect(stdout).toContain("**Semver: minor.** 0 breaking");
    expect(stdout).toContain("| not breaking | `TRACE /v5/Other` | is new. |");
    expect(stdout).toContain("› `4XX` | is new. |");
    expect(stdout).toContain("`additionalProperties` changed from `nothing` to `true`.");
    expect(stdout).toMatch(/### Corrections that can go\n\n.*\n\n- `PENDING`\n- `PENDING-SCHEMA`\n/);
    expect(stdout).toContain("› `'\\|&lt;b>**@\u200boctocat**` | is new. |");
    expect(stdout).toContain("› `X' &lt;img src=x> @\u200boctocat \\| ## Forged` | is new. |");
    expect(stdout).not.toMatch(/<img|<b>|@octocat/);
    expect(await project.read("src/generated/operations.ts")).toContain('["TRACE /v5/Other"]: {');
    expect(await check()).toBe(0);
  });

  it("takes a document that the client cannot follow, and says why", async () => {
    const text = authorize.replaceAll("/v3/", "/v4/");
    const { code, stdout } = await sync(await file("page.yaml", text));
    expect(code).toBe(2);
    expect(stdout).toContain("**The client cannot follow by itself**");
    expect(stdout).toContain("- `PENDING: $.paths[");
    expect(stdout).toContain(`\`path\` changed from \`"${path}"\` to \`"${path.replace("v3", "v4")}"\`. |`);
    expect(await project.read("openapi/upstream/authorize.yaml")).toBe(text);
  });

  it.each([
    ["no/such/file.md", "ENOENT"],
    ["https://127.0.0.1:4/authorize.md", "The connection failed: ECONNREFUSED."],
    ["http://docs.example/authorize.md", "It is not an https: address."],
  ])("refuses the source %s, and touches nothing", async (source, reason) => {
    const before = await contents();
    const { code, stdout, stderr } = await sync(source);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(`${source} was not taken. `);
    expect(stderr).toContain(reason);
    expect(await contents()).toEqual(before);
  });

  it("explains itself", async () => {
    expect((await sync("--help")).stdout).toMatch(/^Usage: npm run sync/);
    expect(await sync("a", "b")).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Usage/) });
  });
});

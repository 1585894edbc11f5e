import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { operations } from "../../src/generated/operations.ts";
import { copyProject } from "../helpers/project.ts";

const project = await copyProject();
afterAll(() => project.remove());
beforeEach(() => project.restore());
const generate = (...flags: string[]) => project.run("scripts/generate.ts", ...flags);

const made = [
  "openapi/flinks.yaml",
  "src/generated/schema.ts",
  "src/generated/server.ts",
  "src/generated/operations.ts",
  "docs/errors.md",
];

const contents = () => Promise.all(made.map((path) => project.read(path)));

async function replaceIn(path: string, from: string, to: string): Promise<void> {
  const before = await project.read(path);
  expect(before).toContain(from);
  await project.write(path, before.replaceAll(from, to));
}

const upstream = "openapi/upstream/authorize.yaml";
const corrections = "openapi/corrections.yaml";

describe("npm run generate", () => {
  it("makes the same bytes again, from nothing", async () => {
    const before = await contents();
    for (const path of made) await project.delete(path);
    const { code, stdout } = await generate();
    expect({ code, stdout }).toEqual({ code: 0, stdout: made.map((path) => `made ${path}\n`).join("") });
    expect(await contents()).toEqual(before);
    expect(await readdir(join(project.folder, "src/generated"))).toHaveLength(3);
  });

  it("--check is content with what is committed", async () => {
    const { code, stdout } = await generate("--check");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "everything that is made is up to date\n" });
  });

  it("--check names what was edited by hand, says what to do, and changes nothing", async () => {
    for (const path of made) await project.write(path, `${await project.read(path)}\n# by hand\n`);
    const before = await contents();
    const { code, stderr } = await generate("--check");
    expect(code).toBe(1);
    expect(stderr).toContain(`Stale or edited by hand: ${made.join(", ")}\n`);
    expect(stderr).toContain("Run `npm run generate` and commit what it writes.");
    expect(await contents()).toEqual(before);
  });

  it("--check names all that is stale when a source changed, or a file is missing", async () => {
    await replaceIn("openapi/sources.yaml", "operationId: authorize", "operationId: Authorize");
    await project.delete("docs/errors.md");
    const stale = made.filter((path) => path !== "src/generated/server.ts").join(", ");
    expect((await generate("--check")).stderr).toContain(`Stale or edited by hand: ${stale}\n`);
  });

  it("fails with the names of corrections whose targets are gone", async () => {
    await replaceIn(upstream, "AuthorizeResponse203", "AuthorizeResponse204");
    const { code, stderr } = await generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^openapi\/corrections\.yaml: the documents do not have what is corrected:\n/);
    expect(stderr).toContain("  CHALLENGE-REQUIRED: $.components.schemas.AuthorizeResponse203\n");
  });

  it("fails with the name of a correction whose target was misspelt", async () => {
    await replaceIn(corrections, "$.components.schemas.Login.properties.Id.format", "$.components.Login.Id.format");
    expect((await generate()).stderr).toContain("LOGIN-ID-FORMAT: $.components.Login.Id.format");
  });

  it("fails with both files when two of them define a schema differently", async () => {
    const from = "    Transaction:\n      type: object";
    await replaceIn("openapi/interim/get-accounts-detail.yaml", from, "    Transaction:\n      type: string");
    const { code, stderr } = await generate();
    expect(code).toBe(1);
    expect(stderr).toMatch(/openapi\/\S+ and openapi\/interim\/get-accounts-detail\.yaml/);
  });

  it("takes the vendor's word where one of our own documents says otherwise", async () => {
    await replaceIn(upstream, "    Link:\n      type: object", "    Link:\n      minProperties: 1\n      type: object");
    const { code, stdout } = await generate();
    expect({ code, stdout }).toEqual({ code: 0, stdout: "made openapi/flinks.yaml\n" });
    const { components } = parse(await project.read("openapi/flinks.yaml"));
    expect(components.schemas.Link).toHaveProperty("minProperties", 1);
  });

  it("fails when the document has no server with an instance", async () => {
    await replaceIn(upstream, "{instance}-api", "toolbox-api");
    expect((await generate()).stderr).toContain("one server is expected, https://{instance}");
  });

  it("explains itself", async () => {
    expect((await generate("--help")).stdout).toMatch(/^Usage: npm run generate/);
    expect((await generate("--chekc")).code).toBe(1);
  });
});

const { operations: sources } = parse(await readFile("openapi/sources.yaml", "utf8"));
const bundled = parse(await readFile("openapi/flinks.yaml", "utf8"));

it("each source has a page, and a file with its one operation", async () => {
  for (const { operationId, file, source, page } of sources) {
    expect(page).toMatch(/^https:\/\/docs\.flinks\.com\/.*\.md$/);
    expect(file).toMatch(source === "vendor" ? /^openapi\/upstream\// : /^openapi\/interim\//);
    const items = Object.values<object>(parse(await readFile(file, "utf8")).paths);
    const [operation, ...others] = items.flatMap((item) => Object.values(item));
    expect(others).toEqual([]);
    if (source === "interim") expect(operation.operationId).toBe(operationId);
  }
  expect(Object.keys(operations)).toEqual(sources.map(({ operationId }: { operationId: string }) => operationId));
});

it("lists each operation of the document with its method and path", () => {
  for (const [operationId, { method, path }] of Object.entries(operations)) {
    expect(bundled.paths[path][method.toLowerCase()].operationId).toBe(operationId);
  }
});

it.each([
  ["getAccountsSummary", "accounts-summary-200"],
  ["getAccountsSummaryAsync", "accounts-summary-200"],
  ["getAccountsDetail", "accounts-detail-200"],
  ["getAccountsDetailAsync", "accounts-detail-200"],
  ["getStatements", "statements-200"],
] as const)("%s has the vendor's payload as its example", async (operationId, payload) => {
  const { path, method } = operations[operationId];
  const { responses } = bundled.paths[path][method.toLowerCase()];
  const captured = async (name: string) => JSON.parse(await readFile(`test/fixtures/wire/${name}.json`, "utf8"));
  expect(responses["200"].content["application/json"].example).toEqual(await captured(payload));
  expect(responses["202"].content["application/json"].example).toEqual(await captured("authorize-202"));
});

it("each correction has a name and gives its evidence", async () => {
  const { overlay, actions } = parse(await readFile("openapi/corrections.yaml", "utf8"));
  expect(overlay).toBe("1.0.0");
  const names = actions.map(({ description }: { description: string }) => {
    expect(description).toMatch(/^[A-Z][A-Z0-9-]+\. \S.{20}/s);
    return description.split(".", 1)[0];
  });
  expect(new Set(names).size).toBe(actions.length);
});

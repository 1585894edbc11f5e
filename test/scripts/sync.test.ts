import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startServerWith } from "../helpers/http-server.ts";
import { copyProject } from "../helpers/project.ts";

const upstreamPath = "openapi/upstream/authorize.yaml";
const made = ["openapi/flinks.yaml", "src/generated/schema.ts", "src/generated/server.ts", "docs/errors.md"];
const document = await readFile(upstreamPath, "utf8");
const page = (...blocks: string[]) =>
  `# /Authorize\n\nWords, and \`openapi:\` among them.\n\n## OpenAPI\n\n${blocks.join("\n\nMore words.\n\n")}\n\nThe end.\n`;
const block = (yaml: string) => `\`\`\`\`yaml POST /v3/{customerId}/BankingServices/Authorize\n${yaml}\`\`\`\``;

const project = await copyProject();
const folder = await mkdtemp(join(tmpdir(), "flinks-client-sync-"));
afterAll(() => Promise.all([project.remove(), rm(folder, { recursive: true })]));
beforeEach(() => project.restore());

const sync = (...args: string[]) => project.run("scripts/sync.ts", ...args);
const contents = () => Promise.all([upstreamPath, ...made].map((path) => project.read(path)));

async function file(text: string): Promise<string> {
  const path = join(folder, "source.md");
  await writeFile(path, text);
  return path;
}

describe("npm run sync", () => {
  it.each([
    ["a page", page(block(document))],
    ["a page with other YAML on it", page("```yaml\nmfa: true\n```", block(document), "~~~yaml\nlog: {}\n~~~")],
    ["a page with YAML in capitals", page(block(document).replace("yaml", "YAML"))],
    ["bare YAML", document],
    ["bare YAML with a byte order mark", `\ufeff${document}`],
  ])("writes nothing when %s has what is committed", async (_, text) => {
    const before = await contents();
    expect(await sync(await file(text))).toEqual({
      code: 0,
      stdout: "## The vendor's document has not changed\n\nNot one byte of it.\n",
      stderr: "",
    });
    expect(await contents()).toEqual(before);
  });

  it.each(["a file", "an address"])("takes a change from %s, makes everything anew, and reports", async (kind) => {
    const changed = document.replace("        Save:\n", "        Consent:\n          type: string\n        Save:\n");
    const source =
      kind === "a file"
        ? await file(page(block(changed)))
        : (await startServerWith({ body: page(block(changed)) })).baseUrl;
    const { code, stdout, stderr } = await sync(source);
    expect(stderr).toBe(`wrote ${upstreamPath}\nmade openapi/flinks.yaml\nmade src/generated/schema.ts\n`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## The vendor's document has changed\n\n\*\*Semver: minor\.\*\* 0 breaking/);
    expect(stdout).toContain("`request` › `Consent` | added. | nobody |");
    expect(await project.read(upstreamPath)).toBe(changed);
    expect(
      parse(await project.read("openapi/flinks.yaml")).components.schemas.AuthorizeRequest.properties,
    ).toHaveProperty("Consent");
    expect((await project.run("scripts/generate.ts", "--check")).code).toBe(0);
  });

  it("takes a page with the line ends of Windows", async () => {
    const { code, stdout } = await sync(await file(page(block(document)).replaceAll("\n", "\r\n")));
    expect(code).toBe(0);
    expect(stdout).toContain("**Semver: none.**");
  });

  it("shows the vendor's words as words", async () => {
    const code = "X` <img src=x> @octocat\\n\\n## Forged";
    const changed = document.replace("FlinksCode: DISABLED_LOGIN", `FlinksCode: "${code}"`);
    expect(changed).not.toBe(document);
    const { stdout } = await sync(await file(page(block(changed))));
    expect(stdout).toContain("- `X' &lt;img src=x> @\u200boctocat ## Forged`\n");
  });

  it("writes the document that the client cannot follow, says why, and leaves the rest to be judged", async () => {
    const changed = document.replaceAll("/v3/", "/v4/");
    const [, ...before] = await contents();
    const { code, stdout } = await sync(await file(page(block(changed))));
    expect(code).toBe(2);
    expect(stdout).toContain("**The client cannot follow by itself**");
    expect(stdout).toContain("OPERATION-ID");
    expect(await contents()).toEqual([changed, ...before]);
    expect((await project.run("scripts/generate.ts", "--check")).code).toBe(1);
  });

  it.each<[string, string, string | RegExp]>([
    ["a page without the document", page("No YAML today."), "has no fenced block of YAML with an OpenAPI document"],
    ["a page in HTML", "<!doctype html><title>Authorize</title>", "has no fenced block of YAML"],
    ["nothing", "", "has no fenced block of YAML"],
    ["a page with two", page(block(document), block(document)), "has 2 OpenAPI documents"],
    ["broken YAML", page(block(document.replace("paths:", "paths: {"))), /The YAML of .* is broken: .*line/s],
    ["a document cut in half", document.slice(0, document.length / 2), /is broken|is no valid OpenAPI document/],
    ["another version", document.replace("openapi: 3.0.3", 'openapi: "4.0"'), 'its version is "4.0"'],
    ["Swagger", document.replace("openapi: 3.0.3", 'swagger: "2.0"'), "is no OpenAPI 3 document"],
    ["another API", document.replaceAll("BankingServices/Authorize", "Payments"), "describes another API"],
    ["no paths", "openapi: 3.0.3\ninfo: {}\n", "describes another API"],
    ["YAML that is no mapping", "openapi: 3.0.3\npaths: 7\n", "describes another API"],
    [
      "a reference to a file",
      document.replace("#/components/schemas/Link", "/etc/hostname"),
      "refers to /etc/hostname",
    ],
    ["a reference to a host", document.replace("#/components/schemas/Link", "https://a.example/x"), "refers to https:"],
    ["a reference to nowhere", document.replace("schemas/Link'", "schemas/Chain'"), /no valid OpenAPI.*Chain/s],
  ])("refuses %s, and touches nothing", async (_, text, message) => {
    const before = await contents();
    const { code, stdout, stderr } = await sync(await file(text));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(await contents()).toEqual(before);
  });

  it.each([
    ["https://127.0.0.1:4/authorize.md", /^https:\/\/127\.0\.0\.1:4\/authorize\.md cannot be reached: .*ECONNREFUSED/],
    ["http://docs.flinks.example/authorize.md", "is neither a file nor an https: address"],
    ["ftp://docs.flinks.example/authorize.md", "is neither a file nor an https: address"],
    ["no/such/file.md", /^no\/such\/file\.md cannot be read: ENOENT/],
    ["", /^Usage: npm run sync/],
  ])("refuses the source %j, and touches nothing", async (source, message) => {
    const before = await contents();
    const { code, stderr } = await sync(source);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(await contents()).toEqual(before);
  });

  it("refuses a page that is not there, and touches nothing", async () => {
    const before = await contents();
    const { baseUrl } = await startServerWith({ status: 404, body: page(block(document)) });
    expect(await sync(baseUrl)).toEqual({ code: 1, stdout: "", stderr: `${baseUrl} answers HTTP 404.\n` });
    expect(await contents()).toEqual(before);
  });

  it("explains itself", async () => {
    expect((await sync("--help")).stdout).toMatch(/^Usage: npm run sync -- SOURCE/);
    expect(await sync()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Usage/) });
    expect((await sync("a", "b")).code).toBe(1);
  });
});

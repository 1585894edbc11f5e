import { OptionDefaults } from "typedoc";

/** The site of `npm run docs`. @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "flinks-client",
  entryPoints: [
    "src/index.ts",
    "src/wrappers/connect.ts",
    "src/wrappers/webhooks.ts",
    "src/wrappers/undici.ts",
    "src/sandbox/index.ts",
    "src/sandbox/server/index.ts",
  ],
  projectDocuments: [
    ...[
      "getting-started",
      "connect",
      "mfa",
      "waiting",
      "handling-errors",
      "errors",
      "webhooks",
      "testing",
      "security",
      "networks",
      "performance",
      "scale",
    ],
    ...["moving-from-node-flinks", "moving-from-flinks-api"],
  ]
    .map((name) => `docs/${name}.md`)
    .concat("CHANGELOG.md", "SECURITY.md"),
  plugin: ["./scripts/typedoc-plugin.mjs"],
  out: "site",
  // openapi-typescript writes @description.
  blockTags: [...OptionDefaults.blockTags, "@description"],
  // Nobody has told us the repository's address.
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  includeVersion: true,
  // SECURITY.md is a file, not a host in Moldova.
  markdownItOptions: { html: true, linkify: false },
  sortEntryPoints: false,
  intentionallyNotExported: ["paths", "table"],
  treatWarningsAsErrors: true,
};

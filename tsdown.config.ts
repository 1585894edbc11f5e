import { defineConfig, type UserConfig } from "tsdown";
import { keepOwnSources } from "./scripts/source-maps.ts";

const common: UserConfig = {
  // Edge runtimes and bundlers have no Node; what every supported runtime has is enough.
  platform: "neutral",
  target: "es2022",
  fixedExtension: true,
  // The names of files are under test.
  hash: false,
  sourcemap: true,
  // Only the sandbox's server and the program need Node.
  external: /^node:/,
  // The sources ship, so that the maps need not repeat them.
  outputOptions: { sourcemapExcludeSources: true },
  hooks: {
    "build:done": async ({ chunks }) => {
      const maps = chunks.filter(({ fileName }) => fileName.endsWith(".map"));
      await Promise.all(maps.map(({ outDir, fileName }) => keepOwnSources(`${outDir}/${fileName}`)));
    },
  },
};

export default defineConfig([
  {
    ...common,
    entry: {
      index: "src/index.ts",
      sandbox: "src/sandbox/index.ts",
      "sandbox-server": "src/sandbox/server/index.ts",
      webhooks: "src/wrappers/webhooks.ts",
      connect: "src/wrappers/connect.ts",
      undici: "src/wrappers/undici.ts",
    },
    dts: { sourcemap: true },
    format: {
      esm: {},
      cjs: {
        // openapi-fetch's own CommonJS exports no callable default in Node, so its ES module is bundled here.
        deps: { alwaysBundle: (id) => id === "openapi-fetch", onlyBundle: false, skipNodeModulesBundle: false },
        banner: { js: "/*! Contains openapi-fetch, MIT License, Copyright (c) 2023 Drew Powers */" },
      },
    },
  },
  // The program is run and never imported: it shares no file with the others.
  { ...common, entry: { cli: "src/cli/index.ts" }, format: "esm", dts: false },
]);

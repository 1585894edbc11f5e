import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", sandbox: "src/sandbox/index.ts" },
  // Edge runtimes and bundlers have no Node; what every supported runtime has is enough.
  platform: "neutral",
  target: "es2022",
  fixedExtension: true,
  dts: true,
  sourcemap: true,
  format: {
    esm: {},
    cjs: {
      // openapi-fetch's own CommonJS exports no callable default in Node, so its ES module is bundled here.
      deps: { alwaysBundle: (id) => id === "openapi-fetch", onlyBundle: false, skipNodeModulesBundle: false },
      banner: { js: "/*! Contains openapi-fetch, MIT License, Copyright (c) 2023 Drew Powers */" },
    },
  },
});

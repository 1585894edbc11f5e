const process = require("node:process");
const flinks = require("flinks-client");
const sandbox = require("flinks-client/sandbox");

import("./suite.mjs")
  .then(({ runSuite }) => runSuite({ ...flinks, ...sandbox }, process.argv[2]))
  .then((results) => process.stdout.write(JSON.stringify(results)));

import process from "node:process";
import * as flinks from "flinks-client";
import * as sandbox from "flinks-client/sandbox";
import { runSuite } from "./suite.mjs";

process.stdout.write(JSON.stringify(await runSuite({ ...flinks, ...sandbox }, process.argv[2])));

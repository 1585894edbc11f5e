/** Over the default transport, `globalThis.fetch`. */
import { createFlinksClient } from "../../src/index.ts";
import { options, soak } from "./soak.ts";

soak(createFlinksClient(options));

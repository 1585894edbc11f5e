/** Over `flinks-client/undici`. */
import { Agent } from "undici7";
import { createFlinksClient } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/wrappers/undici.ts";
import { options, soak } from "./soak.ts";

// Connections that closed during a run would count as memory that was freed.
const dispatcher = new Agent({ keepAliveTimeout: 600_000 });
soak(createFlinksClient({ ...options, fetch: createUndiciFetch({ dispatcher }) }));

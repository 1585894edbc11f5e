import { afterAll, it } from "vitest";
import { upstreamContract } from "./upstream.ts";

const { cases, close } = await upstreamContract("openapi/upstream/authorize.yaml");
afterAll(close);

it.each(cases)("$name", ({ run }) => run());

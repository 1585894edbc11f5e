import { beforeAll, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { installExample } from "./example.ts";

const example = await installExample("observability");
let printed: string;

beforeAll(async () => {
  printed = await example.run("sandbox");
});

it("compiles", async () => {
  expect(await example.compile()).toBe("");
});

it("writes a log line for every exchange", () => {
  const lines = printed.split("\n").filter((line) => line.startsWith('{"level"'));
  const events = lines.map((line) => JSON.parse(line));
  expect(events.map(({ level, operation, attempt, status }) => [level, operation, attempt, status])).toEqual([
    [30, "generateAuthorizeToken", 1, 200],
    [30, "authorize", 1, 200],
    [40, "getAccountsSummary", 1, 502],
    [30, "getAccountsSummary", 2, 200],
    [30, undefined, undefined, undefined],
  ]);
});

it("makes a span of every exchange, below the program's own", () => {
  const traceIds = [...printed.matchAll(/^ {2}traceId: '(\w+)'/gm)].map(([, id]) => id);
  expect(traceIds).toHaveLength(5);
  expect(new Set(traceIds).size).toBe(1);
  const [, root] = /name: 'refresh balances',\n\s+id: '(\w+)'/.exec(printed) as unknown as [string, string];
  expect(printed.match(new RegExp(`spanId: '${root}'`, "g"))).toHaveLength(4);
});

it("counts exchanges by code", () => {
  expect(printed).toMatch(/operation: 'getAccountsSummary',\s+result: 'answer',\s+code: 'HTTP_502'/);
});

it("shows no secret", () => {
  const { secretKey, apiKey } = createSandbox().options;
  for (const secret of [secretKey, apiKey]) expect(printed).not.toContain(secret);
});

import { describe, expect, it, vi } from "vitest";
import {
  createFlinksClient,
  FlinksApiError,
  FlinksConnectionError,
  FlinksError,
  FlinksMfaError,
  FlinksResponseError,
  FlinksTimeoutError,
  FlinksUsageError,
} from "../../../src/index.ts";
import { clientOf, errorOf, loginId } from "../../helpers/client.ts";
import { startServer, startServerWith } from "../../helpers/http-server.ts";
import { challenge, question, refusal } from "../../helpers/wire.ts";

const authorize = (server: { baseUrl: string }, options: object = {}) =>
  clientOf(server, options).authorize({ LoginId: loginId });

/** One error of each class, as a program gets it. */
const errors = {
  FlinksUsageError: () => createFlinksClient({} as Parameters<typeof createFlinksClient>[0]),
  FlinksApiError: async () => authorize(await startServerWith(refusal("INVALID_LOGIN"))),
  FlinksResponseError: async () => authorize(await startServerWith({ status: 502, body: "<html>" })),
  FlinksConnectionError: async () => authorize(await startServer((_, response) => void response.destroy())),
  FlinksTimeoutError: async () => authorize(await startServer(() => new Promise(() => {})), { timeoutMs: 20 }),
  FlinksMfaError: async () => {
    const flinks = clientOf(await startServerWith(challenge([question("?")])));
    return flinks.authorizeWithMfa({ LoginId: loginId }, () => ({ "?": "a" }), { maxRounds: 1 });
  },
};
type Name = keyof typeof errors;
const classes = {
  FlinksUsageError,
  FlinksApiError,
  FlinksResponseError,
  FlinksConnectionError,
  FlinksTimeoutError,
  FlinksMfaError,
};
const names = Object.keys(errors) as Name[];
const isA = (name: Name, other: Name) =>
  name === other || (name === "FlinksTimeoutError" && other === "FlinksConnectionError");

describe.each(names)("%s", (name) => {
  it("has its name, a code and whether it can be repeated", async () => {
    const error = await errorOf(errors[name] as () => unknown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, code: expect.stringMatching(/./), retryable: expect.any(Boolean) });
    expect(Object.keys(error as object)).not.toContain("name");
    const { message, stack } = error as Error;
    expect(`${stack}`.startsWith(`${name}: ${message}\n`)).toBe(true);
    // The way back to the caller, not to a timer.
    expect(stack).toMatch(/at .*[\\/]test[\\/]/);
  });

  it("is an instance of its class and its parents, also of a second copy of the package", async () => {
    const error = await errorOf(errors[name] as () => unknown);
    vi.resetModules();
    const copy = await import("../../../src/index.ts");
    expect(copy[name]).not.toBe(classes[name]);
    expect([error instanceof FlinksError, error instanceof copy.FlinksError]).toEqual([true, true]);
    for (const other of names) {
      expect([error instanceof classes[other], error instanceof copy[other]]).toEqual(Array(2).fill(isA(name, other)));
    }
  });

  it("says which operation failed, after how many requests, if one was sent", async () => {
    const error = await errorOf(errors[name] as () => unknown);
    if (name === "FlinksUsageError") {
      expect(error).not.toHaveProperty("operation");
      expect(error).not.toHaveProperty("attempts");
    } else expect(error).toMatchObject({ operation: "authorize", attempts: 1 });
  });
});

describe("instanceof", () => {
  it("holds for a class that a user derives, and not for its siblings", () => {
    class OurError extends FlinksUsageError {}
    const ours = new OurError("m", { code: "invalid_request" });
    expect(ours).toBeInstanceOf(OurError);
    expect(ours).toBeInstanceOf(FlinksUsageError);
    expect(new FlinksUsageError("m", { code: "invalid_request" })).not.toBeInstanceOf(OurError);
  });

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["a string", "FlinksError"],
    ["a number", 7],
    ["an object", {}],
    ["another error", new Error("m")],
    ["an object without a prototype", Object.create(null)],
    [
      "a Proxy that throws",
      new Proxy(
        {},
        {
          get() {
            throw new Error("trapped");
          },
        },
      ),
    ],
  ])("does not hold for %s", (_, value) => {
    expect(value instanceof FlinksError).toBe(false);
  });
});

it("an error has no cause, prompts or other facts that were not given", () => {
  const error = new FlinksUsageError("m", { code: "invalid_answers", prompts: undefined });
  expect(Reflect.ownKeys(error).sort()).toEqual(["code", "message", "retryable", "stack"]);
  expect(new FlinksUsageError("m", { code: "invalid_answers", prompts: ["p"] })).toMatchObject({ prompts: ["p"] });
});

it("a name can be set, as on any error", () => {
  const error: Error = new FlinksUsageError("m", { code: "invalid_options" });
  error.name = "Renamed";
  expect(`${error}`).toBe("Renamed: m");
});

import { describe, expect, it, vi } from "vitest";
import {
  FlinksApiError,
  FlinksConnectionError,
  FlinksError,
  FlinksMfaError,
  FlinksResponseError,
  FlinksTimeoutError,
  FlinksUsageError,
} from "../../src/index.ts";

const challenge = { requestId: "r", questions: [], round: 1, receivedAt: "2026-01-01T00:00:00.000Z" };
const apiDetails = {
  status: 401,
  code: "INVALID_LOGIN",
  category: "credentials",
  action: "reenter_credentials",
  retryable: false,
  headers: {},
} as const;

const made = [
  ["FlinksUsageError", new FlinksUsageError("m"), FlinksUsageError],
  ["FlinksApiError", new FlinksApiError("m", apiDetails), FlinksApiError],
  [
    "FlinksResponseError",
    new FlinksResponseError("m", { status: 200, headers: {}, bodyExcerpt: "" }),
    FlinksResponseError,
  ],
  ["FlinksConnectionError", new FlinksConnectionError("m"), FlinksConnectionError],
  ["FlinksTimeoutError", new FlinksTimeoutError("m", { timeoutMs: 1 }), FlinksTimeoutError],
  ["FlinksMfaError", new FlinksMfaError("m", { challenge }), FlinksMfaError],
] as const;

describe.each(made)("%s", (name, error, type) => {
  it("is an Error and a FlinksError with a stable name", () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(FlinksError);
    expect(error).toBeInstanceOf(type);
    expect(error.name).toBe(name);
    expect(error.stack).toMatch(new RegExp(`^${name}: m\n`));
    expect(Object.keys(error)).not.toContain("name");
    expect(error).not.toHaveProperty("cause");
  });

  it("is recognised by a second copy of the package", async () => {
    vi.resetModules();
    const copy = await import("../../src/index.ts");
    expect(copy[name]).not.toBe(type);
    expect(error).toBeInstanceOf(copy[name]);
    expect(error).toBeInstanceOf(copy.FlinksError);
    const others = made.map(([other]) => other).filter((other) => other !== name);
    for (const other of others) {
      const isParent = other === "FlinksConnectionError" && name === "FlinksTimeoutError";
      expect(error instanceof copy[other]).toBe(isParent);
    }
  });
});

it("an error's name can be set, and has no place among its own properties until it is", () => {
  class OurError extends FlinksApiError {
    override name = "OurError";
  }
  expect(`${new OurError("m", apiDetails)}`).toBe("OurError: m");
  const error = new FlinksUsageError("m");
  expect(Reflect.ownKeys(error).sort()).toEqual(["message", "stack"]);
  error.name = "Renamed";
  expect(`${error}`).toBe("Renamed: m");
});

it("an error of a copy of the package in another realm is one, by the name in the registry", () => {
  const theirs = { [Symbol.for("flinks-client.error")]: "FlinksError/FlinksApiError/" };
  expect(theirs).toBeInstanceOf(FlinksApiError);
  expect(theirs).not.toBeInstanceOf(FlinksUsageError);
  expect(Object.create({ [Symbol.for("flinks-client.error")]: "FlinksError/" })).toBeInstanceOf(FlinksError);
});

describe("instanceof", () => {
  it("holds for a class that a user derives, and not for its siblings", () => {
    class OurError extends FlinksUsageError {}
    expect(new OurError("m")).toBeInstanceOf(OurError);
    expect(new OurError("m")).toBeInstanceOf(FlinksUsageError);
    expect(new FlinksUsageError("m")).not.toBeInstanceOf(OurError);
  });

  it.each([null, undefined, "FlinksError", 7, {}, new Error("m"), Object.create(null)])(
    "does not hold for %o",
    (value) => {
      expect(value instanceof FlinksError).toBe(false);
    },
  );
});

it("causes and prompts are there when they are given", () => {
  const cause = new Error("why");
  expect(new FlinksUsageError("m", { cause, prompts: ["p"] })).toMatchObject({ cause, prompts: ["p"] });
  expect(new FlinksConnectionError("m", { cause })).toMatchObject({ cause });
});

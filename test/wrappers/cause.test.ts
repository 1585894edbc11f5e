import { describe, expect, it } from "vitest";
import { safeCause } from "../../src/wrappers/cause.ts";
import { maskOf } from "../../src/wrappers/redact.ts";

const secret = "s3cret-of-someone";
/** Made anew each time: what runs while tests are collected, no test is seen to fail for. */
const mask = (text: string) => maskOf([secret])(text);

describe("a cause without a secret is kept as it is", () => {
  const deep = (levels: number): Error => new Error("m", levels > 0 ? { cause: deep(levels - 1) } : {});
  class TheirError extends Error {
    override name = "TheirError";
    code = "E_THEIRS";
    details = { list: [1, "a", null, undefined, true, 7n], at: {} };
  }

  it.each<[string, unknown]>([
    ["an error", new Error("m")],
    ["of another class", new TypeError("m", { cause: new RangeError("n") })],
    ["of a class of somebody's", new TheirError("m")],
    ["of a class without a constructor", inheriting({ constructor: undefined })],
    ["with errors in it", new AggregateError([new Error("a"), new Error("b")], "m")],
    ["with a symbol", Object.assign(new Error("m"), { [Symbol("s")]: 1 })],
    ["three deep, as Node has them", deep(3)],
    ["eight deep, which is the most", deep(8)],
    ["a DOMException", new DOMException("m", "NetworkError")],
    ["a string", "m"],
    ["nothing", undefined],
    ["null", null],
    ["a number", 7],
  ])("%s", (_, error) => {
    expect(safeCause(error, mask)).toBe(error);
  });

  it("as fetch throws it when nobody listens", async () => {
    const refused: unknown = await fetch("http://127.0.0.1:9").catch((error: unknown) => error);
    expect(refused).toMatchObject({ cause: expect.anything() });
    expect(safeCause(refused, mask)).toBe(refused);
  });

  it("of another realm, as Jest's environment has it", async () => {
    const { runInNewContext } = await import("node:vm");
    const foreign = runInNewContext("new TypeError('m', { cause: new Error('n') })");
    expect(foreign).not.toBeInstanceOf(Error);
    expect(safeCause(foreign, mask)).toBe(foreign);
  });
});

const bound = ((value: unknown) => value).bind(null, { secret });
const withNothing = () => Object.assign(new Error("m"), { at: Object.create(null) });

function inheriting(members: object): Error {
  class TheirError extends Error {}
  Object.assign(TheirError.prototype, members);
  return Object.defineProperty(new TheirError("m"), "name", { value: "Error", enumerable: false });
}

describe("a cause with a secret is a copy of what a log needs", () => {
  it("name, message, stack, code and causes, masked", () => {
    const inner = Object.assign(new RangeError(`inner ${secret}`), { code: "ECONNRESET" });
    const error = Object.assign(new TypeError(`outer ${secret}`, { cause: inner }), {
      code: 7,
      request: { secret },
    });
    const copy = safeCause(error, mask) as Error & { cause: Error };
    expect(copy).not.toBe(error);
    expect(copy).toMatchObject({ name: "TypeError", message: "outer [redacted]" });
    expect(copy.stack).toMatch(/^TypeError: outer \[redacted\]\n +at /);
    expect(copy.cause).toMatchObject({ name: "RangeError", message: "inner [redacted]", code: "ECONNRESET" });
    expect(Reflect.ownKeys(copy).sort()).toEqual(["cause", "message", "name", "stack"]);
  });

  it("a chain is cut behind its ninth error, harmless or not", () => {
    const deep = (levels: number): Error =>
      new Error(`${levels}`, levels > 0 ? { cause: deep(levels - 1) } : {});
    const messages: string[] = [];
    for (let at = safeCause(deep(9), mask) as Error | undefined; at !== undefined; at = at.cause as Error)
      messages.push(at.message);
    expect(messages).toEqual(["9", "8", "7", "6", "5", "4", "3", "2", "1"]);
  });

  it("a harmless cause inside is kept as it is", () => {
    const cause = new Error("harmless");
    expect((safeCause(new Error(secret, { cause }), mask) as Error).cause).toBe(cause);
  });

  it.each<[string, unknown]>([
    ["a function on it", Object.assign(new Error("m"), { retry: () => secret })],
    [
      "a method of its class",
      new (class extends Error {
        show() {
          return secret;
        }
      })("m"),
    ],
    [
      "a getter of its class",
      new (class extends Error {
        get body() {
          return secret;
        }
      })("m"),
    ],
    [
      "an object of a class on it",
      Object.assign(new Error("m"), { request: new Request("http://localhost") }),
    ],
    ["a map on it", Object.assign(new Error("m"), { sent: new Map() })],
    ["a key", Object.assign(new Error("m"), { [secret]: 1 })],
    ["a symbol", Object.assign(new Error("m"), { [Symbol(secret)]: 1 })],
    ["a symbol as a value", Object.assign(new Error("m"), { at: Symbol(secret) })],
    ["a bound function, which calls itself native", Object.assign(new Error("m"), { toJSON: bound })],
    ["a bound function of its class", inheriting({ toJSON: bound })],
    ["an object without a prototype, which may be anything", withNothing()],
    ["a constructor that is put on it", Object.assign(new Error("m"), { constructor: () => secret })],
    [
      "a getter that throws",
      Object.defineProperty(new Error("m"), "trap", {
        get() {
          throw new Error(secret);
        },
      }),
    ],
  ])("for %s", (_, error) => {
    const copy = safeCause(error, mask);
    expect(copy).not.toBe(error);
    expect(copy).toMatchObject({ name: "Error", message: "m" });
    expect(Reflect.ownKeys(copy as object).sort()).toEqual(["cause", "message", "name", "stack"]);
  });

  it("for a number that is the secret", () => {
    const error = Object.assign(new Error("m"), { pin: 12345678 });
    expect(safeCause(error, maskOf(["12345678"]))).not.toBe(error);
    expect(safeCause(error, maskOf(["87654321"]))).toBe(error);
  });

  it.each<[string, unknown]>([
    ["a string", secret],
    ["an object", { secret }],
    ["an object without a prototype", Object.create(null)],
    ["an object of a class", new Map()],
    ["a function", () => secret],
  ])("%s that was thrown leaves nothing", (_, thrown) => {
    expect(safeCause(thrown, mask)).toBeUndefined();
  });

  it("causes are followed nine deep at most, around in a circle too", () => {
    const circle = Object.assign(new Error(secret), { cause: undefined as unknown });
    circle.cause = circle;
    let depth = 0;
    for (let at = safeCause(circle, mask) as Error | undefined; at !== undefined; at = at.cause as Error)
      depth += 1;
    expect(depth).toBe(9);

    const harmless = Object.assign(new Error("m"), { cause: undefined as unknown });
    harmless.cause = harmless;
    expect(safeCause(harmless, mask)).toMatchObject({ message: "m" });
  });
});

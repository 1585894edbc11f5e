/** What is left of an error that a `fetch` rejects with: an allow-list of facts, whatever the error is. */
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { FlinksConnectionError } from "../../../src/index.ts";
import { clientOf, errorOfClass, loginId, secrets } from "../../helpers/client.ts";
import { cpuTimeOf } from "../../helpers/cpu-time.ts";
import { clientWith } from "../../helpers/fetch.ts";
import { stringsOn } from "../../helpers/strings-on.ts";

const credentials = { Institution: "FlinksCapital", Username: secrets.Username, Password: secrets.Password };

/** The error of a call with secrets whose `fetch` rejects with this. */
function errorAfter(thrown: unknown, options: object = {}, request: object = {}): Promise<FlinksConnectionError> {
  const flinks = clientWith(() => Promise.reject(thrown), options);
  return errorOfClass(FlinksConnectionError, flinks.authorize({ ...credentials, ...request }));
}

const facts = {
  code: "ECONNRESET",
  errno: -104,
  syscall: "read",
  address: "127.0.0.1",
  port: 9,
  hostname: "a.example",
};

describe("a cause keeps", () => {
  it("name, message, the system's facts and its own causes", async () => {
    const inner = Object.assign(new RangeError("inner"), facts);
    const { cause } = await errorAfter(new TypeError("outer", { cause: inner }));
    expect(cause).toMatchObject({ name: "TypeError", message: "outer", cause: { message: "inner", ...facts } });
    expect((cause as Error).cause).toMatchObject({ name: "RangeError" });
    expect((cause as Error).cause).not.toHaveProperty("cause");
  });

  it("nothing else, not even what is hidden or inherited", async () => {
    class TheirError extends Error {
      override name = "TheirError";
      request = { body: secrets.Password };
      get body() {
        return secrets.Password;
      }
    }
    const thrown = Object.assign(new TheirError("m"), { [Symbol("s")]: 1, toJSON: () => secrets.Password });
    const { cause } = await errorAfter(Object.defineProperty(thrown, "hidden", { value: new Map() }));
    expect(cause).not.toBe(thrown);
    expect(cause?.constructor).toBe(Error);
    expect(Reflect.ownKeys(cause as Error).sort()).toEqual(["message", "name", "stack"]);
    expect(cause).toMatchObject({ name: "TheirError", message: "m" });
  });

  it("five levels of causes, and up to 2 000 characters of each fact", async () => {
    const levels = ["a", "b", "c", "d", "e", "f"];
    const error = await errorAfter(levels.reduceRight((cause, m) => new Error(m, { cause }), undefined as unknown));
    const messages: string[] = [];
    for (let at: unknown = error.cause; at instanceof Error; at = at.cause) messages.push(at.message);
    expect(messages).toEqual(levels.slice(0, 5));
    const hostname = "h".repeat(2_000);
    expect((await errorAfter(Object.assign(new Error("m"), { hostname }))).cause).toHaveProperty("hostname", hostname);
    const longer = Object.assign(new Error("m"), { hostname: `${hostname}h` });
    expect((await errorAfter(longer)).cause).not.toHaveProperty("hostname");
  });

  it("no message of more than 100 000 characters, and an empty one where there is none", async () => {
    expect((await errorAfter(new Error("m".repeat(100_000)))).cause).toHaveProperty("message", "m".repeat(2_000));
    expect((await errorAfter(new Error("m".repeat(100_001)))).cause).toHaveProperty("message", "[too long]");
    expect((await errorAfter(Object.assign(new Error("m"), { message: 7 }))).cause).toHaveProperty("message", "");
  });

  it("what Node's own fetch throws", async () => {
    const error = await errorOfClass(
      FlinksConnectionError,
      clientOf({ baseUrl: "http://127.0.0.1:1" }).authorize({ LoginId: loginId }),
    );
    expect(error).toMatchObject({
      code: expect.any(String),
      cause: { name: "TypeError", message: "fetch failed", cause: { message: expect.any(String) } },
    });
  });

  it("an error from another realm, as in Jest's environments", async () => {
    const foreign = runInNewContext('Object.assign(new TypeError("m", { cause: new Error("n") }), { code: "E" })');
    expect(foreign).not.toBeInstanceOf(Error);
    const error = await errorAfter(foreign);
    expect(error).toMatchObject({ code: "E", cause: { name: "TypeError", message: "m", cause: { message: "n" } } });
  });
});

describe("a secret in a cause", () => {
  it("is replaced in messages, all the way down", async () => {
    const thrown = new Error(`a ${secrets.Username}`, { cause: new Error(`b ${JSON.stringify(secrets.Password)}`) });
    const error = await errorAfter(thrown);
    expect(error.cause).toMatchObject({ message: "a [redacted]", cause: { message: 'b "[redacted]"' } });
  });

  it.each(["name", "code", "syscall", "hostname", "address"])("leaves %s out, instead of rewriting it", async (key) => {
    const thrown = Object.assign(new Error("m"), { [key]: `x-${secrets.Username}-y` });
    const error = await errorAfter(thrown);
    expect(error.code).toBe("connection_failed");
    expect(Object.hasOwn(error.cause as Error, key)).toBe(false);
    expect(stringsOn(error).join()).not.toContain(secrets.Username);
  });

  it("that is one character cuts nothing out of an address", async () => {
    const thrown = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), facts);
    const { cause } = await errorAfter(thrown, {}, { Password: "1" });
    expect(cause).not.toHaveProperty("address");
    expect(cause).toMatchObject({ message: "connect ECONNREFUSED 127.0.0.[redacted]:9", code: "ECONNRESET", port: 9 });
  });

  it("is replaced before the message is cut", async () => {
    const { cause } = await errorAfter(new Error(`${"-".repeat(1_995)}${secrets.Username}`));
    expect((cause as Error).message).toBe(`${"-".repeat(1_995)}[reda`);
  });
});

describe("what is thrown and is not an error leaves no cause", () => {
  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a string", secrets.Password],
    ["a symbol", Symbol(secrets.Password)],
    ["an object", { message: secrets.Password }],
    ["an object without a prototype", Object.create(null)],
    ["a function", () => secrets.Password],
  ])("%s", async (_, thrown) => {
    const error = await errorAfter(thrown);
    expect(error).toMatchObject({ code: "connection_failed", mayHaveBeenSent: true });
    expect(error).not.toHaveProperty("cause");
  });
});

const throwing = () => {
  throw new Error("trapped");
};
const withGetter = (key: string) => Object.defineProperty(new Error("m"), key, { get: throwing });

describe("an error that throws when it is read is a FlinksConnectionError, observed or not", () => {
  it.each<[string, unknown]>([
    ...["name", "message", "code", "cause", "stack", "errno"].map((key): [string, unknown] => [key, withGetter(key)]),
    ["a symbol as its message", Object.assign(new Error("m"), { message: Symbol("s") })],
    ["a symbol as its code", Object.assign(new Error("m"), { code: Symbol("s") })],
    ["an object as its name", Object.assign(new Error("m"), { name: { toString: throwing } })],
    ["a revoked Proxy", revoked()],
    ["a Proxy without a prototype to get", new Proxy(new Error("m"), { getPrototypeOf: throwing })],
    ["a Proxy without properties to get", new Proxy(new Error("m"), { get: throwing })],
    [
      "a Proxy that throws at everything",
      new Proxy(new Error("m"), { get: throwing, getPrototypeOf: throwing, has: throwing, ownKeys: throwing }),
    ],
  ])("%s", async (_, thrown) => {
    for (const options of [{}, { onExchange: () => {} }]) {
      const error = await errorAfter(thrown, options);
      expect(error).toMatchObject({ name: "FlinksConnectionError", code: "connection_failed", attempts: 1 });
    }
  });

  function revoked(): object {
    const { proxy, revoke } = Proxy.revocable(new Error("m"), {});
    revoke();
    return proxy;
  }
});

describe("a hostile cause costs nothing to speak of", () => {
  const deep = (levels: number): Error => new Error("m".repeat(500), levels > 0 ? { cause: deep(levels - 1) } : {});
  const circle = Object.assign(new Error("m"), { cause: undefined as unknown });
  circle.cause = circle;

  it.each<[string, unknown]>([
    ["deep", deep(2_000)],
    ["in a circle", circle],
    ["wide", new AggregateError(Array.from({ length: 10_000 }, () => deep(3)))],
    ["with a message of megabytes", new Error("m".repeat(20_000_000))],
    ["with a code of megabytes", Object.assign(new Error("m"), { code: "E".repeat(20_000_000) })],
  ])("%s", async (_, thrown) => {
    let cause: unknown;
    const time = await cpuTimeOf(async () => {
      ({ cause } = await errorAfter(thrown));
    });
    expect(time).toBeLessThan(500);
    let levels = 0;
    for (let at = cause; at instanceof Error; at = at.cause) levels += 1;
    expect(levels).toBeLessThanOrEqual(5);
    expect(stringsOn(cause).join("").length).toBeLessThan(50_000);
  });
});

/** Calls that got no response: what happened, and whether the request may have been sent. */
import { describe, expect, it } from "vitest";
import { FlinksConnectionError, FlinksTimeoutError } from "../../../src/index.ts";
import { clientOf, errorOfClass, loginId } from "../../helpers/client.ts";
import { authorizeWith } from "../../helpers/fetch.ts";
import { startServer } from "../../helpers/http-server.ts";
import { listen } from "../../helpers/listen.ts";

/** As Node's fetch has it: the system's error is the cause of its own. */
const failed = (code: unknown) => new TypeError("fetch failed", { cause: Object.assign(new Error("m"), { code }) });

/** The error of a cached call whose attempts fail with these codes, one after the other. */
function errorAfter(...codes: unknown[]): Promise<FlinksConnectionError> {
  const retry = { retries: codes.length - 1, minDelayMs: 0 };
  return errorOfClass(
    FlinksConnectionError,
    authorizeWith(() => Promise.reject(failed(codes.shift())), { retry }),
  );
}

it("a connection that is refused has the system's code, and sent nothing", async () => {
  const { baseUrl, close } = await listen(() => {});
  await close();
  const error = await errorOfClass(FlinksConnectionError, clientOf({ baseUrl }).authorize({ LoginId: loginId }));
  expect(error).toMatchObject({
    name: "FlinksConnectionError",
    code: "ECONNREFUSED",
    mayHaveBeenSent: false,
    retryable: true,
    operation: "authorize",
    attempts: 1,
    cause: {
      name: "TypeError",
      message: "fetch failed",
      cause: { code: "ECONNREFUSED", port: Number(new URL(baseUrl).port) },
    },
  });
  expect(error.message).toBe(
    "Authorize got no response: the server refused the connection (ECONNREFUSED). Check baseUrl and its port, the proxy and the firewall. Nothing was sent.",
  );
});

it.each<[string, (response: { destroy(): void; write(text: string): void }) => void]>([
  ["before the response", (response) => response.destroy()],
  [
    "inside the body",
    (response) => {
      response.write('{"RequestId":');
      setImmediate(() => response.destroy());
    },
  ],
])("a connection that is cut %s may have sent the request", async (_, cut) => {
  const server = await startServer((_request, response) => void cut(response));
  const error = await errorOfClass(FlinksConnectionError, clientOf(server).authorize({ LoginId: loginId }));
  expect(error).toMatchObject({ code: "UND_ERR_SOCKET", mayHaveBeenSent: true });
  expect(error).not.toBeInstanceOf(FlinksTimeoutError);
  expect(error.message).toBe(
    "Authorize got no response: the connection was closed before the response was complete (UND_ERR_SOCKET). A server or proxy that wants a client certificate may also close it. The server may have received the request.",
  );
});

describe("mayHaveBeenSent", () => {
  it.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "UND_ERR_CONNECT_TIMEOUT",
  ])("is false after %s, which comes before a connection is there", async (code) => {
    expect(await errorAfter(code)).toMatchObject({ code, mayHaveBeenSent: false });
  });

  it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "UND_ERR_SOCKET", "NEW"])(
    "is true after %s",
    async (code) => {
      expect(await errorAfter(code)).toMatchObject({ code, mayHaveBeenSent: true });
    },
  );

  it.each<[string[], boolean]>([
    [["ECONNREFUSED", "ENOTFOUND"], false],
    [["ECONNRESET", "ECONNREFUSED"], true],
    [["ECONNREFUSED", "ECONNRESET"], true],
    [["ECONNREFUSED", "ECONNRESET", "ECONNREFUSED"], true],
  ])("counts all attempts: %j", async (codes, mayHaveBeenSent) => {
    const attempts = codes.length;
    expect(await errorAfter(...codes)).toMatchObject({ mayHaveBeenSent, attempts });
  });

  it("is true if an earlier attempt was answered", async () => {
    const replies = [async () => new Response("", { status: 503 }), () => Promise.reject(failed("ECONNREFUSED"))];
    const call = authorizeWith(() => replies.shift()?.(), { retry: { retries: 1, minDelayMs: 0 } });
    expect(await errorOfClass(FlinksConnectionError, call)).toMatchObject({ mayHaveBeenSent: true, attempts: 2 });
  });
});

describe("attempts", () => {
  it("do not count the requests of another operation", async () => {
    const replies = [
      failed("ECONNRESET"),
      Response.json({ HttpStatusCode: 200, Token: "t" }),
      failed("ECONNREFUSED"),
      Response.json({ HttpStatusCode: 200, Token: "t" }),
      failed("ECONNREFUSED"),
    ];
    const fetch = async () => {
      const reply = replies.shift();
      if (reply instanceof Error) throw reply;
      return reply;
    };
    const call = authorizeWith(fetch, { secretKey: "k", retry: { retries: 2, minDelayMs: 0 } });
    // Minting may have been sent; the session was not.
    const expected = { operation: "authorize", attempts: 2, mayHaveBeenSent: false };
    expect(await errorOfClass(FlinksConnectionError, call)).toMatchObject(expected);
  });
});

describe("code", () => {
  it("is that of the outermost error that has one", async () => {
    const thrown = Object.assign(failed("INNER"), { code: "OUTER" });
    const error = await errorOfClass(
      FlinksConnectionError,
      authorizeWith(() => Promise.reject(thrown)),
    );
    expect(error.code).toBe("OUTER");
  });

  it.each([undefined, "", 7, null])("is connection_failed where the system's is %j", async (code) => {
    expect(await errorAfter(code)).toMatchObject({ code: "connection_failed", mayHaveBeenSent: true });
  });
});

describe("a limit of the transport's own is a FlinksTimeoutError that says so", () => {
  const between = "Check the network, and what stands between this program and the API.";
  it.each([
    ["UND_ERR_HEADERS_TIMEOUT", true, `${between} The server may have received the request.`],
    ["UND_ERR_BODY_TIMEOUT", true, `${between} The server may have received the request.`],
    ["UND_ERR_CONNECT_TIMEOUT", false, "Check the network, the proxy and the firewall. Nothing was sent."],
  ])("%s", async (code, mayHaveBeenSent, hint) => {
    const error = await errorAfter(code);
    expect(error).toBeInstanceOf(FlinksTimeoutError);
    expect(error).toMatchObject({ name: "FlinksTimeoutError", code, mayHaveBeenSent, retryable: true, attempts: 1 });
    expect(error).not.toHaveProperty("timeoutMs");
    expect(error.message).toBe(`Authorize reached a time limit of fetch itself (${code}), not timeoutMs. ${hint}`);
  });

  it("also where it runs out inside the body", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(failed("UND_ERR_BODY_TIMEOUT")) });
    const call = authorizeWith(async () => new Response(body));
    expect(await errorOfClass(FlinksTimeoutError, call)).toMatchObject({ code: "UND_ERR_BODY_TIMEOUT" });
  });
});

it("a ReferenceError inside fetch names what is missing, and may have come after the request was sent", async () => {
  const fetch = () => Promise.reject(new ReferenceError("TextEncoder is not defined"));
  for (const options of [{}, { retry: { retries: 2, minDelayMs: 0 } }]) {
    await expect(authorizeWith(fetch, options)).rejects.toMatchObject({
      name: "FlinksConnectionError",
      code: "connection_failed",
      mayHaveBeenSent: true,
      message: expect.stringContaining(
        "fetch uses something that is not defined (TextEncoder). Some test environments",
      ),
    });
  }
});

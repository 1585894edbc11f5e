import { describe, expect, it } from "vitest";
import { type FlinksFetch, FlinksResponseError, type Statements } from "../../../src/index.ts";
import { clientOf, errorOfClass } from "../../helpers/client.ts";
import { startServer } from "../../helpers/http-server.ts";
import { dataCalls, detail, requestId } from "./support.ts";

const mebibyte = 1024 * 1024;

/** Statements whose one file makes the body this long. */
function statementsOf(length: number): string {
  const [before, after] = ['{"StatementsByAccount":[{"Statements":[{"Base64Bytes":"', '"}]}]}'];
  return before + "A".repeat(length - before.length - after.length) + after;
}

/** Sends a body in pieces, cut at any byte. */
function startServerOfPieces(body: Buffer, pieceLength: number, contentType = "application/json") {
  return startServer(async (_, response) => {
    response.writeHead(200, { "content-type": contentType });
    for (let at = 0; at < body.length; at += pieceLength) {
      const piece = body.subarray(at, at + pieceLength);
      if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve));
    }
    response.end();
    return undefined;
  });
}

describe("the limit of a response", () => {
  it("of getStatements is its own, and not the client's", async () => {
    const text = statementsOf(11 * mebibyte);
    const server = await startServerOfPieces(Buffer.from(text), mebibyte);
    const { getStatements } = clientOf(server, { maxResponseBytes: 100 });
    const outcome = await getStatements({ RequestId: requestId });
    expect(JSON.stringify((outcome as { data: Statements }).data) === text).toBe(true);
  });

  it("of getStatements is 128 MiB", async () => {
    const body = (async function* () {
      yield new Uint8Array(128 * mebibyte);
      yield new Uint8Array(1);
    })();
    const fetch: FlinksFetch = async () => ({ status: 200, headers: new Headers(), body, text: async () => "" });
    const { getStatements } = clientOf({ baseUrl: "http://localhost" }, { fetch });
    const error = await errorOfClass(FlinksResponseError, getStatements({ RequestId: requestId }));
    expect(error.message).toContain("with a body of more than 134217728 bytes (maxResponseBytes), no content type.");
  });

  it("of getStatements is the call option, if it is set", async () => {
    const server = await startServerOfPieces(Buffer.from(statementsOf(1_000)), 100);
    const { getStatements } = clientOf(server);
    expect(await getStatements({ RequestId: requestId }, { maxResponseBytes: 1_000 })).toMatchObject({
      status: "ready",
    });
    const error = await errorOfClass(
      FlinksResponseError,
      getStatements({ RequestId: requestId }, { maxResponseBytes: 999 }),
    );
    expect(error).toMatchObject({
      message:
        "GetStatements returned HTTP 200 with a body of more than 999 bytes (maxResponseBytes), application/json. " +
        "Raise the limit if the response is as long as that.",
      bodyExcerpt: "",
      retryable: false,
    });
  });

  it.each(dataCalls.filter(({ name }) => name !== "getStatements"))(
    "of $name is the client's",
    async ({ call, ready }) => {
      const text = JSON.stringify(ready.body);
      const server = await startServer(() => ready);
      const flinks = clientOf(server, { maxResponseBytes: text.length - 1 });
      const error = await errorOfClass(FlinksResponseError, call(flinks));
      expect(error.message).toContain(`more than ${text.length - 1} bytes`);
      expect(await call(flinks, { maxResponseBytes: text.length })).toMatchObject({ status: "ready" });
    },
  );

  it("of a wait is the limit of each of its responses", async () => {
    const server = await startServer(() => detail);
    const { waitForAccountsDetail } = clientOf(server);
    const call = waitForAccountsDetail({ RequestId: requestId }, { maxResponseBytes: 100 });
    expect((await errorOfClass(FlinksResponseError, call)).message).toContain("more than 100 bytes");
  });
});

describe("a long text arrives whole", () => {
  const text = `{"StatementsByAccount": [], "Text": "${"é€😀a".repeat(30_000)}"}`;

  it.each([
    ["one byte", 1],
    ["seven bytes", 7],
    ["more bytes than fit into one read", 70_001],
  ])("in pieces of %s", async (_, length) => {
    // Small pieces are slow to send, so only a part of the text goes in those.
    const sent = length < 10 ? `{"StatementsByAccount": [], "Text": "${"é€😀a".repeat(1_000 * length)}"}` : text;
    const server = await startServerOfPieces(Buffer.from(sent), length);
    const outcome = await clientOf(server).getStatements({ RequestId: requestId });
    expect(outcome).toMatchObject({ data: JSON.parse(sent) });
  });

  it.each([
    ["UTF-8 with a byte order mark", "application/json", Buffer.from(`\ufeff${text}`)],
    ["UTF-16", "application/json; charset=utf-16le", Buffer.from(text, "utf16le")],
    ["Latin-1", 'application/json; charset="ISO-8859-1"', Buffer.from(text.replace(/[€😀]/gu, ""), "latin1")],
    ["UTF-8 under an unknown name", "application/json; charset=x-none", Buffer.from(text)],
  ])("in %s", async (name, contentType, bytes) => {
    const server = await startServerOfPieces(bytes, 10_001, contentType);
    const outcome = await clientOf(server).getStatements({ RequestId: requestId });
    const expected = name === "Latin-1" ? text.replace(/[€😀]/gu, "") : text;
    expect(outcome).toMatchObject({ data: JSON.parse(expected) });
  });
});

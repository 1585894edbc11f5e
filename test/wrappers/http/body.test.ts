/** How a body becomes text: in any pieces, in the charset that the response declares. */
import { describe, expect, it } from "vitest";
import { clientOf, errorOf, loginId } from "../../helpers/client.ts";
import { cpuTimeOf } from "../../helpers/cpu-time.ts";
import { authorizeWith, responseLike } from "../../helpers/fetch.ts";
import { startServer, startServerWith } from "../../helpers/http-server.ts";

const requestId = "é-\ud83d\ude00";
const text = JSON.stringify({ HttpStatusCode: 200, RequestId: requestId });

describe("JSON is read", () => {
  it.each([
    ["under another content type", { body: text, headers: { "content-type": "text/plain" } }],
    ["after a byte order mark", { body: `\ufeff${text}` }],
    ["with blanks around it", { body: ` \r\n${text}\n` }],
  ])("%s", async (_, reply) => {
    const server = await startServerWith(reply);
    expect(await clientOf(server).authorize({ LoginId: loginId })).toMatchObject({ requestId });
  });

  it("in pieces of one byte, with characters cut in two", async () => {
    const server = await startServer(async (_, response) => {
      for (const byte of Buffer.from(text)) {
        response.write(new Uint8Array([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
      return undefined;
    });
    expect(await clientOf(server).authorize({ LoginId: loginId })).toMatchObject({ requestId });
  });

  it("in many pieces, without copying all of them for each", async () => {
    const blanks = new TextEncoder().encode(" ".repeat(1_000));
    async function* pieces() {
      for (let at = 0; at < 10_000; at++) yield blanks;
      yield new TextEncoder().encode(text);
    }
    const call = () => authorizeWith(async () => responseLike({ body: pieces() }));
    // Fifty gigabytes take many seconds.
    expect(await cpuTimeOf(async () => expect(await call()).toMatchObject({ requestId }))).toBeLessThan(3_000);
  });
});

describe("the charset that a response declares is used", () => {
  const prompt = "Où êtes-vous né ?";
  const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
    "utf-8": (text) => Buffer.from(text),
    "UTF-16": (text) => Buffer.from(text, "utf16le"),
    "iso-8859-1": (text) => Buffer.from(text, "latin1"),
    "windows-1252": (text) => Buffer.from(text, "latin1"),
  };

  it.each<[string, string]>([
    ["application/json", "utf-8"],
    ["application/json; charset=utf-8", "utf-8"],
    ["application/json;CHARSET=UTF-16", "UTF-16"],
    ['application/json; a=b; charset="iso-8859-1"', "iso-8859-1"],
    ["application/json; charset=windows-1252; a=b", "windows-1252"],
    ["application/json; charset=unheard-of", "utf-8"],
    ["application/json; charset=", "utf-8"],
  ])("%s", async (type, encoding) => {
    const json = JSON.stringify({
      RequestId: "r",
      SecurityChallenges: [{ Type: "QuestionAndAnswer", Prompt: prompt }],
    });
    const body = encodings[encoding]?.(json);
    const server = await startServer((_, response) => {
      response.writeHead(203, { "content-type": type });
      response.end(body);
      return undefined;
    });
    const outcome = await clientOf(server).authorize({ LoginId: loginId });
    expect(outcome).toMatchObject({ challenge: { questions: [{ prompt }] } });
  });

  it("and bytes that are not of it become U+FFFD", async () => {
    const body = Buffer.concat([Buffer.from('{"RequestId":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const fetch = async () => new Response(body);
    expect(await authorizeWith(fetch)).toMatchObject({ requestId: "\ufffd" });
  });
});

it.each([null, ""])("a response without a body (%j) has none that is JSON", async (body) => {
  const error = await errorOf(authorizeWith(async () => new Response(body, { status: 500 })));
  expect(error).toMatchObject({ name: "FlinksResponseError", status: 500, bodyExcerpt: "" });
});

/** API Gateway and SQS on your machine, as far as these functions need them. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2WithJWTAuthorizer as Event, SQSEvent } from "aws-lambda";
import { answer, poll, start, work } from "./handlers.ts";
import { queue } from "./jobs.ts";

queue.send = async (task) => {
  const Records = [{ body: JSON.stringify(task) }] as SQSEvent["Records"];
  setImmediate(() => work({ Records }).catch(console.error));
};

const server = createServer(async (request, response) => {
  const [, , id, leaf] = (request.url ?? "").split("/");
  const handler = request.method === "GET" ? poll : leaf === "answers" ? answer : start;
  const authorizer = { jwt: { claims: { sub: "ada" }, scopes: [] } };
  const event = { pathParameters: { id }, requestContext: { authorizer }, body: await text(request) };
  const { statusCode, body } = await Promise.race([
    handler(event as unknown as Event),
    new Promise<never>((_, reject) => setTimeout(reject, 29_000, new Error("Timeout")).unref()),
  ]).catch(() => ({ statusCode: 503, body: '{"message":"Service Unavailable"}' }));
  response.writeHead(statusCode, { "content-type": "application/json" }).end(body);
});
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

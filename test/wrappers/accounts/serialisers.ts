/** How programs print and log what they catch. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import * as sentry from "@sentry/core";
import * as pino from "pino-std-serializers";
import * as winston from "winston";
import { stringsOn } from "../../helpers/strings-on.ts";

function printed(print: (console: Console) => void): string {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  print(new Console(stream));
  return chunks.join("");
}

const sentryClient = { getOptions: () => ({}) } as unknown as sentry.Client;

export const serialisers: Record<string, (error: unknown) => string> = {
  message: (error) => String((error as Error).message),
  stack: (error) => String((error as Error).stack),
  "JSON.stringify": (error) => JSON.stringify(error),
  "JSON.stringify with own property names": (error) =>
    JSON.stringify(error, (_, value) =>
      value instanceof Error
        ? Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]))
        : value,
    ),
  "util.inspect": (error) => inspect(error),
  "util.inspect, hidden and deep": (error) =>
    inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
  "util.format": (error) => format("%s %o %O %j", error, error, error, error),
  "console.log": (error) => printed((console) => console.log(error)),
  structuredClone: (error) => inspect(structuredClone(error), { showHidden: true, depth: null }),
  "v8.serialize": (error) => serialize(error).toString("latin1").replaceAll("\0", ""),
  "a walk over the prototype chain": (error) => stringsOn(error).join("\n"),
  "pino err": (error) => JSON.stringify(pino.err(error as Error)),
  "pino errWithCause": (error) => JSON.stringify(pino.errWithCause(error as Error)),
  winston: (error) => {
    const { combine, errors, json } = winston.format;
    const format = combine(errors({ stack: true, cause: true }), json());
    return JSON.stringify(format.transform(error as winston.Logform.TransformableInfo, {})) + inspect(error);
  },
  Sentry: (error) => {
    const event = sentry.eventFromUnknownInput(sentryClient, () => [], error);
    const { processEvent } = sentry.extraErrorDataIntegration({ depth: 10, captureErrorCause: true });
    return JSON.stringify(processEvent?.(event, { originalException: error }, sentryClient));
  },
};

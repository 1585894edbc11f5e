/** How programs print, log and report an error: each gives all that reaches the other side, as one text. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import * as sentry from "@sentry/core";
import * as pino from "pino-std-serializers";
import * as winston from "winston";
import { stringsOn } from "./strings-on.ts";

export const serialisers: Readonly<Record<string, (error: Error) => string>> = {
  message: (error) => error.message,
  stack: (error) => `${error.stack}`,
  String: (error) => String(error),
  "JSON.stringify": (error) => JSON.stringify(error),
  "JSON.stringify of all own properties": (error) =>
    JSON.stringify(error, (_, value) => (value instanceof Error ? ownPropertiesOf(value) : value)),
  spread: (error) => inspect({ ...error }, { depth: null }),
  "util.inspect": (error) => inspect(error),
  "util.inspect, hidden and deep": (error) => inspect(error, { showHidden: true, depth: null }),
  "util.format": (error) => format("%s %o %O %j", error, error, error, error),
  "console.log": (error) => printed((console) => console.log(error)),
  "console.dir": (error) => printed((console) => console.dir(error, { showHidden: true, depth: null })),
  structuredClone: (error) => inspect(structuredClone(error), { showHidden: true, depth: null }),
  "v8.serialize": (error) => serialize(error).toString("latin1").replaceAll("\0", ""),
  "pino err": (error) => JSON.stringify(pino.err(error)),
  "pino errWithCause": (error) => JSON.stringify(pino.errWithCause(error)),
  winston: (error) => {
    const { combine, errors, json } = winston.format;
    const all = combine(errors({ stack: true, cause: true }), json());
    return inspect(all.transform(error as unknown as winston.Logform.TransformableInfo, {}), { showHidden: true });
  },
  Sentry: (error) => {
    const client = { getOptions: () => ({}) } as unknown as sentry.Client;
    const event = sentry.eventFromUnknownInput(client, () => [], error);
    const { processEvent } = sentry.extraErrorDataIntegration({ depth: 10, captureErrorCause: true });
    return JSON.stringify(processEvent?.(event, { originalException: error }, client));
  },
  "OpenTelemetry recordException": (error) => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const span = provider.getTracer("test").startSpan("call");
    span.recordException(error);
    span.end();
    return JSON.stringify(exporter.getFinishedSpans().map(({ events }) => events));
  },
};

/** Reads everything, getters too. The continuation of a FlinksMfaError is a getter, to be read when it is needed. */
export const walk = (value: unknown): string => stringsOn(value).join("\n");

function ownPropertiesOf(value: object): object {
  return Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]));
}

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

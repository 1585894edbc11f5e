/** Log lines, spans and metrics of every HTTP exchange with Flinks. */
import { metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FlinksExchangeEvent } from "flinks-client";
import { pino } from "pino";

export const log = pino({ base: null });

const tracer = trace.getTracer("flinks-client");
const meter = metrics.getMeter("flinks-client");
const duration = meter.createHistogram("flinks.exchange.duration", { unit: "ms" });
const exchanges = meter.createCounter("flinks.exchanges", { description: "HTTP exchanges with Flinks, by code" });

/** For the client's option `onExchange`. The event holds no secret and no personal data. */
export function observe(event: FlinksExchangeEvent): void {
  const { operation, attempt, durationMs, result, status, code, requestId } = event;
  const failed = result !== "answer" || (status ?? 0) >= 400;

  log[failed ? "warn" : "info"](event, `Flinks ${operation}`);

  // The caller's span is the parent.
  const span = tracer.startSpan(`flinks ${operation}`, {
    kind: SpanKind.CLIENT,
    startTime: Date.now() - durationMs,
    attributes: {
      "http.response.status_code": status,
      "http.request.resend_count": attempt - 1,
      "error.type": failed ? (code ?? result) : undefined,
      "flinks.request_id": requestId,
    },
  });
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();

  // Few values, as each combination is a time series: no request id.
  const attributes = { operation, result, code: code ?? "none" };
  exchanges.add(1, attributes);
  duration.record(durationMs, attributes);
}

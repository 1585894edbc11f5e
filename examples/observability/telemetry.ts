/** Sets OpenTelemetry up. Loaded with `--import`, before anything asks for a meter. Prints what a collector would get. */
import { metrics } from "@opentelemetry/api";
import { ConsoleMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

// In production: OTLPTraceExporter and OTLPMetricExporter, with a BatchSpanProcessor.
const traces = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] });
traces.register();
const reader = new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() });
const meters = new MeterProvider({ readers: [reader] });
metrics.setGlobalMeterProvider(meters);

export async function shutdown(): Promise<void> {
  await traces.shutdown();
  await meters.shutdown();
}

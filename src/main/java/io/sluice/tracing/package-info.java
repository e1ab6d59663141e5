/**
 * Spans of calls and of the batches that carry their transfers, sent to whoever collects them
 * (OpenTelemetry, OTLP over HTTP). The one room that knows OpenTelemetry; nothing of it is loaded
 * where nothing is traced.
 */
package io.sluice.tracing;

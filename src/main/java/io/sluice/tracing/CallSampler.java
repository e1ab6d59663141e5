package io.sluice.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Takes calls by the ids of their traces. A caller's word that its call is not traced always
 * counts, its word that it is does not: nobody but the operator says how much work is spent on
 * traces. What belongs to a call of ours is taken with it.
 */
final class CallSampler implements Sampler {
  private final Sampler byId;

  /**
   * @param ratio of all calls, from 0 to 1
   */
  CallSampler(double ratio) {
    byId = Sampler.traceIdRatioBased(ratio);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String trace,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    SpanContext before = Span.fromContext(parent).getSpanContext();
    if (before.isValid() && !before.isSampled()) {
      return SamplingResult.drop();
    }
    return before.isValid() && !before.isRemote()
        ? SamplingResult.recordAndSample()
        : byId.shouldSample(parent, trace, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "CallSampler{" + byId.getDescription() + "}";
  }
}

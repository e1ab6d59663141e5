package io.sluice.tracing;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A pipeline that knows of each command which traced call has submitted it: the one at whose place
 * that is done.
 */
record FollowedPipeline(TransferPipeline pipeline, OpenCalls open) implements TransferPipeline {
  @Override
  public Future<Outcome> submit(TransferCommand command) {
    return follow(command, pipeline::submit);
  }

  @Override
  public Future<Outcome> submitBehind(TransferCommand command) {
    return follow(command, pipeline::submitBehind);
  }

  @Override
  public Optional<Duration> turnsAway(TenantId tenant) {
    return pipeline.turnsAway(tenant);
  }

  private Future<Outcome> follow(
      TransferCommand command, Function<TransferCommand, Future<Outcome>> submit) {
    Optional<CallSpan> call = open.at(Vertx.currentContext());
    call.ifPresent(known -> open.submits(known, command.id()));
    Future<Outcome> outcome = submit.apply(command);
    return call.map(
            known ->
                outcome.onSuccess(known::outcome).onComplete(done -> open.answered(command.id())))
        .orElse(outcome);
  }
}

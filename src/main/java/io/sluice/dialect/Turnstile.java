package io.sluice.dialect;

import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns transfers away while their tenant's would be refused in any case, before their bodies are
 * read: what is refused must cost next to nothing, or it takes what the others need.
 *
 * @param <C> what the gate behind it knows of a caller
 * @param moving the ids of the operations that lead to the pipeline
 * @param words how the dialect says it
 */
public record Turnstile<C>(
    Gate<C> gate,
    TransferPipeline pipeline,
    Function<C, TenantId> tenant,
    Set<String> moving,
    Function<Fault, Answer> words)
    implements Gate<C> {
  @Override
  public Future<C> admit(Call call, Operation<C> operation) {
    Future<C> admitted = gate.admit(call, operation);
    if (!moving.contains(operation.id())) {
      return admitted;
    }
    return Chain.compose(
        admitted,
        caller ->
            pipeline
                .turnsAway(tenant.apply(caller))
                .map(comeBack -> this.<C>turnedAway(comeBack))
                .orElse(admitted));
  }

  private <T> Future<T> turnedAway(Duration comeBack) {
    return Future.failedFuture(new ApiException(words.apply(new Fault.Overloaded(comeBack))));
  }
}

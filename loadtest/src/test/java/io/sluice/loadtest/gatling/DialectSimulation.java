package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;

/**
 * What all simulations share: first a warm-up, whose requests have names of their own, then the
 * measured load, closed or open. The only assertion is that nothing fails: how fast it was is read
 * from the report, because these figures depend on the machine.
 */
abstract class DialectSimulation extends Simulation {
  static final String WARM_UP = "warm up";

  /** One request of a user, under a name; feeds itself. */
  interface Step {
    ChainBuilder named(String name);
  }

  /** Sets the load up. To be called from the constructor. */
  final void load(String name, Step step) {
    setUp(warmUp(step).andThen(measured(name, step)))
        .protocols(protocol())
        .maxDuration(Options.WARM_UP.plus(Options.DURATION).plus(Duration.ofSeconds(30)))
        .assertions(nothingFails());
  }

  private static Assertion nothingFails() {
    return global().failedRequests().count().is(0L);
  }

  private static HttpProtocolBuilder protocol() {
    // Its own warm-up would call a host on the internet.
    return http.baseUrl(Options.BASE_URL)
        .disableWarmUp()
        .shareConnections()
        .contentTypeHeader("application/json");
  }

  private static PopulationBuilder warmUp(Step step) {
    ScenarioBuilder scenario = scenario(WARM_UP).during(Options.WARM_UP).on(step.named(WARM_UP));
    return scenario.injectClosed(
        constantConcurrentUsers(Options.USERS).during(Duration.ofSeconds(1)));
  }

  private static PopulationBuilder measured(String name, Step step) {
    if (Options.MODEL.equals("open")) {
      return scenario(name)
          .exec(step.named(name))
          .injectOpen(constantUsersPerSec(Options.RATE).during(Options.DURATION));
    }
    return scenario(name)
        .during(Options.DURATION)
        .on(step.named(name))
        .injectClosed(constantConcurrentUsers(Options.USERS).during(Duration.ofSeconds(1)));
  }
}

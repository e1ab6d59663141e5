package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

/** Loads all four dialects at once, a quarter of the requests each. */
public final class MixedSimulation extends DialectSimulation {
  private static final double SHARE = 25;

  public MixedSimulation() {
    Step isometric = new IsometricLoad();
    Step orum = new OrumLoad();
    Step scrip = new ScripLoad();
    Step ledgers = new CorebanqLoad();
    load(
        "mixed",
        name ->
            randomSwitch()
                .on(
                    percent(SHARE).then(isometric.named(name)),
                    percent(SHARE).then(orum.named(name)),
                    percent(SHARE).then(scrip.named(name)),
                    percent(SHARE).then(ledgers.named(name))));
  }
}

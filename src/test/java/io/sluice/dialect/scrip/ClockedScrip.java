package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Lots on a gateway whose time a test sets; each class has a gateway and a clock of its own. */
abstract class ClockedScrip {
  static SettableClock clock;
  static TestingGateway gateway;

  final ScripFixture scrip = new ScripFixture(gateway);
  final String asset = scrip.lots();

  @BeforeAll
  static void start() {
    clock = SettableClock.atPresent();
    gateway = TestingGateway.start(clock);
  }

  /** Time goes by, and the gateway does what has become due meanwhile. */
  static void pass(Duration time) {
    clock.advance(time);
    Await.result(gateway.dialect("scrip").chores().getFirst().work().get());
  }

  static void assertWholeBooks() {
    Verifier.Report report = Verifier.run(gateway.database().database(), progress -> {});
    assertThat(report.isWhole()).as(report.toString()).isTrue();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }
}

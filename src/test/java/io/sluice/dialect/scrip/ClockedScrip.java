package io.sluice.dialect.scrip;

import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
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

  @AfterAll
  static void stop() {
    gateway.close();
  }
}

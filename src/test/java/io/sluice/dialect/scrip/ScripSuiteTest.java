package io.sluice.dialect.scrip;

import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.DialectSuite;

/** The shared suite for this dialect; each error of its contract is tested beside it. */
class ScripSuiteTest extends DialectSuite {
  @Override
  protected DialectFixture fixture() {
    return new ScripSuiteFixture();
  }
}

package io.sluice.dialect.corebanq;

import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.DialectSuite;

/** The shared suite for this dialect; each error of its contract is tested beside it. */
class CorebanqSuiteTest extends DialectSuite {
  @Override
  protected DialectFixture fixture() {
    return new CorebanqFixture();
  }
}

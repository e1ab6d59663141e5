package io.sluice.dialect.isometric;

import io.sluice.dialect.DialectFixture;
import io.sluice.dialect.DialectSuite;

/** Isometric is asked what all dialects are asked. */
class IsometricSuiteTest extends DialectSuite {
  @Override
  protected DialectFixture fixture() {
    return new IsometricFixture();
  }
}

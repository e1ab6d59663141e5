package io.sluice.dialect.orum;

import io.sluice.dialect.RandomRequests;

/** Random requests to all operations of this dialect. */
class RandomRequestsTest extends RandomRequests {
  @Override
  protected Site open() {
    return Site.of(OrumSuiteTest.newFixture());
  }
}

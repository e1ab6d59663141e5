package io.sluice.dialect.isometric;

import io.sluice.dialect.RandomRequests;

/** Random requests to all operations of this dialect. */
class RandomRequestsTest extends RandomRequests {
  @Override
  protected Site open() {
    return Site.of(new IsometricFixture());
  }
}

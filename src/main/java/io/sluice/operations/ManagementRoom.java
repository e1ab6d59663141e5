package io.sluice.operations;

import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.vertx.core.Future;
import java.util.List;

/** What the management port serves, in rooms that have endpoints and nothing else. */
final class ManagementRoom {
  private ManagementRoom() {}

  static Dialect of(Room.Sign sign, List<Endpoint> endpoints) {
    return new Room(
        sign,
        new Room.Parts(
            endpoints,
            new Operations<>(),
            List.of(),
            nothing -> Future.failedFuture("the management port has nothing to demonstrate")));
  }
}

package io.sluice.loadtest;

import java.util.List;
import java.util.UUID;

/**
 * A gateway to be loaded.
 *
 * @param port on 127.0.0.1; nothing else is ever loaded
 * @param token a bearer token for the ledger API
 * @param ledgers with ample balances
 */
record Target(int port, String token, List<UUID> ledgers) {
  @Override
  public String toString() {
    return "port " + port + ", " + ledgers.size() + " ledgers";
  }
}

package io.sluice.dialect;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Optional;

/** Says where events may be sent. */
public interface Receivers {
  /**
   * Looks at an address as it is now: its form, and where its host's name leads.
   *
   * @param tenant who wants events there
   * @return what is wrong with it, as the end of a sentence about it; empty when nothing is. Never
   *     fails.
   */
  Future<Optional<String>> objection(TenantId tenant, String url);
}

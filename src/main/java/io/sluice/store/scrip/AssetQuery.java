package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Place;
import java.util.List;
import java.util.Optional;

/**
 * Which assets to list, newest first. All conditions must hold.
 *
 * @param statuses one of these; any where there are none
 * @param search a part of the symbol or of the name; upper and lower case are the same
 * @param program linked to it
 * @param after what comes after this place
 */
public record AssetQuery(
    List<HolderStatus> statuses,
    Optional<String> search,
    Optional<HolderId> program,
    Optional<Place> after) {
  public AssetQuery {
    statuses = List.copyOf(statuses);
  }
}

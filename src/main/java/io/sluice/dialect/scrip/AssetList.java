package io.sluice.dialect.scrip;

import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Place;
import io.sluice.store.scrip.AssetQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A list of assets as a request asks for it. Archived ones are not hidden by themselves. */
record AssetList(Optional<UUID> program, AssetQuery query, Page<Place> page) {
  private static final List<HolderStatus> STATUSES =
      List.of(HolderStatus.ACTIVE, HolderStatus.ARCHIVED);

  /** All that are linked to the programme of the path. */
  static AssetList ofProgram(Reader reader) {
    UUID program = reader.pathId();
    Page<Place> page = Page.read(reader, Names.ASSET, PlaceForm.MOMENT, program);
    var query =
        new AssetQuery(
            List.of(), Optional.empty(), Optional.of(new HolderId(program)), page.after());
    return new AssetList(Optional.of(program), query, page);
  }

  static AssetList read(Reader reader) {
    Optional<UUID> program = reader.query("program_id", Reader.ID);
    Optional<HolderStatus> status = reader.query("status", new Reader.Choice<>(STATUSES));
    boolean archived = reader.query("include_archived", Reader.FLAG).orElse(true);
    Optional<String> search = reader.query("search", Reader.NAME);
    List<HolderStatus> shown =
        status.map(List::of).orElse(archived ? List.of() : List.of(HolderStatus.ACTIVE));
    Page<Place> page = Page.read(reader, Names.ASSET, PlaceForm.MOMENT, program, shown, search);
    return new AssetList(
        program, new AssetQuery(shown, search, program.map(HolderId::new), page.after()), page);
  }
}

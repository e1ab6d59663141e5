package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Values;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.scrip.ProgramAssets.State;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a client wants to be different about an asset; what is absent stays as it is.
 *
 * @param ceiling empty where it stays; an empty one inside where there is to be none
 * @param archive whether it is to be archived, which nothing undoes
 */
record AssetChange(Optional<String> name, Optional<Optional<BigDecimal>> ceiling, boolean archive) {
  private static final List<String> FOR_EVER =
      List.of(AssetRequest.SYMBOL, AssetRequest.MODE, AssetRequest.POLICY, AssetRequest.SCALE);

  static AssetChange read(Reader reader) {
    Members body = reader.body();
    reader.refuseAll(body, FOR_EVER, "can never change");
    Optional<BigDecimal> ceiling = body.optional(AssetDetail.CEILING, Reader.AMOUNT);
    boolean given = !Values.isAbsent(body.node().get(AssetDetail.CEILING));
    return new AssetChange(
        body.optional("name", Reader.NAME),
        given ? Optional.of(ceiling) : Optional.empty(),
        body.optional("status", new Reader.Choice<>(List.of(HolderStatus.ARCHIVED))).isPresent());
  }

  /** Whether it wants more than that the asset is archived. */
  boolean needsActive() {
    return name.isPresent() || ceiling.isPresent();
  }

  /** The state that results; the same where an archived asset would change. */
  State of(State old, int scale) {
    if (old.status() == HolderStatus.ARCHIVED) {
      return old;
    }
    var detail = AssetDetail.parse(old.detail());
    var changed =
        new AssetDetail(
            name.orElse(detail.name()), detail.policy(), ceiling.orElse(detail.ceiling()));
    return new State(
        archive ? HolderStatus.ARCHIVED : old.status(),
        changed.equals(detail) ? old.detail() : changed.text(),
        AssetRequest.ceiling(changed.ceiling(), scale));
  }
}

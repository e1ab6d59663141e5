package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.LotId;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.Delivery;
import io.sluice.store.isometric.Origin;
import io.sluice.store.isometric.Retirement;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** How credit batches are shown. */
record BatchDetail(IdCodec ids) {
  /** What was removed, and what is taken off: members of whole kilograms. */
  static final List<String> CARBON_REMOVAL =
      List.of(
          "gross_carbon_removed_kg",
          "net_carbon_removed_kg",
          "emissions_kg",
          "counterfactuals_kg",
          "losses_kg");

  /** The members of the registry's CreditBatch. */
  JsonWriter write(JsonWriter json, Batch batch) {
    Origin origin = batch.origin();
    json.text("id", id(IdPrefix.CREDIT_BATCH, batch.id().value()))
        .text("serial_number", serialNumber(batch))
        .text("status", batch.status().name().toLowerCase(Locale.ROOT));
    Kilograms.write(json, "size", batch.kilograms())
        .time("issued_at", origin.issuedAt())
        .time("retired_at", batch.retirement().map(Retirement::at).orElse(null))
        .time("delivered_at", batch.delivery().map(Delivery::at).orElse(null))
        .text("sequestered_on", origin.sequesteredOn().toString())
        .text("country_of_issue", origin.country())
        .text("supplier_id", id(IdPrefix.SUPPLIER, origin.supplier().value()))
        .text("parent_id", batch(batch.parent()))
        .text("left_child_id", batch(batch.leftChild()))
        .text("right_child_id", batch(batch.rightChild()))
        .text("issuance_id", id(IdPrefix.ISSUANCE, origin.issuance()))
        .text("delivery_id", batch.delivery().map(d -> id(IdPrefix.DELIVERY, d.id())).orElse(null));
    beneficiary(json, batch.retirement());
    json.text("removal_id", id(IdPrefix.REMOVAL, origin.removal()));
    Organisation.of(batch.owner(), batch.ownerDetail()).write(json.object("owner"), ids).end();
    json.text("project_id", id(IdPrefix.PROJECT, origin.project()));
    carbonRemoval(json, origin.carbonRemovalKilograms());
    return json.bool("ccp_approved", origin.ccpApproved());
  }

  /** Registry, version, supplier, country, project, vintage year, and the half-open unit range. */
  private static String serialNumber(Batch batch) {
    BigInteger from = BigInteger.valueOf(batch.serialFrom());
    return batch.origin().serialPrefix() + "-" + from + "-" + from.add(batch.kilograms());
  }

  private void beneficiary(JsonWriter json, Optional<Retirement> retirement) {
    if (retirement.isEmpty()) {
      json.nothing("beneficiary").nothing("retirement_id");
      return;
    }
    Retirement used = retirement.get();
    Organisation.of(used.beneficiary(), used.beneficiaryDetail())
        .write(json.object("beneficiary"), ids)
        .end()
        .text("retirement_id", id(IdPrefix.RETIREMENT, used.id()));
  }

  private static void carbonRemoval(JsonWriter json, List<Long> kilograms) {
    if (kilograms.isEmpty()) {
      json.nothing("carbon_removal_data");
      return;
    }
    json.object("carbon_removal_data");
    for (int i = 0; i < CARBON_REMOVAL.size(); i++) {
      json.number(CARBON_REMOVAL.get(i), kilograms.get(i));
    }
    json.end();
  }

  private String batch(Optional<LotId> lot) {
    return lot.map(id -> id(IdPrefix.CREDIT_BATCH, id.value())).orElse(null);
  }

  private String id(IdPrefix prefix, UUID id) {
    return ids.encode(prefix, id);
  }
}

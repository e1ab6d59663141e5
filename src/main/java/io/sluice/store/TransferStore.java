package io.sluice.store;

import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the record of what moved. */
public interface TransferStore {
  Future<Optional<Receipt>> find(TenantId tenant, TransferId id);

  /** The transfer that used this idempotency key digest. */
  Future<Optional<Receipt>> findByKey(TenantId tenant, UUID keyDigest);

  /** What a transfer did to lots, in no particular order. */
  Future<List<LotMovement>> lotMovements(TenantId tenant, TransferId id);
}

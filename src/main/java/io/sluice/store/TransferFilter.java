package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import java.util.Optional;

/**
 * Which transfers to list.
 *
 * @param kind the operation, as in a receipt
 * @param posted only posted, or only refused, transfers
 * @param account only transfers that this account was a party to, whether they posted or not
 */
public record TransferFilter(
    TenantId tenant, String kind, Optional<Boolean> posted, Optional<AccountId> account) {}

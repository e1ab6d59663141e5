package io.sluice.ledger;

/** A lot movement as it is to be written: with its transfer. */
public record StoredLotMovement(TransferId transfer, LotMovement movement) {}

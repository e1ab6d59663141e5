package io.sluice.ledger;

/**
 * Why a command was not carried out. The ledger's own reasons are {@link LedgerRefusal}, the
 * pipeline's is {@link TransferIdTaken}; a dialect may attach its own to a {@link Check}, and gets
 * the very same object back.
 */
public interface Refusal {}

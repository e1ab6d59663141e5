package io.sluice.ledger;

/**
 * What a transfer did to one lot on one account.
 *
 * @param lot which lot
 * @param account on which account
 * @param amount negative for what left the lot or the account, positive for what came
 */
public record LotMovement(LotId lot, AccountId account, Amount amount) {}

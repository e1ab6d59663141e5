/**
 * The ledger API in the shape that CoreBanq publishes: ledgers, entries, and transfers between two
 * ledgers. Each error of the contract is a method of {@code Errors}. Sees no other dialect and no
 * SQL.
 */
package io.sluice.dialect.corebanq;

/**
 * The words and the rules of the books: amounts, accounts, lots, transfers, postings, and the
 * decision on each command against what was read. Pure Java without time, threads, SQL or JSON.
 * Everybody may lead here; it leads nowhere.
 */
package io.sluice.ledger;

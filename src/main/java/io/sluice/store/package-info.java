/**
 * Every statement that PostgreSQL gets: the two round trips of a batch, the stores of holders,
 * assets, lots and transfers, connections, migrations, the PostgreSQL that comes along, and the
 * verification of the books. What a single dialect keeps for itself is in a room of that dialect's
 * below. Pipeline, access and dialects lead here; it leads to {@code ledger} and {@code config}.
 */
package io.sluice.store;
